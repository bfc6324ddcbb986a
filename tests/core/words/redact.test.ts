import { expect, test } from "vitest";
import { withoutSecrets } from "../../../src/core/words/redact.ts";

const KEY = 'sk-live/"0123+456789"=';
const environment = {
  VLLM_API_KEY: KEY,
  EDITOR_KEYS: "vi",
  PATH: "/usr/bin",
  HOME: "/home/someone",
};

test("a key is taken out in any clothes, wherever it stands, and nothing else is touched", () => {
  const redact = withoutSecrets(environment);
  const forms = [KEY, encodeURIComponent(KEY), JSON.stringify(KEY), btoa(KEY), `Bearer ${KEY}.`];
  const said = redact({ problem: forms, nested: new Map([["a", `vi ${KEY}`]]), seconds: 3 });
  const text = JSON.stringify(said);
  for (const form of [KEY, JSON.stringify(KEY).slice(1, -1), encodeURIComponent(KEY), btoa(KEY)])
    expect(text).not.toContain(JSON.stringify(form).slice(1, -1));
  expect(said).toMatchObject({ seconds: 3, nested: [["a", "vi ***"]] });
  const honest = { script: "import os  # vi /usr/bin /home/someone", score: 0.5, at: null };
  expect(redact(honest)).toEqual(honest);
});
