import type { DateParts } from "../../../src/core/words/written-date.ts";

const MOST_SHOWN = 4;

/** Which time zones a column's moments are of, and what is made of several; nothing where none is named. */
export function zonesInWords(dates: readonly DateParts[]): string[] {
  const zones = [...new Set(dates.map(({ zone }) => zone))].filter((zone) => zone !== null);
  if (zones.length === 0) return [];
  const isBare = dates.some(({ zone }) => zone === null);
  const shown = zones.slice(0, MOST_SHOWN).map(offset).join(", ");
  if (zones.length === 1 && !isBare) return [`times of ${shown}`];
  const bare = isBare ? ", or of none, then taken for UTC" : "";
  return [
    `times of ${zones.length === 1 ? shown : `${zones.length} zones (${shown})`}${bare}: read as moments of UTC`,
  ];
}

function offset(hours: number): string {
  if (hours === 0) return "UTC";
  const size = Math.abs(hours);
  const minutes = Math.round((size % 1) * 60);
  return `UTC${hours < 0 ? "-" : "+"}${Math.floor(size)}${minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`}`;
}
