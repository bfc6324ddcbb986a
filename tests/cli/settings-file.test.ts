import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, test } from "vitest";
import { asked, given } from "../../src/cli/flag.ts";
import { addRunFlags, Start } from "../../src/cli/flags.ts";
import { addRunCommand } from "../../src/cli/run.ts";
import { addSettingsFile, readSettings } from "../../src/cli/settings-file.ts";
import { Caps } from "../../src/core/caps.ts";
import { SettingsError } from "../../src/core/errors.ts";
import { ModelChoice } from "../../src/core/model-choice.ts";
import { ScriptPolicy } from "../../src/core/script-policy.ts";
import { Settings } from "../../src/core/settings.ts";

const folder = mkdtempSync(join(tmpdir(), "mle-star-settings-"));
const file = join(folder, "settings.yaml");

/** What a run would be asked for by these words. */
async function from(...words: string[]) {
  const command = addSettingsFile(addRunFlags(new Command()))
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .action(() => {});
  await command.parseAsync(words, { from: "user" });
  return {
    preset: asked(Start, command).preset,
    choice: given(ModelChoice, command),
    caps: given(Caps, command),
    scripts: asked(ScriptPolicy, command),
    settings: given(Settings, command),
  };
}

/** The same by a file and words. */
function fromFile(yaml: string, ...words: string[]) {
  writeFileSync(file, yaml);
  return from("--settings", file, ...words);
}

test("without flags nothing is asked for, and everything is as always", async () => {
  expect(await from()).toMatchObject({ preset: "standard", choice: {}, caps: {}, settings: {} });
  expect((await from()).scripts).toMatchObject({ sandbox: null, cache: true, prewarm: true });
});

test("models for agents and roles, temperatures, caps, numbers and switches are read from words", async () => {
  const words =
    "--model openai:a --model-for planner=openai:b --model-for coding=ollama:c:7b --temperature coding=0.2 --temperature planning=1 --effort low --effort coding=high --max-silence 90s --max-calls-at-once 2 --time 1.5h --max-script-time 90s --max-tokens 5000 --no-cache --inner-steps 5 --no-leakage-check --review models,plans --instructions short";
  expect(await from(...words.split(" "))).toMatchObject({
    choice: {
      model: "openai:a",
      modelFor: { planner: "openai:b", coding: "ollama:c:7b" },
      temperatures: { coding: 0.2, planning: 1 },
      efforts: { planning: "low", coding: "high", checking: "low", searching: "low" },
      idleSeconds: 90,
      callsAtOnce: 2,
    },
    caps: { seconds: 5400, scriptSeconds: 90, tokens: 5000 },
    scripts: { cache: false, prewarm: true },
    settings: {
      innerSteps: 5,
      leakageCheck: false,
      review: ["models", "plans"],
      instructions: "short",
    },
  });
});

test.each([
  { words: ["--model-for", "planner"], says: "--model-for: write it as name=value" },
  { words: ["--temperature", "coding=hot"], says: /^--temperature\.coding: expected number/ },
  { words: ["--temperature", "coding=3"], says: /^--temperature\.coding: Too big.*2$/ },
  { words: ["--prices", "missing.json"], says: "--prices missing.json: it cannot be read" },
  { words: ["--time", "soon"], says: "--time: give a time such as 90s, 15m or 2h" },
  {
    words: ["--time", "30"],
    says: '--time: "30" has no unit: write 30s for seconds, or 30m for minutes',
  },
  { words: ["--time", "0"], says: "--time: give a time such as 90s, 15m or 2h" },
  { words: ["--max-cost", "much"], says: /^--max-cost: expected number/ },
  { words: ["--max-script-runs", "0"], says: /^--max-script-runs: Too small/ },
  { words: ["--sandbox", "castle"], says: /^--sandbox: expected one of "auto"/ },
  { words: ["--inner-steps", "many"], says: /^--inner-steps: expected number/ },
  { words: ["--models", "0"], says: /^--models: Too small/ },
  { words: ["--review", "all"], says: /^--review\.0: expected one of "models"/ },
])("$words is refused: $says", async ({ words, says }) => {
  await expect(from(...words)).rejects.toThrow(SettingsError);
  await expect(from(...words)).rejects.toThrow(says);
});

const WHOLE = `
model: openai:gpt-5-mini
model-for: { planning: openai:gpt-5, debugger: ollama:qwen3-coder:30b }
temperature: { coding: 0.2 }
prices: { "openai:gpt-5": { input: 1, output: 8 } }
search: searxng
preset: quick
inner-steps: 5
leakage-check: false
time: 2h
max-cost: 3.5
cache: false
`;

test("a file gives models, prices, the numbers of the paper, caps and how scripts run", async () => {
  const { preset, choice, caps, scripts, settings } = await fromFile(WHOLE);
  expect(choice).toEqual({
    model: "openai:gpt-5-mini",
    modelFor: { planning: "openai:gpt-5", debugger: "ollama:qwen3-coder:30b" },
    temperatures: { coding: 0.2 },
    prices: { "openai:gpt-5": { input: 1, output: 8 } },
    search: "searxng",
  });
  expect(caps).toEqual({ seconds: 7200, usd: 3.5 });
  expect(scripts).toMatchObject({ cache: false, prewarm: true });
  expect({ preset, settings }).toEqual({
    preset: "quick",
    settings: { innerSteps: 5, leakageCheck: false },
  });
});

test("a flag wins over the file, and a choice for one agent leaves those for others", async () => {
  const flags = "--model ollama:x --model-for debugger=ollama:y --preset paper --time 10m";
  expect(await fromFile(WHOLE, ...flags.split(" "))).toMatchObject({
    preset: "paper",
    choice: {
      model: "ollama:x",
      modelFor: { planning: "openai:gpt-5", debugger: "ollama:y" },
    },
    caps: { seconds: 600, usd: 3.5 },
    settings: { innerSteps: 5 },
  });
});

test("an empty file changes nothing", async () => {
  expect(await fromFile("# nothing yet\n")).toEqual(await from());
});

test.each([
  { yaml: "model: [a", says: /is no YAML \(.+\); correct it$/ },
  { yaml: "just words", says: /settings such as "model: openai/ },
  { yaml: "- model", says: /settings such as "model: openai/ },
  {
    yaml: "modell: openai:x",
    says: /there is no setting "modell"; there are acceptance, base-url, /,
  },
  { yaml: "modelFor: {}", says: /there is no setting "modelFor"; .*model-for/ },
  { yaml: "temperature: { coding: 3 }", says: /"temperature\.coding": .*2/ },
  { yaml: "inner-steps: many", says: /"inner-steps": expected/ },
  { yaml: "time: soon", says: /"time": give a time such as 90s, 15m or 2h$/ },
  { yaml: "preset: slow", says: /"preset": expected one of "quick"/ },
  { yaml: "prices: { gpt: 3 }", says: /"prices\.gpt": / },
  { yaml: "openai-api-key: sk-1", says: /"openai-api-key" holds a key.*set OPENAI_API_KEY in the/ },
  { yaml: "model: google-genai\napi-key: x", says: /set GOOGLE_API_KEY in the environment$/ },
  { yaml: "model: { openrouter_api_key: x }", says: /set OPENROUTER_API_KEY in the/ },
  { yaml: "checkpoints: postgres://me:word@host/runs", says: /holds a key.*set PGPASSWORD in/ },
  { yaml: "model: sk-123456", says: /"model" holds a key.*set OPENAI_API_KEY/ },
])("$yaml is refused in one sentence", async ({ yaml, says }) => {
  writeFileSync(file, yaml);
  const read = readSettings(file);
  await expect(read).rejects.toThrow(SettingsError);
  await expect(read).rejects.toThrow(says);
  await expect(read).rejects.toThrow(/^--settings \S+settings\.yaml: [^\n]+$/);
});

test("a file that is not there is named", () =>
  expect(readSettings("/no/such.yaml")).rejects.toThrow(
    "--settings /no/such.yaml: it cannot be read",
  ));

test("every flag of a run that is not about one run alone can stand in the file", async () => {
  const program = new Command();
  addRunCommand(program);
  const ofOneRun =
    /^--(settings|run-id|runs-dir|models-file|instructions-file|quiet|json|replay|target|metric|direction|positive|id|split|drop|dates)$/;
  const flags = (program.commands[0]?.options ?? []).flatMap(({ long }) =>
    long === undefined || long === null || ofOneRun.test(long) ? [] : [long],
  );
  expect(flags.length).toBeGreaterThan(25);
  for (const flag of flags) {
    writeFileSync(file, `${flag.replace(/^--(no-)?/, "")}: [[]]`);
    await expect(readSettings(file), flag).rejects.toThrow(/: "/);
  }
});
