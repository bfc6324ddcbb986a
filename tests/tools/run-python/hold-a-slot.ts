import { MachineShares } from "../../../tools/run-python/machine-shares.ts";

// A program of its own, to be killed while it holds a core.
const shares = new MachineShares(process.argv[2] ?? "");
shares.take(new Map([[0, ["core 0"]]]), 1);
process.stdout.write("holds\n");
setInterval(() => {}, 1000);
