import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";
import { NodeSqlite } from "./node-sqlite.ts";
import { isAlive, ProcessIdentity, thisProcess } from "./process-identity.ts";

const Holder = ProcessIdentity.extend({ host: z.string() });
type Holder = z.infer<typeof Holder>;

/** Locks that this process holds. */
const held = new Set<string>();

/** Takes a run for this process; refused while another process has it that may live. Returns how to let go. */
export function lockRun(runFolder: string): () => void {
  const path = resolve(runFolder, "run.lock");
  exchange(path, (holder) => {
    if (holder !== null && mayBeHeld(path, holder))
      throw new SettingsError(inUse(runFolder, holder));
    return { ...thisProcess(), host: hostname() };
  });
  held.add(path);
  return () => {
    held.delete(path);
    try {
      exchange(path, () => null);
    } catch {
      // On a disk that is full or gone the lock stays, and tells of a process that does not hold it any more.
    }
  };
}

/** Whether nobody has the run, a process that may live, or one that ended without letting go of it. */
export function lockState(runFolder: string): "free" | "held" | "abandoned" {
  const path = resolve(runFolder, "run.lock");
  let state: ReturnType<typeof lockState> = "free";
  if (existsSync(path))
    exchange(path, (holder) => {
      if (holder !== null) state = mayBeHeld(path, holder) ? "held" : "abandoned";
      return holder;
    });
  return state;
}

/** Of processes on other machines nothing is known. */
function mayBeHeld(path: string, holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  const { pid, started } = thisProcess();
  return holder.pid === pid && holder.started === started ? held.has(path) : isAlive(holder);
}

function inUse(runFolder: string, { pid, host }: Holder): string {
  return host === hostname()
    ? `run ${runFolder}: process ${pid} is working on it; stop that one first`
    : `run ${runFolder}: process ${pid} on the machine ${host} is working on it; if it is not, delete ${join(runFolder, "run.lock")}`;
}

/** Replaces who holds the lock. A transaction, so that of two processes that find a dead one's lock only one takes it. */
function exchange(path: string, next: (holder: Holder | null) => Holder | null): void {
  const database = openLock(path);
  try {
    database.transaction(() => {
      database.exec("CREATE TABLE IF NOT EXISTS holder (holder TEXT NOT NULL)");
      const text = database.prepare("SELECT holder FROM holder").get()?.["holder"];
      const holder = typeof text === "string" ? Holder.parse(JSON.parse(text)) : null;
      const taken = next(holder);
      if (taken === holder) return;
      database.exec("DELETE FROM holder");
      if (taken !== null)
        database.prepare("INSERT INTO holder (holder) VALUES (?)").run(JSON.stringify(taken));
    })();
  } catch (cause) {
    if (!/not a database|malformed/.test(String(cause))) throw cause;
    throw new SettingsError(
      `${path}: it is damaged; when nothing works on the run, delete it and try again`,
      { cause },
    );
  } finally {
    database.close();
  }
}

function openLock(path: string): NodeSqlite {
  try {
    return new NodeSqlite(path);
  } catch (cause) {
    throw new SettingsError(`${path}: it cannot be written; is the run folder read-only?`, {
      cause,
    });
  }
}
