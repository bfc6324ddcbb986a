import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

/** The packages that importing a module loads. */
function packagesOf(module: string): string[] {
  const program = `
    import { registerHooks } from "node:module";
    const packages = new Set();
    registerHooks({
      load(url, context, next) {
        packages.add(/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1] ?? "");
        return next(url, context);
      },
    });
    await import(${JSON.stringify(resolve(module))});
    console.log(JSON.stringify([...packages]));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }),
  );
}

test("a run loads no provider, no search and nothing that draws before it needs one", () => {
  const packages = packagesOf("src/run/run.ts");
  expect(packages).toContain("@langchain/langgraph");
  expect(
    packages.filter((name) => /openai|google|tavily|community|linkedom|vega/.test(name)),
  ).toEqual([]);
});

test("the command line itself loads neither LangChain nor LangGraph", () => {
  const packages = packagesOf("src/cli/program.ts");
  expect(packages).toContain("commander");
  expect(packages.filter((name) => name.startsWith("@langchain/"))).toEqual([]);
});
