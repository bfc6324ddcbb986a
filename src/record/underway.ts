import { z } from "zod";
import { Place } from "../core/place.ts";
import type { Notebook } from "../core/tried-plan.ts";
import type { Ledger } from "./ledger.ts";

/** What each of those who plan answers, as a plan in words. */
const PLANS: Readonly<Record<string, z.ZodType<string>>> = {
  ...{ planner: ofPlan(), extractor: ofPlan() },
  "ensemble-planner": z.string(),
  retriever: z
    .object({ models: z.array(z.object({ name: z.string() })) })
    .transform(({ models }) => models.map(({ name }) => name).join("; ")),
};

function ofPlan(): z.ZodType<string> {
  return z.object({ plan: z.string() }).transform(({ plan }) => plan);
}

/** The latest plan of each other track, or of the ensemble, that no attempt has come of yet. */
export function underwayBeside(at: Place, { calls, attempts }: Ledger): Notebook["underway"] {
  const latest = new Map<string, { at: Place; plan: string }>();
  for (const { agent, at: text, answer } of calls) {
    const plan = PLANS[agent]?.safeParse(answer).data?.trim();
    const place = Place.parse(text);
    if (plan !== undefined) latest.set(place.branch.text, { at: place, plan });
  }
  const isTried = (place: Place) => attempts.some((one) => one.place.isWithin(place));
  return [...latest]
    .filter(
      ([branch, { at: its, plan }]) => branch !== at.branch.text && plan !== "" && !isTried(its),
    )
    .map(([, { at: its, plan }]) => ({ at: its.text, plan }));
}
