import { chmodSync, cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** After `tsc`: puts beside the compiled modules what they read at run time, and folds in the SQLite saver. */

const DATA_FILES = /\.(?:py|lock|in)$/;

for (const file of readdirSync("tools", { recursive: true, encoding: "utf8" }))
  if (DATA_FILES.test(file)) cpSync(join("tools", file), join("dist", "tools", file));

await build({
  entryPoints: ["dist/tools/checkpoints/langgraph-sqlite.js"],
  outfile: "dist/tools/checkpoints/langgraph-sqlite.js",
  allowOverwrite: true,
  bundle: true,
  format: "esm",
  platform: "node",
  packages: "external",
  alias: {
    "@langchain/langgraph-checkpoint-sqlite":
      "./node_modules/@langchain/langgraph-checkpoint-sqlite/dist/index.js",
    "better-sqlite3": "./build/no-native-sqlite.ts",
  },
});

/** The search tools of @langchain/community: what they need is folded in, so that no user installs the whole package. */
await build({
  entryPoints: ["dist/tools/search-web/providers.js"],
  outdir: "dist/tools/search-web",
  allowOverwrite: true,
  bundle: true,
  // Each provider in a file of its own, loaded with its first query.
  splitting: true,
  format: "esm",
  platform: "node",
  external: [
    ...["../../src/*", "zod", "@langchain/core", "@langchain/core/*"],
    ...["@langchain/tavily", "@langchain/openai", "@langchain/google-genai"],
  ],
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
});

chmodSync("dist/src/cli.js", 0o755);
