const YEAR_FIRST = /^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/;
const YEAR_LAST = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})/;

/** Which of a date's numbers is which; `undecided` where no row tells day and month apart: then the month is taken to be first. */
export type Order = "year first" | "day first" | "month first" | "mixed" | "undecided";

/** Decides by all rows of a column in which order its dates are written. */
export class DateOrder {
  private yearFirst = 0;
  private yearLast = 0;
  private day = false;
  private month = false;

  add(text: string): void {
    if (YEAR_FIRST.test(text)) this.yearFirst += 1;
    const [, first, second] = YEAR_LAST.exec(text) ?? [];
    if (first === undefined) return;
    this.yearLast += 1;
    if (Number(first) > 12) this.day = true;
    if (Number(second) > 12) this.month = true;
  }

  get order(): Order {
    if (this.yearLast === 0) return "year first";
    if (this.yearFirst > 0 || (this.day && this.month)) return "mixed";
    if (this.day) return "day first";
    return this.month ? "month first" : "undecided";
  }
}
