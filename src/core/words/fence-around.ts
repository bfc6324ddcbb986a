/** The backticks of a Markdown fence that nothing in the text can close. */
export function fenceAround(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  return "`".repeat(longest + 1);
}
