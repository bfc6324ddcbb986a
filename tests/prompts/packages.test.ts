import { expect, test } from "vitest";
import { briefing } from "../../prompts/briefing.ts";
import { common } from "./task.ts";

const told = (workbench: Partial<typeof common.workbench>) =>
  briefing({ ...common, workbench: { ...common.workbench, ...workbench } });

test("what is installed and what can be installed are told apart", () => {
  expect(told({})).toContain("lightgbm 4.6.0\n- Not installed, but installed before a script that");
  expect(told({ installable: [] })).toContain("lightgbm 4.6.0; nothing else can be had");
});

test("where packages are left out of the list, nobody is told that there are no others", () => {
  const packages = Array.from({ length: 120 }, (_, at) => ({ name: `p${at}`, version: "1.0" }));
  const prompt = told({ packages, installable: [] });
  expect(prompt).toContain("and 20 more");
  expect(prompt).not.toContain("nothing else can be had");
});
