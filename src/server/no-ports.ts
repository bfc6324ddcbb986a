import type { Ports } from "../../graphs/ports.ts";
import { Settings } from "../core/settings.ts";
import { memoryLog } from "../record/event-log.ts";
import { journalOf } from "../record/journal.ts";

const absent = (): never => {
  throw new Error("a graph that only shows its form was run");
};

/** Ports of a graph that is looked at and never run. */
export const NO_PORTS: Ports = {
  settings: Settings.parse({}),
  model: { text: absent, data: absent },
  isBuiltIn: true,
  isCapped: absent,
  runPython: absent,
  searchWeb: absent,
  lookSeconds: null,
  journal: journalOf(memoryLog()),
  budget: absent,
  prepared: absent,
  layGround: absent,
  measuring: absent,
  agreement: absent,
  baseline: absent,
  finish: absent,
};
