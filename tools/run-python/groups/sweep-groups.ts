import { opendir } from "node:fs/promises";
import { join } from "node:path";
import { isThere } from "../../../src/record/process-identity.ts";
import { isRemoved } from "./control-group.ts";
import type { Hierarchy } from "./group-hierarchies.ts";

let made = 0;

/** A name for one script's group: it says which program made it. */
export function groupName(): string {
  made += 1;
  return `mle-star-${process.pid}-${made}`;
}

const NAME = /^mle-star-(\d+)-\d+(?:\.scope)?$/;
const DEEPEST = 8;

/**
 * Removes groups that programs which are no more have left behind, wherever they stood. Only empty ones: the kernel
 * refuses the others, which may be those of another container, whose processes have other numbers.
 */
export async function sweepGroups(hierarchies: readonly Pick<Hierarchy, "mount">[]): Promise<void> {
  for (const { mount } of hierarchies) await sweep(mount, 0);
}

async function sweep(folder: string, depth: number): Promise<void> {
  const entries = await opendir(folder).catch(() => null);
  if (entries === null || depth > DEEPEST) return;
  for await (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const [, owner] = NAME.exec(entry.name) ?? [];
    const path = join(folder, entry.name);
    if (owner === undefined) await sweep(path, depth + 1);
    else if (!isThere(Number(owner))) isRemoved(path);
  }
}
