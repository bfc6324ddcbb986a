import type { NotShown, SubmissionForm, Table } from "../../src/core/task.ts";
import { nameWords } from "./cells/name-words.ts";
import { counted } from "./figures.ts";

const ANSWER_FOLDERS = new Set(["answer", "answers", "private", "solution", "solutions", "hidden"]);
const ANSWERS = new Set(["answer", "answers", "solution", "solutions", "groundtruth", "grades"]);
const TEST = new Set(["test", "testing", "holdout", "private", "hidden", "gold", "held"]);
const LABELS = new Set(["label", "labels", "target", "targets", "truth", "y"]);
/** Words that may follow: `answer_key.csv`, but not `solution_densities.csv`. */
const PLAIN = /^(?:test|set|file|key|final|private|public|data|labels?|v?\d+)$/;
const TRAINING = new Set(["train", "training", "sample", "example"]);

const OF_SYSTEMS = new Set(["__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin"]);
const OF_PROGRAMS = new Set(["__pycache__", "node_modules"]);
/** `train.csv~`, `#train.csv#`, `~$book.xlsx`, `train.csv.bak`, `train.csv.swp`. */
const OF_EDITORS = /~$|^#.*#$|^~\$|\.(?:bak|orig|sw[a-p])$/i;
/** Control characters, marks that turn text around, line and paragraph ends, and what was no UTF-8. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}\ufffd]/u;

/** Why a file or folder of this name is passed over, with all in it; null where it is not. */
export function hiddenName(name: string): string | null {
  if (UNSHOWABLE.test(name)) return "its name has characters that cannot be shown";
  if (name.startsWith(".")) return "hidden";
  if (OF_SYSTEMS.has(name.toLowerCase())) return "an operating system's own";
  if (OF_PROGRAMS.has(name)) return "a program's own";
  return OF_EDITORS.test(name) ? "an editor's backup" : null;
}

export const SEEMS_ANSWERS = "it seems to hold answers";
const MOST_ALIKE = 12;

/** Where many in one folder are not shown for the same reason, one line for all of them. */
export function inFewLines(notShown: readonly NotShown[]): NotShown[] {
  const folderOf = ({ path }: NotShown) => path.split("/").slice(0, -1).join("/");
  const groups = Map.groupBy(notShown, (one) => JSON.stringify([folderOf(one), one.reason]));
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined || alike.length <= MOST_ALIKE) return alike;
    const [folder, shown] = [folderOf(first), { ...first, path: shownName(first.path) }];
    const path = `${counted(alike.length)} in ${folder === "" ? "the folder" : `${shownName(folder)}/`}`;
    return [{ path: `${path}, such as ${shown.path}`, reason: first.reason }];
  });
}

const shownName = (path: string): string =>
  path.replace(new RegExp(UNSHOWABLE.source, "gu"), "\ufffd");

/** Whether a file of the task folder holds, by its name, what is to be predicted: no script may ever see it. */
export function holdsAnswers(path: string): boolean {
  const folders = path.split("/").slice(0, -1);
  if (folders.some((folder) => isAnswerFolder(nameWords(folder)))) return true;
  const words = nameWords(path);
  if (words.some((word) => TRAINING.has(word))) return false;
  const [first = "", ...rest] = words;
  if (ANSWERS.has(words.at(-1) ?? "")) return true;
  if (ANSWERS.has(first) && rest.every((word) => PLAIN.test(word))) return true;
  if (includes(words, "ground", "truth") || includes(words, "gold", "submission")) return true;
  return words.some((word) => TEST.has(word)) && words.some((word) => LABELS.has(word));
}

/** Whether a table, whatever its name, has a value of the target for every row that is to be predicted. */
export function hasAnswers(
  { columns, rows }: Table,
  targets: readonly string[],
  form: SubmissionForm,
): boolean {
  const names = columns.map(({ name }) => name);
  return (
    rows === form.rows &&
    (includes(names, ...form.columns) ||
      (targets.length > 0 && includes(names, ...form.idColumns, ...targets)))
  );
}

const isAnswerFolder = (words: readonly string[]): boolean =>
  (words.length === 1 && ANSWER_FOLDERS.has(words[0] ?? "")) || includes(words, "ground", "truth");

const includes = (words: readonly string[], ...wanted: string[]): boolean =>
  wanted.every((word) => words.includes(word));
