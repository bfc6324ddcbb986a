import { fileURLToPath } from "node:url";
import { z } from "zod";
import { runCommand } from "../../machine/run-command.ts";

const LOOK = fileURLToPath(new URL("./look.py", import.meta.url));
const LOOK_SECONDS = 20;

/** A place in a script where labels may reach what they must not. */
const Finding = z.object({
  kind: z.string(),
  line: z.number(),
  /** Whether nothing else can be meant. */
  certain: z.boolean(),
  sentence: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** Reads a script without running it; none where the reader cannot cope with it. */
export async function lookAtScript(
  interpreter: string,
  request: { script: string; table: string; targets: readonly string[] },
): Promise<Finding[]> {
  const { exitCode, stdout } = await runCommand(interpreter, ["-I", "-B", LOOK], {
    environment: {},
    input: `${JSON.stringify(request)}\n`,
    timeoutSeconds: LOOK_SECONDS,
  });
  return exitCode === 0 ? z.array(Finding).parse(JSON.parse(stdout)) : [];
}
