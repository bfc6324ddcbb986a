import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, test } from "vitest";
import { addCapsFlags, type CapsFlags, capsOf } from "../../src/commands/caps-flags.ts";
import { addModelFlags, type ModelFlags, modelChoiceOf } from "../../src/commands/model-flags.ts";
import { addRunCommand } from "../../src/commands/run.ts";
import {
  addScriptFlags,
  type ScriptFlags,
  scriptPolicyOf,
} from "../../src/commands/script-flags.ts";
import { addSettingsFile, readSettings } from "../../src/commands/settings-file.ts";
import { addSettingsFlags, settingsOf } from "../../src/commands/settings-flags.ts";
import { SettingsError } from "../../src/core/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "mle-star-settings-"));
const file = join(folder, "settings.yaml");

/** What a run would be given by this file and these flags. */
async function given(yaml: string, ...words: string[]) {
  writeFileSync(file, yaml);
  const command = addSettingsFile(new Command()).option("--preset <name>", "", "standard");
  for (const add of [addModelFlags, addCapsFlags, addScriptFlags, addSettingsFlags]) add(command);
  let flags: (ModelFlags & CapsFlags & ScriptFlags & { preset: string }) | undefined;
  command.action((all) => {
    flags = all;
  });
  await command.parseAsync(["--settings", file, ...words], { from: "user" });
  if (flags === undefined) throw new Error("the command did not act");
  return {
    choice: modelChoiceOf(flags),
    caps: capsOf(flags),
    scripts: scriptPolicyOf(flags),
    settings: settingsOf(flags.preset, { ...flags }),
  };
}

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
  const { choice, caps, scripts, settings } = await given(WHOLE);
  expect(choice).toEqual({
    model: "openai:gpt-5-mini",
    modelFor: { planning: "openai:gpt-5", debugger: "ollama:qwen3-coder:30b" },
    temperatures: { coding: 0.2 },
    prices: { "openai:gpt-5": { input: 1, output: 8 } },
    search: "searxng",
  });
  expect(caps).toEqual({ seconds: 7200, usd: 3.5 });
  expect(scripts).toMatchObject({ cache: false, prewarm: true });
  expect(settings).toMatchObject({ models: 2, innerSteps: 5, leakageCheck: false });
});

test("a flag wins over the file, and a choice for one agent leaves those for others", async () => {
  const flags = "--model ollama:x --model-for debugger=ollama:y --preset paper --time 10m";
  const { choice, caps, settings } = await given(WHOLE, ...flags.split(" "));
  expect(choice).toMatchObject({
    model: "ollama:x",
    modelFor: { planning: "openai:gpt-5", debugger: "ollama:y" },
  });
  expect(caps).toEqual({ seconds: 600, usd: 3.5 });
  expect(settings).toMatchObject({ models: 4, innerSteps: 5 });
});

test("an empty file changes nothing", async () => {
  expect((await given("# nothing yet\n")).choice.model).toBe("offline");
});

test.each([
  { yaml: "model: [a", says: /is no YAML \(.+\); correct it$/ },
  { yaml: "just words", says: /settings such as "model: openai/ },
  { yaml: "- model", says: /settings such as "model: openai/ },
  { yaml: "modell: openai:x", says: /there is no setting "modell"; there are base-url, / },
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
    /^--(settings|run-id|runs-dir|models-file|instructions-file|quiet|json|record|replay)$/;
  const flags = (program.commands[0]?.options ?? []).flatMap(({ long }) =>
    long === undefined || long === null || ofOneRun.test(long) ? [] : [long],
  );
  expect(flags.length).toBeGreaterThan(25);
  for (const flag of flags) {
    writeFileSync(file, `${flag.replace(/^--(no-)?/, "")}: [[]]`);
    await expect(readSettings(file), flag).rejects.toThrow(/: "/);
  }
});
