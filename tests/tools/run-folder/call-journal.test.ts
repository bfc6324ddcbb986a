import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { AgentOutputError, OverBudgetError } from "../../../src/core/errors.ts";
import type { RunEvent } from "../../../src/core/run-event.ts";
import { journaled } from "../../../tools/run-folder/call-journal.ts";
import { once, scriptedModel } from "../../support/scripted-model.ts";

const ask = { agent: "planner", at: "track-1/refine-1/attempt-2", input: {}, prompt: "next plan?" };

function journal(folder: string, answers: Parameters<typeof scriptedModel>[0]) {
  const scripted = scriptedModel(answers);
  const events: RunEvent[] = [];
  const options = {
    folder,
    note: (event: RunEvent) => void events.push(event),
    clock: () => 0,
    usageOf: () => null,
  };
  return { model: journaled(scripted.model, options), events, asks: scripted.asks };
}

const newFolder = () => mkdtempSync(join(tmpdir(), "mle-star-calls-"));

test("an answer given before a crash is not asked for again", async () => {
  const folder = newFolder();
  await journal(folder, { planner: once("a plan") }).model.text(ask);
  const later = journal(folder, {});
  expect(await later.model.text(ask)).toBe("a plan");
  expect(later.asks).toEqual([]);
});

test("data is kept as data, and another prompt is another call", async () => {
  const folder = newFolder();
  const schema = z.object({ block: z.string() });
  const { model, asks } = journal(folder, { planner: once({ block: "a" }, { block: "b" }) });
  expect(await model.data({ ...ask, schema })).toEqual({ block: "a" });
  expect(await model.data({ ...ask, prompt: "other", schema })).toEqual({ block: "b" });
  expect(await model.data({ ...ask, schema })).toEqual({ block: "a" });
  expect(asks).toHaveLength(2);
});

test("a failed call is noted with its sentence and asked again", async () => {
  const { model, events } = journal(newFolder(), {
    planner: once(new Error("the provider is down"), "a plan"),
  });
  await expect(model.text(ask)).rejects.toThrow("the provider is down");
  expect(await model.text(ask)).toBe("a plan");
  expect(events).toMatchObject([
    { problem: "the provider is down" },
    { problem: null, answerCharacters: 8 },
  ]);
});

test("an answer that could not be used is kept as such: it is neither asked nor paid again", async () => {
  const folder = newFolder();
  const useless = new AgentOutputError("planner", "the answer is empty");
  const first = journal(folder, { planner: once(useless) });
  await expect(first.model.text(ask)).rejects.toThrow("planner: the answer is empty");
  const later = journal(folder, {});
  await expect(later.model.text(ask)).rejects.toThrow(AgentOutputError);
  await expect(later.model.text(ask)).rejects.toThrow(/^planner: the answer is empty$/);
  expect(later.asks).toEqual([]);
  expect(new Set([...first.events, ...later.events].map(({ key }) => key)).size).toBe(1);
});

test("a call that a cap kept from being asked leaves no trace", async () => {
  const folder = newFolder();
  const refused = journal(folder, { planner: once(new OverBudgetError("no tokens are left")) });
  await expect(refused.model.text(ask)).rejects.toThrow(OverBudgetError);
  expect(refused.events).toEqual([]);
  expect(await journal(folder, { planner: once("a plan") }).model.text(ask)).toBe("a plan");
});
