import { expect, test } from "vitest";
import { SettingsError, ToolError } from "../../../src/core/errors.ts";
import { whileOpening, withPatience } from "../../../tools/checkpoints/postgres-trouble.ts";

const URL = "postgres://ada@db/runs";
const coded = (code: string, message: string) => Object.assign(new Error(message), { code });

function failing(times: number, error: Error) {
  let asked = 0;
  const work = async () => {
    asked += 1;
    if (asked <= times) throw error;
    return "done";
  };
  return { work, asked: () => asked };
}

test.each([
  coded("ECONNREFUSED", "connect ECONNREFUSED"),
  coded("57P01", "terminating connection due to administrator command"),
  new Error("Connection terminated unexpectedly"),
])("a server that is away for a moment is waited for: %s", async (error) => {
  const { work, asked } = failing(2, error);
  expect(await withPatience(URL, work, [1, 1])).toBe("done");
  expect(asked()).toBe(3);
});

test("one that stays away is told in a sentence", async () => {
  const { work, asked } = failing(9, coded("ECONNREFUSED", "connect ECONNREFUSED"));
  const failure = await withPatience(URL, work, [1, 1]).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ToolError);
  expect(String(failure)).toMatch(
    /checkpoints postgres:\/\/ada@db\/runs: the database failed \(connect ECONNREFUSED\); .* go on with "npm run mle-star -- resume"$/,
  );
  expect(asked()).toBe(3);
});

test("what another try cannot mend is told at once, and what is no failure of the database is left as it is", async () => {
  const missing = failing(9, coded("42P01", 'relation "checkpoints" does not exist'));
  await expect(withPatience(URL, missing.work, [1])).rejects.toThrow(/does not exist/);
  expect(missing.asked()).toBe(1);
  const own = new TypeError("state.timeout is NaN, which a checkpoint cannot hold");
  await expect(withPatience(URL, failing(9, own).work, [1])).rejects.toBe(own);
});

test.each([
  { code: "28P01", says: /set PGPASSWORD$/ },
  { code: "3D000", says: /create the database$/ },
  { code: "42501", says: /grant its user the right to create a schema$/ },
  { code: "ECONNREFUSED", says: /start the server, or leave --checkpoints out$/ },
])("before a run, $code says what to mend", async ({ code, says }) => {
  const refusal = await whileOpening(URL, failing(9, coded(code, "reason")).work).catch(
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(SettingsError);
  expect(String(refusal)).toMatch(says);
});

test.each([
  { what: "a connection that is cut", error: coded("57P01", "terminating connection") },
  { what: "another run that makes the tables", error: coded("23505", "duplicate key") },
])("before a run, $what is waited out", async ({ error }) => {
  expect(await whileOpening(URL, failing(1, error).work)).toBe("done");
});
