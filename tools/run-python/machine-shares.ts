import { existsSync, linkSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { ToolError } from "../../src/core/errors.ts";
import { NodeSqlite } from "../checkpoints/node-sqlite.ts";
import { isAlive, thisProcess } from "../process-identity.ts";

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
  /** Null while the party waits for nothing. */
  urgency: z.number().nullable(),
  wants: z.string().nullable(),
  seen: z.number().nullable(),
});
type PartyRow = z.infer<typeof PartyRow>;

const Wants = z.array(z.array(z.string()));
/** Who waits and has not asked for so long does not run just now; nobody is held up by it. */
const ABSENT_MILLISECONDS = 3000;

/**
 * One run's part in sharing the machine with all other runs on it that know the same file, in this process or in
 * others. What a process held that died is free again; among those that wait the most urgent goes first, then who holds
 * least, then who was served longest ago.
 */
export class MachineShares {
  readonly #file: string;
  readonly #database: NodeSqlite;
  readonly #id: number;
  readonly #held = new Map<number, Parts>();
  #isWaiting = false;

  constructor(file: string) {
    this.#file = file;
    const [database, id] = usable(file, () => {
      const database = opened(file);
      const { pid, started } = thisProcess();
      const insert = database.prepare("INSERT INTO parties (pid, started) VALUES (?, ?)");
      return [database, Number(insert.run(pid, started).lastInsertRowid)];
    });
    this.#database = database;
    this.#id = id;
  }

  /** Takes the first of the slots that is free and that nobody who goes first wants a part of; null when it has to wait. */
  take(slots: ReadonlyMap<number, Parts>, urgency: number): number | null {
    let taken: number | null = null;
    this.#inTurn(() => {
      this.#announce([...slots.values()], urgency);
      const parties = this.#livingParties();
      const self = parties.find(({ id }) => id === this.#id);
      const ahead = parties.filter((party) => self !== undefined && goesFirst(party, self));
      const wanted = ahead.flatMap(({ wants }) => Wants.parse(JSON.parse(wants ?? "[]")).flat());
      const unavailable = new Set([...this.#heldParts(), ...wanted]);
      const free = [...slots].find(([, parts]) => !parts.some((part) => unavailable.has(part)));
      if (free === undefined) return;
      this.#hold(...free);
      taken = free[0];
    });
    this.#isWaiting = taken === null;
    return taken;
  }

  /** Gives a slot back. */
  release(slot: number): void {
    const parts = this.#held.get(slot) ?? [];
    this.#held.delete(slot);
    const free = this.#database.prepare("DELETE FROM held WHERE part = ? AND party = ?");
    this.#inTurn(() => {
      for (const part of parts) free.run(part, this.#id);
    });
  }

  /** Waits no longer. */
  leave(): void {
    if (!this.#isWaiting) return;
    this.#inTurn(() => this.#announce(null, null));
    this.#isWaiting = false;
  }

  /** Gives everything back. */
  close(): void {
    this.#inTurn(() => this.#forget(this.#id));
    this.#database.close();
  }

  #inTurn(work: () => void): void {
    usable(this.#file, () => this.#database.transaction(work)());
  }

  #announce(wants: Parts[] | null, urgency: number | null): void {
    this.#database
      .prepare("UPDATE parties SET urgency = ?, wants = ?, seen = ? WHERE id = ?")
      .run(urgency, wants === null ? null : JSON.stringify(wants), Date.now(), this.#id);
  }

  /** Everybody who takes part, without those whose process has died, of whom nothing is kept. */
  #livingParties(): PartyRow[] {
    const rows = z
      .array(PartyRow)
      .parse(
        this.#database
          .prepare(
            "SELECT parties.*, (SELECT count(*) FROM held WHERE party = parties.id) AS holds FROM parties",
          )
          .all(),
      );
    const dead = rows.filter((row) => !isAlive(row));
    for (const { id } of dead) this.#forget(id);
    return rows.filter((row) => !dead.includes(row));
  }

  #forget(id: number): void {
    this.#database.prepare("DELETE FROM held WHERE party = ?").run(id);
    this.#database.prepare("DELETE FROM parties WHERE id = ?").run(id);
  }

  #heldParts(): string[] {
    const rows = this.#database.prepare("SELECT part FROM held").all();
    return z
      .array(z.object({ part: z.string() }))
      .parse(rows)
      .map(({ part }) => part);
  }

  #hold(slot: number, parts: Parts): void {
    const insert = this.#database.prepare("INSERT INTO held (part, party) VALUES (?, ?)");
    for (const part of parts) insert.run(part, this.#id);
    this.#database
      .prepare(
        "UPDATE parties SET urgency = NULL, wants = NULL, served = (SELECT max(served) + 1 FROM parties) WHERE id = ?",
      )
      .run(this.#id);
    this.#held.set(slot, parts);
  }
}

function opened(file: string): NodeSqlite {
  if (!existsSync(file)) make(file);
  const database = new NodeSqlite(file);
  // What it says holds for this moment: a power cut may lose it, a killed process must not.
  database.pragma("synchronous=NORMAL");
  return database;
}

function usable<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(
      `${file}, by which runs share this machine, cannot be used (${reason}): see that its disk has space and that you may write there, then resume the run.`,
      { cause: error },
    );
  }
}

/** Under another name first, so that whoever comes at the same time finds it whole. */
function make(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.new`;
  const fresh = new NodeSqlite(unfinished);
  fresh.pragma("journal_mode=WAL");
  fresh.exec(TABLES);
  fresh.close();
  try {
    linkSync(unfinished, file);
  } catch (error) {
    // Another process was faster: its file is as good.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(unfinished);
  }
}

/** Whether a waiting party goes before another one. */
function goesFirst(party: PartyRow, other: PartyRow): boolean {
  if (party.id === other.id || party.urgency === null) return false;
  if (Date.now() - (party.seen ?? 0) > ABSENT_MILLISECONDS) return false;
  const rank = ({ urgency, holds, served, id }: PartyRow) => [-(urgency ?? 0), holds, served, id];
  const [ours, theirs] = [rank(party), rank(other)];
  const differs = ours.findIndex((value, index) => value !== theirs[index]);
  return (ours[differs] ?? 0) < (theirs[differs] ?? 0);
}
