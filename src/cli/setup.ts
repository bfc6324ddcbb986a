import type { Command } from "commander";

/** `mle-star setup`: makes the Python environment ahead of the first run. */
export function addSetupCommand(program: Command): void {
  program
    .command("setup")
    .description("make the Python environment now rather than at the first run")
    .action(async () => {
      const { pythonEnvironment } = await import("../../tools/environments/python-environment.ts");
      const { interpreter, workbench } = await pythonEnvironment({
        environment: process.env,
        onProgress: (line) => console.error(line),
      });
      console.log(
        `Python ${workbench.pythonVersion} with ${workbench.packages.length} packages: ${interpreter}`,
      );
    });
}
