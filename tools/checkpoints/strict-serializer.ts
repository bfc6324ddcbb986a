import { createHash } from "node:crypto";
import { MemorySaver, type SerializerProtocol } from "@langchain/langgraph-checkpoint";
import { ToolError } from "../../src/core/errors.ts";

/** Where large pieces of state are kept once, as JSON by the digest of it. */
export interface PieceStore {
  put(digest: string, json: string): void;
  get(digest: string): string | null;
}

const REFERENCE = "$blob";
/** Smaller pieces cost less in place than as a reference. */
const LEAST_CHARACTERS = 512;

/**
 * LangGraph's own serialiser, except that what JSON cannot hold is refused at once, where that one would write null or
 * lose the checkpoint. With a store, every large string, list or record stands in the JSON as a reference to one stored
 * copy: state that does not change costs nothing more.
 */
export function strictSerializer(store: PieceStore | null): SerializerProtocol {
  const base = new MemorySaver().serde;
  return {
    async dumpsTyped(value: unknown) {
      refuseNonJson(value, "state");
      const [type, bytes] = await base.dumpsTyped(value);
      if (store === null || type !== "json" || isMetadata(value)) return [type, bytes];
      const packed = pack(new TextDecoder().decode(bytes), store);
      return [type, new TextEncoder().encode(JSON.stringify(packed))];
    },
    async loadsTyped(type: string, data: Uint8Array | string) {
      if (store === null || type !== "json") return base.loadsTyped(type, data);
      const text = typeof data === "string" ? data : new TextDecoder().decode(data);
      return base.loadsTyped(type, JSON.stringify(unpack(text, store)));
    },
  };
}

/** What LangGraph tells about a checkpoint: databases look into it, so it stays in one piece. */
const isMetadata = (value: unknown) =>
  typeof value === "object" && value !== null && "source" in value && "parents" in value;

/** The value, smallest parts first, with references in the place of its large parts. */
const pack = (json: string, store: PieceStore): unknown =>
  JSON.parse(json, (_, part: unknown) => {
    const piece = JSON.stringify(part);
    if (piece.length < LEAST_CHARACTERS) return part;
    const digest = createHash("sha256").update(piece).digest("hex");
    store.put(digest, piece);
    return { [REFERENCE]: digest };
  });

const unpack = (json: string, store: PieceStore): unknown =>
  JSON.parse(json, (_, part: unknown) => {
    if (typeof part !== "object" || part === null || !(REFERENCE in part)) return part;
    const piece = store.get(String(part[REFERENCE]));
    if (piece !== null) return unpack(piece, store);
    throw new ToolError(
      `checkpoints: the piece ${part[REFERENCE]} of a checkpoint is missing; the database is damaged`,
    );
  });

function refuseNonJson(value: unknown, path: string): void {
  if (value === null || value === undefined) return;
  if (typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (typeof value !== "object" || value instanceof Date || value instanceof Promise)
    throw new TypeError(`${path} is ${String(value)}, which a checkpoint cannot hold`);
  if (value instanceof Error || value instanceof Uint8Array) return;
  if (REFERENCE in value)
    throw new TypeError(`${path} has a key "${REFERENCE}", which is reserved`);
  for (const [key, part] of Object.entries(value)) refuseNonJson(part, `${path}.${key}`);
}
