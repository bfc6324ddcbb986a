/** The text in a Markdown fence that nothing inside it can close. */
export function fence(text: string, language = ""): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(Math.max(3, longest + 1));
  return `${ticks}${language}\n${text}\n${ticks}`;
}

/** Text from files or from the web, marked as data that gives no orders; it cannot close its own mark. */
export function untrusted(source: string, text: string): string {
  const name = source.replaceAll(/[^\w ./:?=&%+,#-]/g, "_").slice(0, 200);
  const inside = text.replaceAll(/[<＜﹤]([\s/\\]*untrusted)/gi, "‹$1");
  return `<untrusted source="${name}">\n${inside}\n</untrusted>`;
}
