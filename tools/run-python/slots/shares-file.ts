import { randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { codeOf, ToolError } from "../../../src/core/errors.ts";
import { NodeSqlite } from "../../../src/record/node-sqlite.ts";
import { isAlive, isPaused, thisProcess } from "../../../src/record/process-identity.ts";
import { grants, type Parts, type ScriptState } from "./whose-turn.ts";

const TABLE = `CREATE TABLE scripts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, pid INTEGER NOT NULL, started TEXT NOT NULL,
  track TEXT NOT NULL, urgency INTEGER NOT NULL, slots TEXT NOT NULL,
  slot INTEGER, turn INTEGER, ended INTEGER NOT NULL DEFAULT 0
)`;

const ENTER = `INSERT OR IGNORE INTO scripts (id, run, pid, started, track, urgency, slots)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

const Row = z.object({
  id: z.number(),
  run: z.string(),
  pid: z.number(),
  started: z.string(),
  track: z.string(),
  urgency: z.number(),
  slots: z.string().transform((text) => z.array(z.array(z.string())).parse(JSON.parse(text))),
  slot: z.number().nullable(),
  turn: z.number().nullable(),
  ended: z.number(),
});

/**
 * The file in which all runs on a machine write down which scripts hold a slot of it and which wait for one. Whoever looks
 * grants what is free to whose turn it is, in this run or another; what a process held that died is free again.
 */
export class SharesFile {
  readonly #path: string;
  readonly #run = randomUUID();
  readonly #slots: string;
  readonly #waiting = new Map<number, (string | number)[]>();
  readonly #database: NodeSqlite;

  constructor(path: string, slots: readonly Parts[]) {
    this.#path = path;
    this.#slots = JSON.stringify(slots);
    this.#database = this.#usable(() => opened(path));
  }

  /** Lets a script of this run wait for a slot; its number. */
  enter(track: string, urgency: number): number {
    const { pid, started } = thisProcess();
    const values = [this.#run, pid, started, track, urgency, this.#slots];
    const script = this.#usable(() => Number(this.#do(ENTER, null, ...values).lastInsertRowid));
    this.#waiting.set(script, values);
    return script;
  }

  /** The scripts of this run that hold a slot, each with its slot, after everybody has got what he can have now. */
  grant(): Map<number, number> {
    return this.#usable(() => {
      const held = new Map<number, number>();
      this.#database.transaction(() => {
        // A process in another container, which does not see this one, may have taken it for dead.
        for (const [script, values] of this.#waiting) this.#do(ENTER, script, ...values);
        const scripts = this.#scripts();
        for (const { script, slot } of grants(scripts)) {
          const turn = "(SELECT coalesce(max(turn), 0) + 1 FROM scripts)";
          this.#do(`UPDATE scripts SET slot = ?, turn = ${turn} WHERE id = ?`, slot, script.id);
          // Of what has ended only the last turn of each track counts.
          const earlier = "DELETE FROM scripts WHERE ended = 1 AND run = ? AND track = ?";
          this.#do(earlier, script.run, script.track);
          script.slot = slot;
        }
        for (const { id, run, slot, hasEnded } of scripts)
          if (run === this.#run && slot !== null && !hasEnded) held.set(id, slot);
      })();
      for (const script of held.keys()) this.#waiting.delete(script);
      return held;
    });
  }

  /** The script waits no longer, or gives its slot back. */
  leave(script: number): void {
    this.#waiting.delete(script);
    this.#usable(() => {
      this.#do("DELETE FROM scripts WHERE id = ? AND slot IS NULL", script);
      this.#do("UPDATE scripts SET ended = 1 WHERE id = ?", script);
    });
  }

  /** Gives everything back. */
  close(): void {
    this.#do("DELETE FROM scripts WHERE run = ?", this.#run);
    this.#database.close();
  }

  /** Those of dead processes are removed. */
  #scripts(): ScriptState[] {
    const rows = z.array(Row).parse(this.#database.prepare("SELECT * FROM scripts").all());
    const alive = new Map(rows.map((row) => [row.run, isAlive(row)]));
    for (const [run, isThere] of alive)
      if (!isThere) this.#do("DELETE FROM scripts WHERE run = ?", run);
    return rows
      .filter(({ run }) => alive.get(run))
      .map(({ ended, pid, started: _, ...row }) => {
        return { ...row, hasEnded: ended === 1, isPaused: isPaused(pid) };
      });
  }

  #do(statement: string, ...values: (string | number | null)[]) {
    return this.#database.prepare(statement).run(...values);
  }

  #usable<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ToolError(
        `${this.#path}, by which runs share this machine, cannot be used (${reason}): see that its disk has space and that you may write there, then resume the run.`,
        { cause: error },
      );
    }
  }
}

function opened(path: string): NodeSqlite {
  if (!existsSync(path)) make(path);
  const database = new NodeSqlite(path);
  // What it says holds for this moment: a power cut may lose it, a killed process must not.
  database.pragma("synchronous=NORMAL");
  return database;
}

/** Under another name first, so that whoever comes at the same time finds it whole. */
function make(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.new`;
  const fresh = new NodeSqlite(unfinished);
  fresh.pragma("journal_mode=WAL");
  fresh.exec(TABLE);
  fresh.close();
  try {
    linkSync(unfinished, path);
  } catch (error) {
    // Another process was faster: its file is as good.
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(unfinished);
  }
}
