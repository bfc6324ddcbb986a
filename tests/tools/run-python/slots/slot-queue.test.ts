import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { type Party, SlotQueue } from "../../../../tools/run-python/slots/slot-queue.ts";

const solution = (track: string): Party => ({ track, purpose: "solution" });

/** A machine with its cores, shared by as many runs as ask. */
function machine(slots: number[][] = [[0]]) {
  const folder = mkdtempSync(join(tmpdir(), "slot-queue-test-"));
  const queues: SlotQueue[] = [];
  onTestFinished(async () => {
    for (const queue of queues) queue.close();
    await rm(folder, { recursive: true, force: true });
  });
  const file = join(folder, "shares", "machine.sqlite");
  const run = (own = slots) => {
    const queue = new SlotQueue({ slots: own, gpus: [] }, file);
    queues.push(queue);
    return queue;
  };
  return { file, run };
}

/** The order in which those that wait get the one slot, while each gives it back at once. */
async function orderOf(
  parties: { queue: SlotQueue; party: Party; name: string }[],
  first: SlotQueue,
) {
  const held = await first.acquire(solution("other"));
  const order: string[] = [];
  const all = parties.map(async ({ queue, party, name }) => {
    const slot = await queue.acquire(party);
    order.push(name);
    slot.release();
  });
  await sleep(120);
  held.release();
  await Promise.all(all);
  return order;
}

/** The same within one run; names are track and place. */
function orderInRun(parties: Party[]) {
  const queue = machine().run();
  const named = parties.map((party, index) => ({ queue, party, name: `${party.track}/${index}` }));
  return orderOf(named, queue);
}

test("a submission goes first and an ablation last", async () => {
  const parties: Party[] = [
    { track: "1", purpose: "ablation" },
    { track: "1", purpose: "solution" },
    { track: "1", purpose: "submission" },
  ];
  expect(await orderInRun(parties)).toEqual(["1/2", "1/1", "1/0"]);
});

test("equals are served in the order they came", async () => {
  expect(await orderInRun([solution("1"), solution("1"), solution("1")])).toEqual([
    "1/0",
    "1/1",
    "1/2",
  ]);
});

test("tracks of a run take turns, however much one of them asks for", async () => {
  const parties = [solution("1"), solution("1"), solution("1"), solution("2"), solution("2")];
  expect(await orderInRun(parties)).toEqual(["1/0", "2/3", "1/1", "2/4", "1/2"]);
});

test("runs take turns, however much one of them asks for, and submissions go before all", async () => {
  const { run } = machine();
  const [a, b] = [run(), run()];
  const of = (queue: SlotQueue, name: string, purpose: Party["purpose"] = "solution") => ({
    queue,
    party: { track: name, purpose },
    name,
  });
  const order = await orderOf(
    [of(a, "a1"), of(a, "a2"), of(a, "a3"), of(b, "b1"), of(b, "b2", "ablation")],
    a,
  );
  expect(order).toEqual(["b1", "a1", "a2", "a3", "b2"]);
  const [submission] = await orderOf([of(a, "a1"), of(b, "b1"), of(a, "a2", "submission")], a);
  expect(submission).toBe("a2");
});

test("of two cores each of two runs gets one", async () => {
  const { run } = machine([[0], [1]]);
  const [a, b] = [run(), run()];
  const held = [await a.acquire(solution("1")), await a.acquire(solution("2"))];
  const next = a.acquire(solution("3"));
  const other = b.acquire(solution("1"));
  held[0]?.release();
  expect((await other).index).toBe(0);
  held[1]?.release();
  expect((await next).index).toBe(1);
});

test("a core is never in two slots at once, however the runs divide the machine", async () => {
  const { run } = machine();
  const [whole, halves] = [run([[0, 1]]), run([[0], [1]])];
  const half = await halves.acquire(solution("1"));
  const all = whole.acquire(solution("1"));
  await sleep(120);
  // Nobody may take what is kept back for who goes first.
  const order: string[] = [];
  const late = halves.acquire(solution("2")).then(() => order.push("half"));
  await sleep(120);
  half.release();
  const granted = await all;
  order.push("whole");
  granted.release();
  await late;
  expect(order).toEqual(["whole", "half"]);
});

test("who gives up waiting does not take a slot away", async () => {
  const queue = machine().run();
  const held = await queue.acquire(solution("1"));
  const stop = new AbortController();
  const given = queue.acquire(solution("1"), stop.signal);
  const patient = queue.acquire(solution("1"));
  stop.abort(new Error("enough"));
  await expect(given).rejects.toThrow("enough");
  held.release();
  expect((await patient).index).toBe(0);
});

test.each(["SIGKILL", "SIGSTOP"] as const)(
  "what another process holds is waited for, and is free after its %s",
  async (signal) => {
    const { file, run } = machine();
    const program = fileURLToPath(new URL("../hold-a-slot.ts", import.meta.url));
    const holder = spawn(process.execPath, [program, file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void holder.kill("SIGKILL"));
    await once(holder.stdout, "data");
    let isGranted = false;
    const slot = run()
      .acquire(solution("1"))
      .then((granted) => {
        isGranted = true;
        return granted;
      });
    await sleep(200);
    expect(isGranted).toBe(false);
    holder.kill(signal);
    expect((await slot).index).toBe(0);
  },
);

test("a file that cannot be used ends the wait with a sentence", async () => {
  expect(() => new SlotQueue({ slots: [[0]], gpus: [] }, "/dev/null/shares.sqlite")).toThrow(
    /^\/dev\/null\/shares.sqlite, by which runs share this machine, cannot be used \(.*resume the run\.$/,
  );
});
