import { z } from "zod";

/** A model that suits the task, with code that shows its use: what the retriever finds and a person may edit. */
export const ModelDescription = z.object({
  name: z.string().min(1).meta({ title: "Name", description: "short name of the model" }),
  description: z.string().meta({
    title: "Description",
    description: "what it is and why it suits the task, in a few sentences",
  }),
  exampleCode: z.string().min(1).meta({
    title: "Example code",
    description: "short Python code that fits the model and predicts",
  }),
  sources: z
    .array(z.string())
    .default([])
    .meta({ title: "Sources", description: "addresses it was found at" }),
});
export type ModelDescription = z.infer<typeof ModelDescription>;

/** The descriptions in order without those whose name was there before, whatever its case and spacing. */
export function distinctModels(models: readonly ModelDescription[]): ModelDescription[] {
  const key = ({ name }: ModelDescription) => name.toLowerCase().replace(/[^a-z0-9]+/g, "");
  const names = new Set<string>();
  return models.filter((model) => names.size !== names.add(key(model)).size);
}
