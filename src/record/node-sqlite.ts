import { DatabaseSync, type SQLInputValue } from "node:sqlite";

type Value = SQLInputValue | undefined;

/**
 * Node's own SQLite with the few verbs that LangGraph's saver calls on `better-sqlite3`, so that no native module has
 * to be compiled or downloaded.
 */
export class NodeSqlite {
  readonly #database: DatabaseSync;

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: 10_000 });
  }

  pragma(statement: string): void {
    this.#database.exec(`PRAGMA ${statement}`);
  }

  exec(statements: string): void {
    this.#database.exec(statements);
  }

  prepare(sql: string) {
    const statement = this.#database.prepare(sql);
    const bound = (values: Value[]) => values.map((value) => value ?? null);
    return {
      run: (...values: Value[]) => statement.run(...bound(values)),
      get: (...values: Value[]) => statement.get(...bound(values)),
      all: (...values: Value[]) => statement.all(...bound(values)),
    };
  }

  /** The work as one transaction: all of it is kept, or, when it throws, none. */
  transaction<Arguments extends unknown[]>(work: (...values: Arguments) => void) {
    return (...values: Arguments): void => {
      this.#database.exec("BEGIN IMMEDIATE");
      try {
        work(...values);
        this.#database.exec("COMMIT");
      } catch (error) {
        this.#rollBack();
        throw error;
      }
    };
  }

  #rollBack(): void {
    try {
      this.#database.exec("ROLLBACK");
    } catch {
      // Some failures, such as a full disk, have ended the transaction already.
    }
  }

  close(): void {
    this.#database.close();
  }
}
