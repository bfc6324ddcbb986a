import type { GraphNode } from "@langchain/langgraph";
import { z } from "zod";
import { taskAnalyst } from "../agents/task-analyst.ts";
import { completeTask, fillDraft } from "../src/core/complete-task.ts";
import type { Ports } from "../src/core/ports.ts";
import { settingsIn } from "../src/core/run-context.ts";
import { Settings } from "../src/core/settings.ts";
import { Task, TaskDraft, Workbench } from "../src/core/task.ts";

export const TaskFolder = z.object({
  folder: z.string().min(1).meta({
    title: "Task folder",
    description: "path of a folder with the task's description and data",
  }),
});

/** What a run knows of its task, once prepared. */
export const Prepared = TaskFolder.extend({
  settings: Settings,
  draft: TaskDraft.nullable(),
  task: Task.nullable(),
  workbench: Workbench.nullable(),
});
type Prepared = z.infer<typeof Prepared>;
type PreparationNode = GraphNode<typeof Prepared>;

/** The nodes every run begins with: the settings of its context, the task of its folder, and what that leaves unsaid. */
export function preparation(ports: Pick<Ports, "model" | "note" | "prepare">) {
  const noteTask = ({ metric, direction, modality }: Task) =>
    ports.note({ type: "task", key: "task", at: "", metric, direction, modality });

  const prepare = async (
    { folder }: { folder: string },
    { context }: { context?: Record<string, unknown> },
  ) => {
    const { draft, workbench } = await ports.prepare(folder);
    const task = completeTask(draft);
    if (task !== null) noteTask(task);
    return { settings: settingsIn(context), draft, workbench, task };
  };

  const analyse: PreparationNode = async ({ draft, settings }, runtime) => {
    if (draft === null) return {};
    const { analysis } = await taskAnalyst(ports)({ at: "task", draft, settings }, runtime);
    const task = fillDraft(draft, analysis);
    noteTask(task);
    return { task };
  };

  return { prepare, analyse };
}

/** What is known of the task; an error before it was prepared. */
export function known({ task, workbench, settings }: Prepared) {
  if (task === null || workbench === null)
    throw new Error("the task is asked for before it was prepared");
  return { task, workbench, settings };
}
