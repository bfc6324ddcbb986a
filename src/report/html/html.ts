import { visible } from "../visible.ts";

/** Markup that is safe to put into a page: made by `html` from escaped values, or vouched for by `trusted`. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

/**
 * The only way from text to markup: every value is escaped unless it is `Html` already, in text and in quoted attributes
 * alike. Lists are joined; null, undefined and false leave nothing.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(String.raw({ raw: strings }, ...values.map(markupOf)));
}

/** Vouches for markup that another program made from escaped text: the chart, the highlighted script. */
export const trusted = (markup: string): Html => new Html(markup);

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** Text without power over a page; characters that no page may hold, or that turn its text around, are shown as such. */
function escaped(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? character);
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(markupOf).join("");
  return escaped(String(value));
}

/** A section of the report, reached from the page's navigation by its short name. */
export type Section = Record<"id" | "name" | "title", string> & { body: Html };
