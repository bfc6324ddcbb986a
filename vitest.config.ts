import { defineConfig } from "vitest/config";

/** The suite of `npm test`: no network but loopback, no keys. What takes minutes is in tests/end-to-end and `*.slow.test.ts`. */
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/end-to-end/**", "tests/live/**", "tests/**/*.slow.test.ts"],
    testTimeout: 60_000,
    // Its default leaves one core idle: on a machine of two that would double the time.
    maxWorkers: "100%",
    env: { LANGSMITH_TRACING: "false" },
  },
});
