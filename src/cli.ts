#!/usr/bin/env node
/** The command's entry: it refuses an old Node in one sentence before anything is loaded that would only break on it. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `mle-star needs Node 22.13 or later, but this is ${process.versions.node}: install a newer Node.`,
  );
  process.exit(2);
}
// What Node compiled at an earlier start is compiled already.
const { enableCompileCache } = await import("node:module");
enableCompileCache();
const { main } = await import("./cli/program.ts");
await main(process.argv);
