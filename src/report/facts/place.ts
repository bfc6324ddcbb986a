/** The stages that time, money and gains are told by, in the order of a run. */
export const STAGES = [
  "preparation",
  "model search",
  "initial solutions",
  "refinement",
  "ensemble",
  "submission",
] as const;
export type Stage = (typeof STAGES)[number];

/** The stage that a place of the run belongs to. */
export function stageOf(at: string): Stage {
  const [first = "", second = ""] = at.split("/");
  if (first === "ensemble" || first === "submission") return first;
  if (!first.startsWith("track-")) return "preparation";
  if (second === "") return "model search";
  return second.startsWith("refine-") ? "refinement" : "initial solutions";
}

/** `track-1/refine-2` as people say it: `track 1 › refine 2`. */
export const placeName = (at: string) => at.replaceAll("-", " ").replaceAll("/", " › ");

/** The first part of a place in words: its track, the ensemble or the submission. */
export const branchOf = (at: string) => at.split("/")[0] ?? "";

/** The place an attempt was made for: one made there again, with another script, has a number at its end. */
export const placeOf = (id: string) => id.replace(/~\d+$/, "");
