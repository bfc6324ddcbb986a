import { createHash } from "node:crypto";
import { MemorySaver, type SerializerProtocol } from "@langchain/langgraph-checkpoint";
import { ToolError } from "../../src/core/errors.ts";

/** Where large pieces of state are kept once, as JSON by the digest of it. */
export interface PieceStore {
  put(pieces: ReadonlyMap<string, string>): Promise<void> | void;
  get(digests: readonly string[]): Promise<Pieces> | Pieces;
}
type Pieces = ReadonlyMap<string, string>;

const REFERENCE = "$blob";
/** Smaller pieces cost less in place than as a reference. */
const LEAST_CHARACTERS = 512;

/**
 * Serialises checkpoints as JSON in which every large string, list or record stands as a reference to one stored copy:
 * state that does not change costs nothing more. What JSON cannot hold is refused at once, where LangGraph's own
 * serialiser would write null or lose the checkpoint.
 */
export function strictSerializer(store: PieceStore): SerializerProtocol {
  const base = new MemorySaver().serde;
  return {
    async dumpsTyped(value: unknown) {
      refuseNonJson(value, "state");
      const [type, bytes] = await base.dumpsTyped(value);
      if (type !== "json" || isMetadata(value)) return [type, bytes];
      const pieces = new Map<string, string>();
      const packed = pack(JSON.parse(new TextDecoder().decode(bytes)), pieces);
      await store.put(pieces);
      return [type, new TextEncoder().encode(JSON.stringify(packed.value))];
    },
    async loadsTyped(type: string, data: Uint8Array | string) {
      if (type !== "json") return base.loadsTyped(type, data);
      const text = typeof data === "string" ? data : new TextDecoder().decode(data);
      const packed: unknown = JSON.parse(text);
      return base.loadsTyped(type, JSON.stringify(unpack(packed, await piecesOf(packed, store))));
    },
  };
}

/** What LangGraph tells about a checkpoint: databases look into it, so it stays in one piece. */
const isMetadata = (value: unknown) =>
  typeof value === "object" && value !== null && "source" in value && "parents" in value;

function pack(value: unknown, pieces: Map<string, string>): { value: unknown; characters: number } {
  const packed = packParts(value, pieces);
  if (packed.characters < LEAST_CHARACTERS) return packed;
  const json = JSON.stringify(packed.value);
  const digest = createHash("sha256").update(json).digest("hex");
  pieces.set(digest, json);
  return { value: { [REFERENCE]: digest }, characters: digest.length };
}

function packParts(
  value: unknown,
  pieces: Map<string, string>,
): { value: unknown; characters: number } {
  if (typeof value === "string") return { value, characters: value.length };
  if (typeof value !== "object" || value === null) return { value, characters: 8 };
  const entries = Object.entries(value).map(([key, part]) => [key, pack(part, pieces)] as const);
  const characters = entries.reduce((sum, [key, part]) => sum + key.length + part.characters, 0);
  const parts = entries.map(([key, part]) => [key, part.value] as const);
  return {
    value: Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts),
    characters,
  };
}

/** All pieces that a value stands on, parsed; those within pieces too. */
async function piecesOf(packed: unknown, store: PieceStore): Promise<Map<string, unknown>> {
  const pieces = new Map<string, unknown>();
  for (let wanted = referencesIn(packed); wanted.length > 0; ) {
    const found = await store.get(wanted);
    const parts = wanted.map((digest) => {
      const json = found.get(digest);
      if (json === undefined)
        throw new ToolError(
          `checkpoints: the piece ${digest} of a checkpoint is missing; the database is damaged`,
        );
      const part: unknown = JSON.parse(json);
      pieces.set(digest, part);
      return part;
    });
    const within = new Set(parts.flatMap(referencesIn));
    wanted = [...within].filter((digest) => !pieces.has(digest));
  }
  return pieces;
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const reference = REFERENCE in value ? value[REFERENCE] : undefined;
  return typeof reference === "string" ? [reference] : Object.values(value).flatMap(referencesIn);
}

function unpack(value: unknown, pieces: ReadonlyMap<string, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => unpack(part, pieces));
  const reference = REFERENCE in value ? value[REFERENCE] : undefined;
  if (typeof reference === "string") return unpack(pieces.get(reference), pieces);
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, unpack(part, pieces)]),
  );
}

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
