import type { Column, Reading } from "../../../core/task.ts";
import { CLOCK } from "../../../core/words/written-number.ts";
import { isWritten, keptName, keptOf } from "../recipe/as-read.ts";
import { pyDict, pyList, pyString } from "../recipe/python.ts";
import { CELL_READERS } from "./cell-readers.ts";

type Written = NonNullable<Reading["written"]>;
type Reader = "numbers" | "hours" | "moments" | "counted_moments" | "flags";

const FUNCTIONS: Readonly<Record<Reader, string>> = {
  numbers: CELL_READERS.NUMBERS,
  hours: CELL_READERS.HOURS,
  moments: CELL_READERS.MOMENTS,
  counted_moments: CELL_READERS.COUNTED,
  flags: CELL_READERS.FLAGS,
};

/** Python that reads the cells of both tables, and of targets in one, as their columns write them; empty where all say plainly what they say. */
export function readings(columns: readonly Column[]): string {
  const gaps = columns.filter(({ reading }) => (reading?.missing.length ?? 0) > 0);
  const written = columns.filter(isWritten);
  const kept = columns.filter((column) => keptOf(column) !== null);
  if (gaps.length + written.length === 0) return "";
  const used = new Set(written.map(readerOf));
  const functions = Object.entries(FUNCTIONS).flatMap(([name, python]) =>
    [...used].some((reader) => reader === name) ? [python] : [],
  );
  const needsEach = [...used].some((reader) => reader !== "counted_moments");
  const before = [
    ...(needsEach ? [CELL_READERS.EACH] : []),
    ...functions,
    ...(kept.length > 0 ? [CELL_READERS.LEFT_OVER] : []),
  ];
  const lines = [
    ...(gaps.length > 0 ? [`GAPS = ${table(gaps, (one) => gapsOf(one))}`] : []),
    ...(written.length > 0
      ? [`WRITTEN = ${table(written, (one) => `(${readerOf(one)}, ${argumentsOf(one)})`)}`]
      : []),
    ...(kept.length > 0 ? [`KEPT = ${table(kept, keptPython)}`] : []),
    "for rows in (train, test):",
    ...(gaps.length > 0 ? [MASK] : []),
    ...(written.length > 0 ? [READ] : []),
    ...(kept.length > 0 ? [KEEP] : []),
    ...(gaps.length > 0 && written.length > 0 ? [MASK] : []),
  ];
  return ["", ...before, lines.join("\n")].join("\n\n\n");
}

const MASK = `    for column, gaps in GAPS.items():
        rows[column] = rows[column].mask(rows[column].isin(gaps))`;

const READ = `    as_text = rows[[column for column in WRITTEN if column in rows]].copy()
    for column in as_text:
        read, how = WRITTEN[column]
        rows[column] = read(as_text[column], **how)
        lost = int((rows[column].isna() & as_text[column].notna()).sum())
        if lost > 0:
            print(f"{column}: {lost} of {len(rows)} cells do not have the column's form")`;

const KEEP = `    for column, (name, kept) in KEPT.items():
        rows[name] = left_over(as_text[column], rows[column], kept)`;

const table = (columns: readonly Column[], of: (column: Column) => string): string =>
  `{\n${columns.map((column) => `    ${pyString(column.name)}: ${of(column)},`).join("\n")}\n}`;

/** Gaps as texts, and as numbers where they are such. */
function gapsOf({ reading }: Column): string {
  const told = (reading?.missing ?? []).flatMap((gap) => {
    const number = Number(gap);
    return [pyString(gap), ...(gap.trim() !== "" && Number.isFinite(number) ? [`${number}`] : [])];
  });
  return `[${told.join(", ")}]`;
}

const keptPython = (column: Column): string =>
  `(${pyString(keptName(column))}, ${pyString(keptOf(column) ?? "")})`;

function readerOf({ reading }: Column): Reader {
  const written = reading?.written;
  if (written?.as === "date")
    return written.counts === null || written.counts === "digits" ? "moments" : "counted_moments";
  if (written?.as === "flag") return "flags";
  return written != null && CLOCK in written.units ? "hours" : "numbers";
}

/** How numbers of pandas count moments. */
const COUNTS: Readonly<Record<string, readonly [unit: string, origin: string]>> = {
  seconds: ["s", "unix"],
  milliseconds: ["ms", "unix"],
  microseconds: ["us", "unix"],
  nanoseconds: ["ns", "unix"],
  days: ["D", "1899-12-30"],
};

function argumentsOf({ reading }: Column): string {
  const written = reading?.written;
  return written == null ? "{}" : pyDict(argumentsFor(written));
}

function argumentsFor(written: Written): Record<string, string> {
  if (written.as === "flag") return { yes: pyList(written.yes), no: pyList(written.no) };
  if (written.as === "date") {
    const [unit, origin] = COUNTS[written.counts ?? ""] ?? [];
    return unit === undefined || origin === undefined
      ? { day_first: pyString(written.dayFirst), first_year: `${written.firstYear}` }
      : { unit: pyString(unit), origin: pyString(origin) };
  }
  if (CLOCK in written.units) return {};
  const units = Object.entries(written.units).map(([unit, times]) => [unit, `${times}`]);
  return {
    decimal: pyString(written.decimal),
    thousands: pyString(written.thousands),
    units: pyDict(Object.fromEntries(units)),
  };
}
