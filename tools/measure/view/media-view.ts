import { statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { Ground } from "../../../src/core/ground.ts";
import { countOf } from "../../read-task/figures.ts";
import { sideOf } from "../units/media-files.ts";
import { type Row, walk } from "../units/walk.ts";
import type { Slot } from "./held-out.ts";
import { copyFile, placeFile } from "./place-file.ts";
import { renamedCells, type Work } from "./work.ts";

/** The files that rows speak of, as the view has them: under their names, and the hold-out's under fresh ones among those of test. */
export class MediaView {
  readonly #work: Work;
  readonly #placed = new Set<string>();
  readonly #held = new Map<number, { from: string; to: string }[]>();

  constructor(work: Work) {
    this.#work = work;
  }

  /** The files of a row of train. */
  add(row: Row, unit: number, isHeld: boolean): void {
    const { media } = this.#work.asked;
    if (media === null) return;
    const files = media.ofTrain(row.cellOf);
    if (!isHeld) for (const path of files) this.#place(path);
    else {
      const name = renamedCells(this.#work, row.cellOf)(media.column);
      const moved = files.flatMap((from) => {
        const to = media.moved(from, name);
        return to === null ? [] : [{ from, to }];
      });
      this.#held.set(unit, [...(this.#held.get(unit) ?? []), ...moved]);
    }
  }

  /** Those of test, and then the hold-out's in the order of the test table: copies of one age, whose number on the disk tells nothing. */
  async finish(slots: readonly Slot[]): Promise<void> {
    const { asked, folder, view } = this.#work;
    const { media, test } = asked;
    if (media === null) return;
    for (const files of media.test.values())
      for (const path of files) if (sideOf(path) === "test") this.#place(path);
    for await (const { cellOf } of walk(test))
      for (const path of media.test.get(cellOf(media.column)) ?? []) this.#place(path);
    const [first] = this.#placed;
    if (first === undefined) return;
    const { mtime } = statSync(join(folder, first));
    for (const { unit } of slots)
      for (const { from, to } of this.#held.get(unit) ?? []) {
        copyFile(join(folder, from), join(view, to));
        utimesSync(join(view, to), mtime, mtime);
      }
  }

  /** Files that no row speaks of: they stay out. */
  get leftOut(): Ground["leftOut"] {
    const held = new Set([...this.#held.values()].flat().map(({ from }) => from));
    const out = (this.#work.asked.media?.files ?? []).filter(
      (path) => !this.#placed.has(path) && !held.has(path),
    );
    const folders = Map.groupBy(out, (path) => path.split("/").slice(0, -1).join("/"));
    return [...folders].map(([path, { length }]) => ({
      path: `${path}/`,
      reason: `no row speaks of ${countOf(length, "file")} there`,
    }));
  }

  #place(path: string): void {
    if (this.#placed.has(path)) return;
    this.#placed.add(path);
    placeFile(join(this.#work.folder, path), join(this.#work.view, path));
  }
}
