import type { Command } from "commander";
import { dataHome } from "../../tools/environments/data-home.ts";
import { chooseExtras, chosenExtras, withExtras } from "../../tools/environments/extras.ts";

/** `mle-star setup`: makes the Python environment ahead of the first run, and says what all runs are to find in it. */
export function addSetupCommand(program: Command): void {
  program
    .command("setup")
    .description("make the Python environment now rather than at the first run")
    .option(
      "--with <extras>",
      "packages for all runs: deep (torch, torchvision, timm), text (transformers, sentence-transformers), audio (librosa), or none",
    )
    .action(async ({ with: wanted }: { with?: string }) => {
      const home = dataHome(process.env);
      const extras =
        wanted === undefined ? chosenExtras(home) : withExtras(home, wanted.split(","));
      const { pythonEnvironment } = await import("../../tools/environments/python-environment.ts");
      const { interpreter, workbench } = await pythonEnvironment({
        environment: process.env,
        extras,
        onProgress: (line) => console.error(line),
      });
      chooseExtras(home, extras);
      const having = extras.length === 0 ? "" : ` (with ${extras.join(", ")})`;
      console.log(
        `Python ${workbench.pythonVersion} with ${workbench.packages.length} packages${having}: ${interpreter}`,
      );
    });
}
