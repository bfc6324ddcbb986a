import type { Recall } from "./ports.ts";
import type { RunEvent } from "./run-event.ts";

/** Finds a person's answers among a run's events. */
export const recallFrom =
  (events: () => readonly RunEvent[]): Recall =>
  ({ at, action_request: { args } }) => {
    const proposed = JSON.stringify(args);
    const review = events().findLast(
      (event) =>
        event.type === "review" && event.at === at && JSON.stringify(event.proposed) === proposed,
    );
    return review?.type === "review" ? review.answer : null;
  };
