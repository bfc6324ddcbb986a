const LONGEST_LOOK_SECONDS = 1;

/** A signal for when nothing is left, however that changes meanwhile; `over` lets go of it. */
export function deadline(secondsLeft: () => number): { signal: AbortSignal; over: () => void } {
  const end = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const left = secondsLeft();
    if (left <= 0) end.abort();
    else timer = setTimeout(look, Math.min(left, LONGEST_LOOK_SECONDS) * 1000);
  };
  if (secondsLeft() < Number.POSITIVE_INFINITY) look();
  return { signal: end.signal, over: () => clearTimeout(timer) };
}
