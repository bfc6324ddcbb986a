import { expect, test } from "vitest";
import { postgresAddress } from "../../../tools/checkpoints/postgres-address.ts";

test.each([
  "postgres://ada:s%40cret@db:5432/runs",
  "postgres://ada@db:5432/runs?password=s%40cret",
])("the password of %s is read, and kept nowhere else", (text) => {
  expect(postgresAddress(text)).toEqual({
    url: "postgres://ada@db:5432/runs",
    schema: "mle_star",
    password: "s@cret",
  });
});

test("a schema can be named, and what else the driver is told stays", () => {
  expect(postgresAddress("postgresql://db/runs?sslmode=require&schema=team_a")).toEqual({
    url: "postgresql://db/runs?sslmode=require&schema=team_a",
    schema: "team_a",
    password: null,
  });
});
