import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { z } from "zod";
import { taskAnalyst } from "../agents/task-analyst.ts";
import { fillDraft } from "../src/core/complete-task.ts";
import { ModelDescription } from "../src/core/model-description.ts";
import { place } from "../src/core/place.ts";
import type { Task } from "../src/core/task.ts";
import { Seen } from "./node.ts";
import type { Ports } from "./ports.ts";

/** What every graph that stands alone begins with. */
export const TaskFolder = z.object({
  folder: z.string().min(1).meta({
    title: "Task folder",
    description: "path of a folder with the task's description and data",
  }),
});

export const OwnModels = z.object({
  models: z.array(ModelDescription).default([]).meta({
    title: "Your models",
    description: "descriptions of your own, tried in every track before those found",
  }),
});

/** The state of a graph that stands alone: its input beside what it comes to. */
export const Alone = Seen.extend({
  ...TaskFolder.shape,
  ...OwnModels.shape,
  /** The candidate that was submitted, or is the best; null when there is none. */
  solution: z.string().nullable(),
});

/** The nodes every run begins and ends with: the task of its folder, what that leaves unsaid, and its result. */
export function preparation(ports: Ports) {
  const noteTask = ({ metric, direction, modality }: Task) =>
    ports.journal.note({ type: "task", key: "task", at: "", metric, direction, modality });

  const prepare = async () => {
    const { task } = ports.prepared();
    if (task !== null) {
      noteTask(task);
      await ports.layGround();
    }
    return { solution: null };
  };

  const analyse = async (_: object, runtime: LangGraphRunnableConfig) => {
    const { draft } = ports.prepared();
    const { instructions } = ports.settings;
    const asked = { at: place.task.text, draft, settings: { instructions } };
    const { analysis } = await taskAnalyst(ports)(asked, runtime);
    noteTask(fillDraft(draft, analysis));
    await ports.layGround();
    return {};
  };

  const report = async () => {
    await ports.finish();
    return {};
  };

  const isPrepared = () => ports.prepared().task !== null;

  return { prepare, analyse, report, isPrepared };
}
