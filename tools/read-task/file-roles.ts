import { SettingsError } from "../../src/core/errors.ts";
import { nameWords } from "./cells/name-words.ts";
import type { TaskYaml } from "./task-yaml.ts";

/** What role a table may play by its name; its columns decide between several. */
export interface RoleCandidate {
  path: string;
  columns: readonly string[];
}

export interface Roles {
  train: string | null;
  test: string | null;
  sample: string | null;
}

const MOST_CANDIDATES = 20;
const WORDS: readonly (readonly [role: keyof Roles, words: RegExp])[] = [
  ["sample", /\bsubmissions?\b|^sample ?(?:submission|sub|entry|answer|prediction)s?$/],
  ["test", /\btest(?:ing)?\b/],
  ["train", /\b(?:train(?:ing)?|labels|labelled)\b/],
];

export const isTablePath = (path: string): boolean =>
  /\.(?:csv|tsv)$|^[^/]+\.(?:json|jsonl|ndjson)$/i.test(path);

/** The role that a table's name speaks of. */
function roleOf(path: string): keyof Roles | undefined {
  const name = nameWords(path).join(" ");
  return WORDS.find(([, words]) => words.test(name))?.[0];
}

/** The tables whose header must be read to know their roles: named for one, or fixed by `task.yaml`. */
export function roleCandidates(tables: readonly string[], fixed: TaskYaml): string[] {
  const { train, test, sample_submission } = fixed;
  for (const [field, path] of Object.entries({ train, test, sample_submission }))
    if (path !== undefined && !tables.includes(path))
      throw new SettingsError(
        `task.yaml: "${field}" names ${path}, which is no CSV or TSV file of the task folder; name one of ${tables.slice(0, 5).join(", ") || "its tables, of which there are none"}`,
      );
  const named = tables.filter((path) => roleOf(path) !== undefined);
  const only = tables.filter((path) => roleOf(path) === undefined);
  const hasTrain = named.some((path) => roleOf(path) === "train");
  const ranked = [...named, ...(hasTrain || only.length !== 1 ? [] : only)].toSorted(byCloseness);
  const given = [train, test, sample_submission].flatMap((path) => path ?? []);
  return [...new Set([...given, ...ranked.slice(0, MOST_CANDIDATES)])];
}

/** Chooses one table for each role. */
export function chooseRoles(candidates: readonly RoleCandidate[], fixed: TaskYaml): Roles {
  const paths = candidates.map(({ path }) => path).toSorted(byCloseness);
  const first = (role: keyof Roles, exact: RegExp) => {
    const found = paths.filter((path) => roleOf(path) === role);
    return found.find((path) => exact.test(nameWords(path).join(" "))) ?? found[0] ?? null;
  };
  const sample = fixed.sample_submission ?? first("sample", /sample|format|example/);
  const test = fixed.test ?? first("test", /^test$/);
  const columnsOf = (path: string | null) =>
    candidates.find((candidate) => candidate.path === path)?.columns ?? [];
  const wanted = columnsOf(sample).filter((column) => !columnsOf(test).includes(column));
  const labels = ({ columns }: RoleCandidate) =>
    wanted.filter((column) => columns.includes(column)).length;
  const possible = candidates.filter(({ path }) => path !== sample && path !== test);
  const named = possible.filter(({ path }) => roleOf(path) === "train");
  const unnamed = possible.filter(({ path }) => roleOf(path) === undefined);
  const [train] = (named.length > 0 ? named : unnamed).toSorted(
    (a, b) =>
      labels(b) - labels(a) || byCloseness(a.path, b.path) || b.columns.length - a.columns.length,
  );
  return { train: fixed.train ?? train?.path ?? null, test, sample };
}

/** Short names near the top first: `train.csv` before `extra/train_old.csv`. */
function byCloseness(first: string, second: string): number {
  const distance = (path: string) =>
    100 * (path.split("/").length - 1) + 10 * nameWords(path).length + path.length / 100;
  return distance(first) - distance(second);
}
