import { existsSync, linkSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { ToolError } from "../../src/core/errors.ts";
import { NodeSqlite } from "../checkpoints/node-sqlite.ts";
import { isAlive, isPaused, thisProcess } from "../process-identity.ts";

/** Parts of the machine that a slot takes: its cores and its device, by names that all runs on it use. */
export type Parts = readonly string[];

const TABLES = `
CREATE TABLE IF NOT EXISTS parties (
  id INTEGER PRIMARY KEY AUTOINCREMENT, pid INTEGER NOT NULL, started TEXT NOT NULL,
  served INTEGER NOT NULL DEFAULT 0, urgency INTEGER, wants TEXT, seen INTEGER
);
CREATE TABLE IF NOT EXISTS held (part TEXT PRIMARY KEY, party INTEGER NOT NULL);`;

const PartyRow = z.object({
  id: z.number(),
  pid: z.number(),
  started: z.string(),
  served: z.number(),
  holds: z.number(),
  /** Null while it waits for nothing. */
  urgency: z.number().nullable(),
  wants: z.string().nullable(),
  seen: z.number().nullable(),
});

/** A run that takes part: how many parts it holds, when it was last served, and what it waits for. */
export interface PartyState {
  id: number;
  served: number;
  holds: number;
  waits: { urgency: number; for: Parts; seen: number } | null;
}

const EVERYBODY =
  "SELECT *, (SELECT count(*) FROM held WHERE party = parties.id) AS holds FROM parties";

const FREE_ALL = "DELETE FROM held WHERE party = ?";

/** The file in which all runs on a machine write down what they hold of it and what they wait for. */
export class SharesFile {
  readonly #path: string;
  readonly #database: NodeSqlite;

  constructor(path: string) {
    this.#path = path;
    this.#database = this.#usable(() => opened(path));
  }

  /** Does the work while no other run looks or writes. */
  inTurn(work: () => void): void {
    this.#usable(() => this.#database.transaction(work)());
  }

  /** A new party, of this process. */
  join(): number {
    const { pid, started } = thisProcess();
    const insert = "INSERT INTO parties (pid, started) VALUES (?, ?)";
    return this.#usable(() => Number(this.#run(insert, pid, started).lastInsertRowid));
  }

  forget(party: number): void {
    this.#run(FREE_ALL, party);
    this.#run("DELETE FROM parties WHERE id = ?", party);
  }

  /** Everybody who takes part. Of those whose process has died nothing is kept; one that is paused holds nothing. */
  parties(): PartyState[] {
    const rows = z.array(PartyRow).parse(this.#database.prepare(EVERYBODY).all());
    const dead = rows.filter((row) => !isAlive(row));
    for (const { id } of dead) this.forget(id);
    for (const { id, pid } of rows) if (isPaused(pid)) this.#run(FREE_ALL, id);
    // Of a party that a process in another container, which does not see its own, took for dead.
    this.#run("DELETE FROM held WHERE party NOT IN (SELECT id FROM parties)");
    return rows.filter((row) => !dead.includes(row)).map(stateOf);
  }

  heldParts(): string[] {
    const rows = this.#database.prepare("SELECT part FROM held").all();
    return z
      .array(z.object({ part: z.string() }))
      .parse(rows)
      .map(({ part }) => part);
  }

  wait(party: number, urgency: number, parts: Parts): void {
    const update = "UPDATE parties SET urgency = ?, wants = ?, seen = ? WHERE id = ?";
    this.#run(update, urgency, JSON.stringify(parts), Date.now(), party);
  }

  waitNoMore(party: number): void {
    this.#run("UPDATE parties SET urgency = NULL, wants = NULL WHERE id = ?", party);
  }

  hold(party: number, parts: Parts): void {
    for (const part of parts) this.#run("INSERT INTO held VALUES (?, ?)", part, party);
    const serve = "UPDATE parties SET served = (SELECT max(served) + 1 FROM parties) WHERE id = ?";
    this.#run(serve, party);
    this.waitNoMore(party);
  }

  free(party: number, parts: Parts): void {
    for (const part of parts)
      this.#run("DELETE FROM held WHERE part = ? AND party = ?", part, party);
  }

  close(): void {
    this.#database.close();
  }

  #run(statement: string, ...values: (string | number)[]) {
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

function stateOf({
  id,
  served,
  holds,
  urgency,
  wants,
  seen,
}: z.infer<typeof PartyRow>): PartyState {
  if (urgency === null) return { id, served, holds, waits: null };
  const parts = z.array(z.string()).parse(JSON.parse(wants ?? "[]"));
  return { id, served, holds, waits: { urgency, for: parts, seen: seen ?? 0 } };
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
  fresh.exec(TABLES);
  fresh.close();
  try {
    linkSync(unfinished, path);
  } catch (error) {
    // Another process was faster: its file is as good.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(unfinished);
  }
}
