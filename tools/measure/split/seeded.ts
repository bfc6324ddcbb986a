/** The numbers 0..count-1 in an order that follows from the seed alone, the same on every machine. */
export function shuffled(count: number, seed: number): Uint32Array {
  const order = new Uint32Array(count).map((_, index) => index);
  let state = seed >>> 0;
  for (let last = count - 1; last > 0; last -= 1) {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    const other = Math.floor((((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32) * (last + 1));
    const held = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = held;
  }
  return order;
}
