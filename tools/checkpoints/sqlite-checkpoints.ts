import { NodeSqlite } from "../../src/record/node-sqlite.ts";
import { SqliteSaver } from "./langgraph-sqlite.ts";
import { type PieceStore, strictSerializer } from "./strict-serializer.ts";

/** LangGraph's SQLite saver over one file, on Node's own SQLite and with unchanged state stored once. */
export function sqliteCheckpoints(path: string): { saver: SqliteSaver; close: () => void } {
  const database = new NodeSqlite(path);
  const saver = new SqliteSaver(database, strictSerializer(pieceTable(database)));
  return { saver, close: () => database.close() };
}

function pieceTable(database: NodeSqlite): PieceStore {
  database.pragma("journal_mode=WAL");
  // A power cut may take the last steps: the run's record has what they came to.
  database.pragma("synchronous=NORMAL");
  database.exec("CREATE TABLE IF NOT EXISTS blobs (digest TEXT PRIMARY KEY, json TEXT NOT NULL)");
  const insert = database.prepare("INSERT OR IGNORE INTO blobs (digest, json) VALUES (?, ?)");
  const select = database.prepare("SELECT json FROM blobs WHERE digest = ?");
  return {
    put(digest, json) {
      insert.run(digest, json);
    },
    get(digest) {
      const json = select.get(digest)?.["json"];
      return typeof json === "string" ? json : null;
    },
  };
}
