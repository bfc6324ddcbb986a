import { styleText } from "node:util";

/** A bar of that width, full to a share of 1. */
export function bar(share: number, width: number): string {
  const full = Math.min(width, Math.round(share * width));
  return styleText("cyan", "━".repeat(full)) + styleText("dim", "─".repeat(width - full));
}
