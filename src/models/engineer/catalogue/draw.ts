/** Random choices that are the same whenever they are made for the same name. */
export interface Draw {
  /** One of the values. */
  of(values: readonly string[]): string;
  /** A number between the two, small ones as likely as large ones, to two digits. */
  between(least: number, most: number): string;
}

/** The choices for that name. */
export function drawFor(name: string): Draw {
  let state = [...name].reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16_777_619),
    2_166_136_261,
  );
  // Weyl steps, mixed: good enough to spread choices, and short.
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    const again = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((again ^ (again >>> 15)) >>> 0) / 2 ** 32;
  };
  return {
    of: (values) => values[Math.floor(next() * values.length)] ?? "",
    between: (least, most) => `${Number((least * (most / least) ** next()).toPrecision(2))}`,
  };
}
