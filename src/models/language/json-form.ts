import { z } from "zod";

/** The part of JSON Schema that every provider's strict mode understands; the rest is left to our own validation. */
const UNDERSTOOD = new Set([
  ...["type", "description", "enum", "items", "anyOf"],
  ...["properties", "required", "additionalProperties"],
]);

type Form = z.core.JSONSchema.BaseSchema;

const formOf = (schema: z.ZodType, adapt: (part: Form) => void = () => {}): Form => {
  const { $schema: _, ...form } = z.toJSONSchema(schema, {
    override: ({ jsonSchema: part }) => {
      for (const key of Object.keys(part)) if (!UNDERSTOOD.has(key)) delete part[key];
      adapt(part);
    },
  });
  return form;
};

/** The schema as OpenAI's strict mode takes it, and as a prompt can show it. */
export const jsonSchema = (schema: z.ZodType): Form => formOf(schema);

/** The schema in the dialect of Gemini's `responseSchema`: a value that may be null is marked `nullable`. */
export const geminiSchema = (schema: z.ZodType): Form =>
  formOf(schema, (part) => {
    delete part.additionalProperties;
    const [value, nothing, ...others] = part.anyOf ?? [];
    if (value === undefined || nothing?.type !== "null" || others.length > 0) return;
    delete part.anyOf;
    Object.assign(part, value, { nullable: true });
  });
