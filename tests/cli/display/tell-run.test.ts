import { expect, test } from "vitest";
import { quietTeller } from "../../../src/cli/display/tell-run.ts";
import { ofType } from "../../../src/record/event.ts";
import { recorded } from "../../support/made-event.ts";
import { eventsOfRun } from "../../support/made-events.ts";
import { asMeasured } from "../../support/measured-events.ts";

const lineOf = (measured: boolean): string => {
  const events = eventsOfRun("toy", {});
  const said: string[] = [];
  const [result] = ofType(recorded(measured ? asMeasured(events, "") : events), "result");
  if (result !== undefined) quietTeller({ out: (line) => said.push(line) }).result(result);
  return said.join("\n");
};

test("a run ends with the score to expect and what says so, or with whose word it is", () => {
  expect(lineOf(true)).toMatch(
    /rmse 6\.51 \(95 %: 5\.52 to 7\.51\), on rows that decided nothing\n {2}chosen by {3}6 in validation/,
  );
  expect(lineOf(false)).toMatch(/rmse 7, printed by the script, not measured\n {2}submission/);
});
