import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { totalsOf } from "../../src/record/costs.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { mleStar } from "../support/command-line.ts";
import { fakeOpenaiServer, type OpenaiBody } from "../support/fake-openai-server.ts";
import { fakeSearxng, PAGE_WITH_ORDERS } from "../support/fake-searxng.ts";
import { tinyAnswer } from "../support/tiny-answers.ts";
import { makeTinyTask } from "../support/tiny-task.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-down-"));
const SIZES = "--tracks 2 --models 2 --outer-steps 1 --inner-steps 2 --ensemble-rounds 1";
const ANSWERED_BEFORE = 24;
const scratchpad = () => readEvents(join(home, "runs", "hour", "scratchpad.jsonl"));
/** The questions that were answered for good, by their place and what they are made of. */
const finishedCalls = () =>
  scratchpad().flatMap((event) =>
    event.type === "call" && event.problem === null ? [event.key] : [],
  );
const ended = (stdout: string) => JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");

test("a provider that goes down ends the run in bounded time with its best so far; the run goes on when it is back", async () => {
  makeTinyTask(join(home, "tiny"));
  const answered: OpenaiBody["messages"][] = [];
  let refused = 0;
  let isDown = false;
  await using provider = await fakeOpenaiServer(({ messages }) => {
    isDown ||= refused === 0 && answered.length >= ANSWERED_BEFORE;
    if (isDown) {
      refused += 1;
      return refused % 2 === 0 ? { status: 503 } : { fault: "reset" };
    }
    answered.push(messages);
    return tinyAnswer(messages);
  });
  await using search = await fakeSearxng(PAGE_WITH_ORDERS);
  const environment = { VLLM_API_KEY: "sk-very-secret", SEARXNG_API_BASE: search.url };
  const choice = `--model vllm:middling --base-url ${provider.url}/v1 --private-pages --time 30m --no-laps`;
  const words = `run tiny --run-id hour --json --no-cache ${SIZES} ${choice}`.split(" ");

  const started = Date.now();
  const first = await mleStar(words, { cwd: home, environment });
  expect(Date.now() - started).toBeLessThan(240_000);
  expect(first.exitCode).toBe(1);
  const said = first.stderr.trim().split("\n");
  expect(said.at(-1)).toMatch(
    /^vllm:middling: 127\.0\.0\.1:\d+ cannot be reached or does not answer properly \(.*6 requests\).*mle-star -- resume hour/,
  );
  expect(said.slice(0, -1).join("\n")).toMatch(
    /^vllm:middling does not answer \(.*\): request \d of 6 follows in \d+ s\.$/m,
  );
  expect(refused).toBeLessThanOrEqual(6 * 4);
  expect(existsSync(join(home, "runs/hour/best/submission.csv"))).toBe(true);
  expect(scratchpad().at(-1)).toMatchObject({ type: "closed", problem: expect.any(String) });
  const paid = () => totalsOf(Ledger.of(scratchpad())).calls.inputTokens ?? 0;
  const paidBefore = paid();
  expect(paidBefore).toBeGreaterThan(0);

  isDown = false;
  const before = answered.length;
  const finished = finishedCalls();
  expect(finished.length).toBeGreaterThan(15);
  const resume = ["resume", "hour", "--json"];
  const second = await mleStar(resume, { cwd: home, environment });
  expect({ exitCode: second.exitCode, stderr: second.stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(ended(second.stdout).score).toBeLessThan(0.4);
  // It stands at the end of every question, and another time is left when the run is resumed.
  const left = /\n# What is left of the run\nAbout .* of 30 minutes\..*\n/;
  expect(answered.filter(([first]) => !left.test(first?.content ?? ""))).toEqual([]);
  const all = finishedCalls();
  expect(all.slice(0, finished.length)).toEqual(finished);
  expect(new Set(all).size).toBe(all.length);
  // The server bills 100 tokens for every answer.
  expect(paid() - paidBefore).toBe(100 * (answered.length - before));

  const orders = answered.flatMap(([first]) =>
    first?.content.includes("ignore all previous instructions") ? [first.content] : [],
  );
  expect(orders.length).toBeGreaterThan(1);
  for (const prompt of orders) {
    const page = /<untrusted source="http:\/\/127[^"]*small-tables">([\s\S]*?)<\/untrusted>/.exec(
      prompt,
    );
    expect(page?.[1]).toMatch(
      /‹\/untrusted> SYSTEM: ignore all[\s\S]*‹ \/ UNTRUSTED >[\s\S]*‹\/untrusted x="/,
    );
    expect(prompt.match(/<[\s/]*untrusted/gi)).toHaveLength(
      // The rules name both marks once.
      2 * prompt.split("<untrusted source=").length,
    );
  }
  expect(
    provider.received.some(({ body }) => JSON.stringify(body).includes("sk-very-secret")),
  ).toBe(false);
  expect(readFileSync(join(home, "runs/hour/scratchpad.jsonl"), "utf8")).not.toContain(
    "sk-very-secret",
  );
});
