const STEP = 0x9e3779b9;

/** A number from 0 to 1 that looks like chance. */
function shareOf(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

/** The numbers 0..count-1 in an order that follows from the seed alone, the same on every machine. */
export function shuffled(count: number, seed: number): Uint32Array {
  const order = new Uint32Array(count).map((_, index) => index);
  let state = seed >>> 0;
  for (let last = count - 1; last > 0; last -= 1) {
    state = (state + STEP) >>> 0;
    const other = Math.floor(shareOf(state) * (last + 1));
    const held = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = held;
  }
  return order;
}

/** Of the same numbers about so many, in such an order: of millions only those that are needed are held. */
export function someOf(count: number, about: number, seed: number): Uint32Array {
  if (about > count / 2) return shuffled(count, seed);
  const some: number[] = [];
  let state = seed >>> 0;
  for (let number = 0; number < count; number += 1) {
    state = (state + STEP) >>> 0;
    if (shareOf(state) * count < about) some.push(number);
  }
  return shuffled(some.length, seed + 1).map((place) => some[place] ?? 0);
}
