import { type Common, isBlended } from "../src/core/questions.ts";

type Told = Pick<Common, "settings" | "ground">;

/** Whether plans may concern more than one block: outside the paper's way. */
export const plansFreely = ({ settings }: Told): boolean => settings.method !== "paper";

const WITH_MEMBERS = `- scope "script", new members: a short script that trains only models which no member is yet (another kind of model, other features or view of the
  data, another target transform), and leaves each as a member. A model need not beat the best: it helps when it is nearly as good and errs
  elsewhere. This is usually what gains most for its time.
- scope "script", over the members: a second-level model or a correction on the predictions in ./input/members/, beside features where they help.
  It trains nothing that is there again and takes seconds. The program's own average and linear stack must be beaten.
- scope "script", anew: the solution thought through again from loading to model, where its approach is what limits it.`;

const WITHOUT_MEMBERS = `- scope "script": the whole solution is written anew, where its approach is what limits it, or a change concerns many of its parts.`;

/** What a plan may be, and by what it is judged. */
export const ways = (common: Told): string => `A plan is one of these:
${isBlended(common) ? WITH_MEMBERS : WITHOUT_MEMBERS}
- scope "block": one block of the solution below is rewritten and all else stays: where one part is clearly the weak one.
${
  isBlended(common)
    ? "What counts is by how much the run's result (the blend, or a better single script) improves, for the seconds it takes."
    : "What counts is by how much the score improves, for the seconds it takes."
}`;

/** How such a plan is put into words. */
export const CONCRETELY = `- plan concretely enough to be coded without another question: data and features, model and its settings, how it is validated on the
  folds, and about how many seconds it takes. Up to ten sentences, the first a title of its own. What is left of the run bounds it.`;

/** What no such plan is. */
export const NO_PLANS = `- repeat what was tried or is under way in other words, or train again what is a member already.
- plan wide searches for hyper-parameters, a change of the held-out rows or of the metric, or what breaks the time limit.
- propose something for its own sake: when nothing more is worth its time, answer with an empty plan.`;
