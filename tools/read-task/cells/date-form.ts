import type { WrittenDate } from "../../../src/core/task.ts";
import { type DateParts, dateParts, momentWritten } from "../../../src/core/words/written-date.ts";
import { dateOrder, firstYearOf, type WantedOrder } from "./date-order.ts";
import type { Told } from "./number-form.ts";
import { zonesInWords } from "./time-zones.ts";

export interface DateForm {
  written: WrittenDate;
  /** How the dates are written, with the evidence. */
  words: string;
  /** Texts that are no dates so written. */
  rest: Told[];
}

interface Parsed {
  text: string;
  rows: number;
  parts: DateParts;
}

const MOST_FORMS_SHOWN = 3;
const SHARE_OF_SLIPS = 0.02;

/** How a column writes dates, decided by all of its texts; null where they are no dates. */
export function dateForm(texts: readonly Told[], wanted?: WantedOrder): DateForm | null {
  const parsed: Parsed[] = [];
  const rest: Told[] = [];
  for (const [text, rows] of texts) {
    const parts = dateParts(text);
    if (parts === null) rest.push([text, rows]);
    else parsed.push({ text, rows, parts });
    // Names and sentences show early that they are no dates.
    if (rest.length > 20 && rest.length > parsed.length) return null;
  }
  const open = Map.groupBy(
    parsed.filter(({ parts }) => parts.open !== ""),
    ({ parts }) => parts.open,
  );
  const orders = [...open].map(([mark, dates]) => ({ mark, ...dateOrder(mark, dates, wanted) }));
  const short = new Set(
    parsed
      .map(({ parts }) => parts.year)
      .filter((year) => year.length === 2)
      .map(Number),
  );
  const written: WrittenDate = {
    as: "date",
    dayFirst: orders.flatMap(({ mark, isDayFirst }) => (isDayFirst ? [mark] : [])).join(""),
    firstYear: firstYearOf(short),
    counts: null,
  };
  for (const { text, rows } of parsed)
    if (Number.isNaN(momentWritten(text, written))) rest.push([text, rows]);
  const most = Math.max(texts.length > 20 ? 1 : 0, SHARE_OF_SLIPS * texts.length);
  if (parsed.length === 0 || rest.length > most) return null;
  const years =
    short.size > 0 ? [`two-digit years are ${written.firstYear} to ${written.firstYear + 99}`] : [];
  const zones = zonesInWords(parsed.map(({ parts }) => parts));
  const told = [...orders.map(({ words }) => words), ...formsInWords(parsed), ...years, ...zones];
  return { written, words: told.join("; "), rest };
}

const formOf = ({ parts: { form, open } }: Parsed): string => `${form}${open}`;

function formsInWords(parsed: readonly Parsed[]): string[] {
  const forms = Map.groupBy(parsed, formOf);
  const shown = [...forms.values()]
    .slice(0, MOST_FORMS_SHOWN)
    .map(([first]) => JSON.stringify(first?.text ?? ""))
    .join(", ");
  if (forms.size > 1) return [`in ${forms.size} forms, such as ${shown}`];
  const [[form = ""] = []] = forms;
  return form.startsWith("y_md") ? ["year first"] : form.includes("|") ? [] : [`such as ${shown}`];
}
