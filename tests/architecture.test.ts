import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

interface Room {
  /** Its folders; files lie in no others. */
  folders: readonly string[];
  /** The rooms below that it may import from. */
  standsOn: readonly string[];
  packages: RegExp;
}

const NONE = /^$/;
const NODE = /^(node:|zod$)/;

/** Every folder of the product, once, in the order of the house: who may import whom, besides itself. */
const HOUSE: Record<string, Room> = {
  core: { folders: ["src/core", "src/core/words"], standsOn: [], packages: /^zod$/ },
  record: { folders: ["src/record"], standsOn: ["core"], packages: NODE },
  tools: {
    folders: [
      ...["tools/machine", "tools/environments", "tools/read-task", "tools/check-submission"],
      ...["tools/read-task/cells", "tools/predict"],
      ...["tools/search-web", "tools/checkpoints", "tools/run-python"],
      ...["tools/run-python/sandbox", "tools/run-python/slots", "tools/run-python/cache"],
      ...["tools/run-python/groups", "tools/measure/scorer", "tools/convert-files"],
      ...["tools/measure/units", "tools/measure/view", "tools/measure/ground"],
      ...["tools/measure/split", "tools/measure/apart", "tools/measure/leaks"],
    ],
    standsOn: ["core", "record"],
    packages: /^(?!@langchain\/langgraph$)/,
  },
  models: {
    folders: [
      ...["src/models/language", "src/models/engineer", "src/models/engineer/recipe"],
      ...["src/models/engineer/catalogue", "src/models/engineer/blocks"],
      ...["src/models/engineer/script", "src/models/engineer/rules"],
    ],
    standsOn: ["core", "record"],
    packages: /^(node:|zod$|@langchain\/|langsmith|jsonrepair$)/,
  },
  prompts: { folders: ["prompts"], standsOn: ["core"], packages: NONE },
  agents: { folders: ["agents"], standsOn: ["core", "prompts"], packages: /^zod$/ },
  graphs: {
    folders: ["graphs"],
    standsOn: ["core", "record", "agents"],
    packages: /^(zod$|@langchain\/langgraph)/,
  },
  report: {
    folders: [
      ...["src/report", "src/report/facts", "src/report/html", "src/report/markdown"],
      ...["src/report/chart", "src/report/sections", "src/report/written", "src/report/export"],
    ],
    standsOn: ["core", "record", "tools"],
    packages: /./,
  },
  run: {
    folders: ["src/run", "src/run/budget", "src/run/predict", "src/run/tracing"],
    standsOn: ["core", "record", "tools", "models", "agents", "graphs", "report"],
    packages: /./,
  },
  bench: {
    folders: ["src/bench"],
    standsOn: ["core", "record", "tools", "report"],
    packages: NODE,
  },
  cli: {
    folders: ["src/cli", "src/cli/display"],
    standsOn: ["core", "record", "tools", "models", "report", "run", "bench", "server"],
    packages: /./,
  },
  server: {
    folders: ["src/server"],
    standsOn: ["core", "record", "tools", "graphs", "run"],
    packages: /./,
  },
  doors: { folders: ["src"], standsOn: ["graphs", "run", "cli", "server"], packages: /^node:/ },
};

const roomOf = (folder: string) =>
  Object.keys(HOUSE).find((room) => HOUSE[room]?.folders.includes(folder)) ?? "outside";

const files = ["src", "prompts", "tools", "agents", "graphs"].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(root, file)),
);

const importsOf = (file: string) =>
  [
    ...readFileSync(file, "utf8").matchAll(
      /^(?:import|export)(?:[^"'=;(]* from)? ?"([^"]+)"|\bimport\("([^"]+)"\)/gm,
    ),
  ].map(([, target, dynamic]) => target ?? dynamic ?? "");

const reachedFrom = (file: string) =>
  importsOf(file)
    .filter((target) => target.startsWith("."))
    .map((target) => normalize(join(dirname(file), target)));

test.each(files)("%s lies in a room and imports only from those below it", (file) => {
  const room = HOUSE[roomOf(dirname(file))];
  expect(room, `${dirname(file)} is in no room`).toBeDefined();
  const reached = reachedFrom(file).map((target) => roomOf(dirname(target)));
  expect([roomOf(dirname(file)), ...(room?.standsOn ?? [])]).toEqual(
    expect.arrayContaining(reached),
  );
  for (const name of importsOf(file).filter((target) => !target.startsWith(".")))
    expect(name).toMatch(room?.packages ?? NONE);
  expect(readFileSync(file, "utf8").split("\n").length).toBeLessThanOrEqual(201);
});

test("no folder imports from one that imports from it, however far around", () => {
  const below = new Map<string, Set<string>>();
  for (const file of files) {
    const folder = dirname(file);
    const others = reachedFrom(file).map((target) => dirname(target));
    const known = below.get(folder) ?? new Set();
    below.set(folder, new Set([...known, ...others.filter((other) => other !== folder)]));
  }
  const around = (folder: string, way: readonly string[]): string[] => {
    if (way.includes(folder)) return [...way, folder];
    for (const next of below.get(folder) ?? []) {
      const circle = around(next, [...way, folder]);
      if (circle.length > 0) return circle;
    }
    below.set(folder, new Set());
    return [];
  };
  for (const folder of [...below.keys()]) expect(around(folder, [])).toEqual([]);
});

test("no folder holds more than thirty files, the roof no more than four", () => {
  const folders = Object.values(HOUSE).flatMap((room) => room.folders);
  expect(new Set(folders).size).toBe(folders.length);
  for (const folder of folders) {
    const inside = files.filter((file) => dirname(file) === folder).length;
    expect(inside, folder).toBeGreaterThan(0);
    expect(inside, folder).toBeLessThanOrEqual(folder === "src" ? 4 : 30);
  }
});

test("every room has its sentence in the page about the house", () => {
  const page = readFileSync("docs/architecture.md", "utf8");
  for (const { folders } of Object.values(HOUSE))
    for (const folder of folders) expect(page, folder).toContain(`\`${folder}/\``);
});

test.each(files.filter((file) => file.startsWith("agents/")))(
  "%s imports no other agent",
  (file) => {
    const siblings = importsOf(file).filter((target) => target.startsWith("./"));
    expect(["./define-agent.ts"]).toEqual(expect.arrayContaining(siblings));
  },
);
