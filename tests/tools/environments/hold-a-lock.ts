import { withLock } from "../../../tools/environments/hold-lock.ts";

// A program of its own, to be killed while it holds the lock.
await withLock(process.argv[2] ?? "", async () => {
  process.stdout.write("holds\n");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
