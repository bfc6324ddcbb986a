/** What was or will be spent of everything that can have a cap. */
export interface Spent {
  /** Wall-clock seconds of work. */
  seconds: number;
  scriptRuns: number;
  scriptSeconds: number;
  /** Tokens of language models, in and out. */
  tokens: number;
  usd: number;
}

export const NOTHING: Spent = { seconds: 0, scriptRuns: 0, scriptSeconds: 0, tokens: 0, usd: 0 };

export const sumOf = (parts: readonly Spent[]): Spent =>
  parts.reduce(
    (sum, part) => ({
      seconds: sum.seconds + part.seconds,
      scriptRuns: sum.scriptRuns + part.scriptRuns,
      scriptSeconds: sum.scriptSeconds + part.scriptSeconds,
      tokens: sum.tokens + part.tokens,
      usd: sum.usd + part.usd,
    }),
    NOTHING,
  );
