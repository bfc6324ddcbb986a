const USUAL_RUNS = "runs";

/** How a person calls this program, from where it stands: by npm in a clone of its source, else by its name; a folder of runs is told unless it is the usual one. */
export function command(words: string, runsFolder = USUAL_RUNS, self = import.meta.url): string {
  const isUsual = [USUAL_RUNS, `${process.cwd()}/${USUAL_RUNS}`].includes(runsFolder);
  const whole = isUsual ? words : `${words} --runs-dir ${quoted(runsFolder)}`;
  // Only a clone runs the source itself.
  if (self.endsWith(".ts")) return `npm run mle-star -- ${whole}`;
  return `${self.includes("/_npx/") ? "npx " : ""}mle-star ${whole}`;
}

/** A word as a POSIX shell takes it. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
