import { z } from "zod";
import { openTaskFolder } from "../../tools/read-task/task-folder.ts";
import { SettingsError } from "../core/errors.ts";
import { ModelDescription } from "../core/model-description.ts";
import { GraphName, RunContext } from "../core/run-context.ts";

const Script = z.string().min(1);
const Form = z.object({
  folder: z.string().min(1),
  models: z.array(ModelDescription).default([]),
  script: Script.optional(),
  scripts: z.array(Script).default([]),
});

/** What a graph's form was filled in with; refused in one sentence that names the field. */
export function readInput(graph: GraphName | null, input: unknown): z.infer<typeof Form> {
  const form = checked("input", Form, input);
  if (graph === "refinement" && form.script === undefined)
    throw new SettingsError("input: script: give the script that is to be refined");
  if (graph === "ensemble" && form.scripts.length < 2)
    throw new SettingsError("input: scripts: give the scripts to combine, two or more");
  return form;
}

/** How the run is to be done; refused in the same way. */
export const readContext = (context: unknown): RunContext =>
  checked("configuration", RunContext, context ?? {});

/** Whether there is a form to begin a run with. */
export const isForm = (input: unknown): boolean => Form.safeParse(input).success;

const Asked = z.object({
  assistant_id: z.string(),
  input: z.looseObject({ folder: z.unknown() }).optional().catch(undefined),
  context: z.unknown().optional(),
});

/** Refuses a request for a run that cannot begin, before the server has made anything of it. */
export function checkAsked(body: unknown): void {
  const { success, data: asked } = Asked.safeParse(body);
  if (!success) return;
  readContext(asked.context);
  if (asked.input === undefined || !("folder" in asked.input)) return;
  // Assistants that a person made have an id instead of a graph's name.
  const { data: graph = null } = GraphName.safeParse(asked.assistant_id);
  openTaskFolder(readInput(graph, asked.input).folder);
}

function checked<Shape extends z.ZodType>(what: string, form: Shape, value: unknown) {
  const read = form.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const at = [what, issue?.path.join(".")].filter(Boolean).join(": ");
  throw new SettingsError(`${at}: ${issue?.message}`);
}
