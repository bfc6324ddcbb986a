import { SlotQueue } from "../../../tools/run-python/slots/slot-queue.ts";

// A program of its own, to be killed while it holds a core.
const queue = new SlotQueue({ slots: [[0]], gpus: [] }, process.argv[2] ?? "");
await queue.acquire({ track: "held", purpose: "solution" });
process.stdout.write("holds\n");
setInterval(() => {}, 1000);
