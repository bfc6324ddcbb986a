/** One ingredient of a cell: `clusters(k=20)` is the name `clusters` with the option `k`. */
export interface Part {
  name: string;
  options: Readonly<Record<string, string>>;
}

/** What each cell of a script is made of: block name to ingredients, in order. */
export type Recipe = Readonly<Record<string, readonly Part[]>>;

/** An ingredient, with its options if it has any. */
export const part = (
  name: string,
  options: Readonly<Record<string, string | number>> = {},
): Part => ({
  name,
  options: Object.fromEntries(Object.entries(options).map(([key, value]) => [key, `${value}`])),
});

/** Ingredients as a cell's header names them: `lightgbm(trees=400), ridge`; `none` when there are none. */
export function printParts(parts: readonly Part[]): string {
  if (parts.length === 0) return "none";
  return parts.map(printPart).join(", ");
}

/** Reads what `printParts` wrote. */
export function parseParts(text: string): Part[] {
  if (text.trim() === "none") return [];
  return splitOutside(text).map((piece) => {
    const [, name = piece, inner = ""] = /^([^(]+)\((.*)\)$/s.exec(piece) ?? [];
    return { name: name.trim(), options: parseOptions(inner) };
  });
}

const RECIPE = "(recipe: ";

/** The ingredients that a plan names at its end; null when it names none. */
export function partsOfPlan(plan: string): Part[] | null {
  const start = plan.indexOf(RECIPE);
  const end = plan.trimEnd();
  return start === -1 || !end.endsWith(")")
    ? null
    : parseParts(end.slice(start + RECIPE.length, -1));
}

/** The ingredients with `added` in the place of a namesake, or else at the end. */
export function withPart(parts: readonly Part[], added: Part): Part[] {
  const at = parts.findIndex(({ name }) => name === added.name);
  return at === -1 ? [...parts, added] : parts.with(at, added);
}

const printPart = ({ name, options }: Part): string => {
  const pairs = Object.entries(options).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? name : `${name}(${pairs.join(", ")})`;
};

const parseOptions = (inner: string): Record<string, string> =>
  Object.fromEntries(
    splitOutside(inner).map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );

/** No list of ingredients or arguments is longer; what comes after is not read. */
const MOST_CHARACTERS = 4000;

/** Splits at the commas that stand in no bracket and no quotes. */
export const splitOutside = (text: string): string[] =>
  (
    text
      .slice(0, MOST_CHARACTERS)
      .match(/(?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]|"[^"]*"|'[^']*'|[^,])+/g) ?? []
  )
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
