import type { Ports } from "../core/ports.ts";

const absent = (): never => {
  throw new Error("a graph that only shows its form was run");
};

/** Ports of a graph that is looked at and never run. */
export const NO_PORTS: Ports = {
  model: { text: absent, data: absent },
  runPython: absent,
  searchWeb: absent,
  recall: absent,
  note: absent,
  promote: { whenBetter: absent, always: absent, distrust: absent, stands: absent },
  agreement: absent,
  baseline: absent,
  prepare: absent,
  finish: absent,
  budget: () => null,
};
