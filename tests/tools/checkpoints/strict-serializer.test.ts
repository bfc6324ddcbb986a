import { Send } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { strictSerializer } from "../../../tools/checkpoints/strict-serializer.ts";

function memoryStore() {
  const blobs = new Map<string, string>();
  const put = (digest: string, json: string) => void blobs.set(digest, json);
  const get = (digest: string) => blobs.get(digest) ?? null;
  return { blobs, store: { put, get } };
}

async function roundTrip(value: unknown) {
  const { store } = memoryStore();
  const serializer = strictSerializer(store);
  const [type, data] = await serializer.dumpsTyped(value);
  return serializer.loadsTyped(type, data);
}

test.each([
  { value: { score: null, list: [1, -2.5, true], nested: { text: "short" } } },
  { value: { text: "x".repeat(5000), again: "x".repeat(5000) } },
  { value: { columns: Array.from({ length: 400 }, (_, index) => ({ name: `c${index}` })) } },
  { value: "ü€😀".repeat(400) },
  { value: [] },
])("what goes in comes out: $value", async ({ value }) => {
  expect(await roundTrip(value)).toEqual(value);
});

test("a branch that was sent survives with its arguments", async () => {
  const sent = await roundTrip([new Send("candidate", { at: "a", script: "y".repeat(3000) })]);
  expect(sent).toEqual([{ node: "candidate", args: { at: "a", script: "y".repeat(3000) } }]);
});

test("large pieces that stay the same are stored once", async () => {
  const { blobs, store } = memoryStore();
  const serializer = strictSerializer(store);
  const state = { task: "t".repeat(100_000), step: 0 };
  const [, first] = await serializer.dumpsTyped(state);
  const stored = blobs.size;
  const [, second] = await serializer.dumpsTyped({ ...state, step: 1 });
  expect(blobs.size).toBe(stored);
  expect(first.length + second.length).toBeLessThan(400);
});

test.each([
  { what: "NaN", value: { score: Number.NaN } },
  { what: "infinity", value: { score: Number.NEGATIVE_INFINITY } },
  { what: "a big integer", value: { count: 10n } },
  { what: "a date", value: { at: new Date(0) } },
  { what: "a function", value: { call: () => 1 } },
])("$what is refused with its place, not turned into null", async ({ value }) => {
  const { store } = memoryStore();
  const [key] = Object.keys(value);
  await expect(strictSerializer(store).dumpsTyped({ state: value })).rejects.toThrow(
    `state.${key}`,
  );
});

test("a piece that is missing is told, not read as nothing", async () => {
  const { blobs, store } = memoryStore();
  const serializer = strictSerializer(store);
  const [type, data] = await serializer.dumpsTyped({ task: "t".repeat(1000) });
  blobs.clear();
  await expect(serializer.loadsTyped(type, data)).rejects.toThrow(
    /missing; the database is damaged/,
  );
});
