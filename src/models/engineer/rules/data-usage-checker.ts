import type { z } from "zod";
import type { DataUsageCheckerAnswer, DataUsageCheckerInput } from "../../../core/questions.ts";
import { joins, otherTables } from "../blocks/other-tables.ts";
import type { Facts } from "../recipe/facts.ts";
import { part } from "../recipe/recipe.ts";
import { renderScript } from "../script/script.ts";
import { readRecipe } from "./read-recipe.ts";

/** Whether every table that can be joined is used, and the script that uses them; shared columns are used from the start. */
export function dataUsageChecker(
  { candidate }: DataUsageCheckerInput,
  facts: Facts,
): z.infer<typeof DataUsageCheckerAnswer> {
  const recipe = readRecipe("data-usage-checker", candidate.script);
  const tables = joins(facts).map(({ table, key }) => `table ${table.path} (joined by ${key})`);
  if (tables.length === 0 || recipe[otherTables.name]?.length !== 0)
    return {
      usesAll: true,
      explanation:
        "Every usable column that train and test share is used, and every table that can be joined by a key.",
      script: "",
    };
  return {
    usesAll: false,
    explanation: `Unused so far: ${tables.join(", ")}. The script now joins what was unused.`,
    script: renderScript(facts, { ...recipe, [otherTables.name]: [part("joined")] }),
  };
}
