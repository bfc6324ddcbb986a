import { defineConfig } from "vitest/config";
import usual from "./vitest.config.ts";

/** Suites beside `npm test` that run many scripts each: no network, no keys, minutes. */
export default defineConfig({
  test: { ...usual.test, include: ["tests/**/*.slow.test.ts"], exclude: [], testTimeout: 300_000 },
});
