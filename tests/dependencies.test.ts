import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

type Versions = { [name: string]: string | Versions };
const Versions: z.ZodType<Versions> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), Versions])),
);
const Package = z.object({
  dependencies: Versions,
  devDependencies: Versions,
  overrides: Versions,
  allowScripts: z.record(z.string(), z.boolean()),
});
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      integrity: z.string().optional(),
      dev: z.boolean().default(false),
      hasInstallScript: z.boolean().default(false),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
    }),
  ),
});

const own = Package.parse(JSON.parse(readFileSync("package.json", "utf8")));
const lock = Lock.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
const page = readFileSync("docs/dependencies.md", "utf8");
const locked = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .map(([path, entry]) => ({ ...entry, path, name: path.replace(/^.*node_modules\//, "") }));

test("every version is pinned exactly, and everything locked is held to its content", () => {
  const versions = (all: Versions): string[] =>
    Object.values(all).flatMap((one) => (typeof one === "string" ? [one] : versions(one)));
  for (const version of versions({ ...own.dependencies, ...own.devDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  for (const version of versions(own.overrides))
    expect(version).toMatch(/^(?:npm:empty-npm-package@)?\d+\.\d+\.\d+$/);
  expect(locked.filter(({ integrity }) => !integrity?.startsWith("sha512-"))).toEqual([]);
});

/** npm builds what has a `binding.gyp`, and the lock does not tell. */
const Installed = z.looseObject({ scripts: z.record(z.string(), z.string()).default({}) });
function runsAtInstall({ path, hasInstallScript }: (typeof locked)[number]): boolean {
  if (hasInstallScript || existsSync(join(path, "binding.gyp"))) return true;
  // Those of other platforms are not installed.
  if (!existsSync(path)) return false;
  const { scripts } = Installed.parse(JSON.parse(readFileSync(join(path, "package.json"), "utf8")));
  return ["preinstall", "install", "postinstall"].some((name) => name in scripts);
}

test("only packages that were looked at have scripts that run when they are installed", () => {
  const running = locked.filter(runsAtInstall);
  const reviewed = Object.keys(own.allowScripts).toSorted();
  expect(running.map(({ name }) => name).toSorted()).toEqual(reviewed);
  expect(running.filter(({ dev }) => !dev)).toEqual([]);
  for (const name of reviewed) expect(page).toContain(`\`${name}\``);
});

test("a user installs no native code", () => {
  expect(locked.filter(({ dev, os, cpu }) => !dev && (os ?? cpu) !== undefined)).toEqual([]);
});

test.each(Object.keys({ ...own.dependencies, ...own.devDependencies }))(
  "%s has a line that says what it is for",
  (name) => {
    expect(page).toContain(`\`${name}\``);
  },
);
