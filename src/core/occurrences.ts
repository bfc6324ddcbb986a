/**
 * Every place where one row of items, the characters of a text or its words, stands in another, overlapping ones too: in linear
 * time whatever they hold (Knuth, Morris and Pratt), where a search by the language can be quadratic.
 */
export function* occurrences<Item>(
  all: ArrayLike<Item>,
  wanted: ArrayLike<Item>,
): Generator<number, void> {
  if (wanted.length === 0) return;
  /** How much of the wanted row is matched again where the next item after so many does not match. */
  const again = new Uint32Array(wanted.length + 1);
  const matched = (length: number, item: Item | undefined): number => {
    let known = length;
    while (known > 0 && wanted[known] !== item) known = again[known] ?? 0;
    return wanted[known] === item ? known + 1 : 0;
  };
  for (let at = 1, length = 0; at < wanted.length; at += 1) {
    length = matched(length, wanted[at]);
    again[at + 1] = length;
  }
  for (let at = 0, length = 0; at < all.length; at += 1) {
    length = matched(length, all[at]);
    if (length < wanted.length) continue;
    yield at + 1 - length;
    length = again[length] ?? 0;
  }
}
