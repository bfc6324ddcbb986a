import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mleStar } from "../support/command-line.ts";
import { loopbackServer } from "../support/loopback-server.ts";

test("a port in use is refused in one sentence, and the program ends", async () => {
  await using taken = await loopbackServer((_, response) => void response.end());
  const { port } = new URL(taken.url);
  const end = await mleStar(["dev", "--port", port], { cwd: process.cwd() });
  expect(end).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: `--port ${port}: it is in use; choose another\n`,
  });
});

test.each([
  { words: ["--host", "192.0.2.1", "--port", "4999"], says: /192\.0\.2\.1.*cannot be listened on/ },
  { words: ["--port", "none"], says: /--port: expected number/ },
  { words: ["--config", "gone.json"], says: /gone\.json: there is no such file/ },
])("what cannot be served is refused: $words", async ({ words, says }) => {
  const end = await mleStar(["dev", ...words], { cwd: process.cwd() });
  expect(end).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringMatching(says) });
});

test("outside the project's folder the server says where to start it, and leaves nothing", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "mle-star-dev-"));
  const end = await mleStar(["dev"], { cwd });
  expect(end).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/project's folder/) });
  expect(readdirSync(cwd)).toEqual([]);
});
