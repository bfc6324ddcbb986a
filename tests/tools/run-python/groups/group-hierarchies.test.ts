import { expect, test } from "vitest";
import {
  groupHierarchies,
  parentsOf,
} from "../../../../tools/run-python/groups/group-hierarchies.ts";

const V1 = "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory";
const V2 = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate";

test("a program of a user's session stands in its own group, and may ask the one above", () => {
  const [hierarchy] = groupHierarchies(
    `${V2}\n22 1 8:1 / / rw - ext4 /dev/sda1 rw`,
    "0::/user.slice/user@1000.service/app.slice/run-7.scope\n",
  );
  expect(hierarchy).toMatchObject({ version: 2, mount: "/sys/fs/cgroup" });
  expect(hierarchy && parentsOf(hierarchy)).toEqual([
    "/sys/fs/cgroup/user.slice/user@1000.service/app.slice/run-7.scope",
    "/sys/fs/cgroup/user.slice/user@1000.service/app.slice",
  ]);
});

test("both versions may be there at once", () => {
  const unified = "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw";
  const found = groupHierarchies(`${V1}\n${unified}`, "4:memory:/a/b\n0::/\n");
  expect(found.map(({ version, own }) => ({ version, own }))).toEqual([
    { version: 1, own: "/sys/fs/cgroup/memory/a/b" },
    { version: 2, own: "/sys/fs/cgroup/unified" },
  ]);
});

test("in a container the mount begins at its own group, and nothing above it is taken", () => {
  const inside = V1.replace(" / /sys", " /docker/7 /sys");
  expect(groupHierarchies(inside, "4:memory:/docker/7")[0]?.own).toBe("/sys/fs/cgroup/memory");
  expect(groupHierarchies(inside, "4:memory:/docker/8")).toEqual([]);
  expect(groupHierarchies("", "")).toEqual([]);
});
