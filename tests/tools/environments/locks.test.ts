import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ExtraName } from "../../../tools/environments/extras.ts";
import { locksFor } from "../../../tools/environments/locks.ts";

const ALL = ExtraName.options;
const names = (text: string) =>
  [...text.matchAll(/^([\w.-]+)==([^ ]+)( ;)?/gm)].map(([, name, version, marker]) => ({
    ...{ name, version },
    marked: marker !== undefined,
  }));

test("without extras an environment is that of the base's lock, letter by letter", () => {
  const [lock, ...others] = locksFor([], { hasGpu: false, platform: "linux" });
  const base = readFileSync("tools/environments/locks/requirements.lock");
  expect(lock.digest).toBe(createHash("sha256").update(base).digest("hex").slice(0, 16));
  expect(others).toEqual([]);
});

test("without a device on Linux the small builds of torch are tried first, and nothing that serves a device", () => {
  const [small, usual] = locksFor(["deep"], { hasGpu: false, platform: "linux" });
  expect(small.cpuTorch).toMatch(/^torch==.*\+cpu[\s\S]*^torchvision==.*\+cpu/m);
  expect(small.text).not.toMatch(/^(torch|torchvision|triton|nvidia-\S+)==/m);
  expect(usual?.cpuTorch).toBe("");
  expect(usual?.text).toMatch(/^torch==[\s\S]*^torchvision==[\s\S]*^triton==/m);
  const [text] = locksFor(["text"], { hasGpu: false, platform: "linux" });
  expect(text.cpuTorch).not.toContain("torchvision");
});

test("the small builds are those of the same versions", () => {
  const [small, usual] = locksFor(["deep"], { hasGpu: false, platform: "linux" });
  for (const { name, version } of names(small.cpuTorch))
    expect(`${name}==${version}`).toBe(
      `${name}==${usual?.text.match(`\n${name}==(\\S+)`)?.[1]}+cpu`,
    );
});

test.each([
  ["a device", { hasGpu: true, platform: "linux" as const }],
  ["a Mac", { hasGpu: false, platform: "darwin" as const }],
])("for %s there is one lock, with torch of the package index", (_, machine) => {
  const [lock, ...others] = locksFor(ALL, machine);
  expect(lock.text).toMatch(/^torch==/m);
  expect(others).toEqual([]);
});

test.each([true, false])("all extras together agree on every version (device: %s)", (hasGpu) => {
  for (const { text } of locksFor(ALL, { hasGpu, platform: "linux" })) {
    const all = names(text);
    // Two versions of one package are for different Pythons.
    for (const { name, version, marked } of all)
      for (const other of all.filter((one) => one.name === name && one.version !== version))
        expect([name, marked && other.marked]).toEqual([name, true]);
    expect(text.split("\n").filter((line) => /^\S+==/.test(line) && !line.endsWith("\\"))).toEqual(
      [],
    );
  }
});
