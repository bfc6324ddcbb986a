import type { z } from "zod";

/** The flag that gives a field of what a run is asked for, without its dashes: what is usual is switched off by `no-`. */
export function flagName(field: string, schema: z.ZodType): string {
  const own = schema.meta()?.["flag"];
  if (typeof own === "string") return own;
  const name = field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return schema.parse(undefined) === true ? `no-${name}` : name;
}
