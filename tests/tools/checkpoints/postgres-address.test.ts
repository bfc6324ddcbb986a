import { expect, test } from "vitest";
import { passwordIn, postgresAddress } from "../../../tools/checkpoints/postgres-address.ts";

test.each([
  "postgres://ada:s%40cret@db:5432/runs",
  "postgres://ada@db:5432/runs?password=s%40cret",
])("the password of %s is read, and kept nowhere else", (text) => {
  expect(passwordIn(text)).toBe("s@cret");
  const { url, connection } = postgresAddress(text);
  expect([url, connection]).toEqual(["postgres://ada@db:5432/runs", "postgres://ada@db:5432/runs"]);
});

test("a schema can be named, and what else the driver is told stays", () => {
  expect(postgresAddress("postgresql://db/runs?sslmode=require&schema=team_a")).toEqual({
    url: "postgresql://db/runs?sslmode=require&schema=team_a",
    connection: "postgresql://db/runs?sslmode=require",
    schema: "team_a",
  });
  expect(postgresAddress("postgres://db/runs").schema).toBe("mle_star");
});
