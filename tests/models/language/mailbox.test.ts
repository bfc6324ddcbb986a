import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { SettingsError } from "../../../src/core/errors.ts";
import { languageModel } from "../../../src/models/language/configured-model.ts";
import { ask } from "../../support/ask.ts";

const schema = z.object({ plan: z.string(), line: z.int() });

/** A mailbox, what a run asks by it, and who works there. */
function mailbox(folder = mkdtempSync(join(tmpdir(), "mailbox-"))) {
  const model = languageModel({ model: `mailbox:${folder}` }, {}, { run: "digits-1" });
  const question = (number: string) => readFileSync(join(folder, "in", `${number}.md`), "utf8");
  const isAsked = (number: string) =>
    vi.waitFor(() => expect(existsSync(join(folder, "in", `${number}.md`))).toBe(true));
  const answer = (number: string, text: string) => {
    mkdirSync(join(folder, "out"), { recursive: true });
    writeFileSync(join(folder, "out", `${number}.part`), text);
    renameSync(join(folder, "out", `${number}.part`), join(folder, "out", `${number}.md`));
  };
  return { folder, model, question, isAsked, answer };
}

test("a question waits as a file that says who asks and where the answer belongs, beside a page that says how", async () => {
  const { folder, model, question, isAsked, answer } = mailbox();
  const asked = ask({ prompt: "What next?\n" });
  const answered = model.text(asked);
  await isAsked("0001");
  expect(question("0001")).toBe(`# Question 0001

- asked by: planner (planning), at track-1/refine-1/attempt-2 of run digits-1
- answer in: out/0001.md
- form of the answer: text; where a script is asked for, one fenced Python block

---

What next?
`);
  expect(readFileSync(join(folder, "README.md"), "utf8")).toContain("out/NNNN.md");
  answer("0001", "Scale the target.\n");
  expect(await answered).toBe("Scale the target.\n");
  // Estimated, four characters each.
  expect(model.usageOf(asked)).toEqual({
    model: `mailbox:${folder}`,
    inputTokens: 3,
    outputTokens: 5,
    cachedTokens: null,
    reasoningTokens: null,
    costUsd: 0,
  });
});

test("several questions wait at once and are answered in any order, data as plain or fenced JSON", async () => {
  const { model, question, isAsked, answer } = mailbox();
  const first = model.data({ ...ask({ at: "track-1" }), schema });
  const second = model.data({ ...ask({ at: "track-2" }), schema });
  await isAsked("0002");
  expect(question("0002")).toMatch(/form of the answer: JSON[\s\S]*"required":\["plan","line"\]/);
  answer("0002", 'Here it is:\n```json\n{"plan": "b", "line": 2}\n```\n');
  expect(await second).toEqual({ plan: "b", line: 2 });
  answer("0001", '{"plan": "a", "line": 1}');
  expect(await first).toEqual({ plan: "a", line: 1 });
});

test("an answer that cannot be read is asked for again with it and the complaint; an empty file is none yet", async () => {
  const { model, question, isAsked, answer } = mailbox();
  const answered = model.data({ ...ask(), schema });
  await isAsked("0001");
  answer("0001", "");
  answer("0001", '{"plan": "scale", "line": "twelve"}');
  await isAsked("0002");
  expect(question("0002")).toMatch(
    /# Your answer\n\n\{"plan": "scale", "line": "twelve"\}\n[\s\S]*# What is wrong with it\n\n.*could not be used[\s\S]*line/,
  );
  answer("0002", '{"plan": "scale", "line": 12}');
  expect(await answered).toEqual({ plan: "scale", line: 12 });
});

test("a stop ends the waiting and takes the question out of sight; asked again it has its old number and its answer", async () => {
  const { folder, model, isAsked, answer } = mailbox();
  const stop = new AbortController();
  const stopped = model.text(ask({ signal: stop.signal }));
  await isAsked("0001");
  stop.abort(new Error("enough"));
  await expect(stopped).rejects.toThrow("enough");
  expect(readdirSync(join(folder, "in"))).toEqual(["0001.json"]);

  answer("0001", "Scale the target.");
  const resumed = mailbox(folder).model;
  const again = ask({ prompt: "What next?\n# What is left of the run\nOne minute.\n" });
  expect(await resumed.text(again)).toBe("Scale the target.");
  const other = languageModel({ model: `mailbox:${folder}` }, {}, { run: "digits-2" });
  const its = other.text(ask());
  await isAsked("0002");
  answer("0002", "Another run's.");
  expect(await its).toBe("Another run's.");
});

test("a mailbox without a folder, or at a file, is refused", () => {
  expect(() => languageModel({ model: "mailbox:" }, {})).toThrow(SettingsError);
  expect(() => languageModel({ model: "mailbox" }, {})).toThrow(/write mailbox:DIR/);
  expect(() => languageModel({ model: "mailbox:package.json" }, {})).toThrow(/is a file/);
});
