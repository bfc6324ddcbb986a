import type { Command, Option } from "commander";
import { SettingsError } from "../core/errors.ts";
import { listRuns } from "../record/run-record.ts";
import { Flag } from "./flag.ts";
import { RUNS_DIR } from "./follow.ts";

const SHELLS: Record<string, string> = {
  bash: `_mle_star() {
  local IFS=$'\\n'
  COMPREPLY=($(mle-star complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  [ "\${#COMPREPLY[@]}" -gt 0 ] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o filenames -F _mle_star mle-star`,
  zsh: `_mle_star() {
  local -a found
  found=("\${(@f)$(mle-star complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -- $found; else _files; fi
}
compdef _mle_star mle-star`,
  fish: `function __mle_star
  set -l words (commandline -opc) (commandline -ct)
  mle-star complete -- $words[2..-1] 2>/dev/null
end
complete -c mle-star -a '(__mle_star)'`,
};

/** `mle-star completion <shell>`: a script that has the shell complete commands, flags, their values and the names of runs. */
export function addCompletionCommand(program: Command): void {
  program
    .command("completion")
    .description(
      "print what has a shell complete commands, flags and runs: eval it in its start file",
    )
    .argument("<shell>", Object.keys(SHELLS).join(", "))
    .action((shell: string) => {
      const script = SHELLS[shell];
      if (script === undefined)
        throw new SettingsError(
          `completion: there is none for "${shell}"; there are ${Object.keys(SHELLS).join(", ")}`,
        );
      console.log(script);
    });
  program
    .command(HIDDEN, { hidden: true })
    .argument("[words...]")
    .allowUnknownOption()
    .action((words: string[]) => {
      for (const word of completionsOf(program, words)) console.log(word);
    });
}

/** What can stand in the place of the last word, as far as the program knows; none where it is a file. */
function completionsOf(program: Command, words: readonly string[]): string[] {
  const [last = "", given] = [words.at(-1), words.slice(0, -1)];
  const fitting = (all: readonly string[]) => all.filter((word) => word.startsWith(last));
  const [name] = given;
  const { commands } = program;
  if (name === undefined)
    return fitting(commands.map((one) => one.name()).filter((one) => one !== HIDDEN));
  const command = commands.find((one) => one.name() === name);
  if (command === undefined) return [];
  const before = optionNamed(command, given.at(-1));
  if (before?.required) return fitting(before instanceof Flag ? before.possible : []);
  if (last.startsWith("-"))
    return fitting(command.options.flatMap(({ long, hidden }) => (long && !hidden ? [long] : [])));
  const [argument] = command.registeredArguments;
  const isFirst = argumentsIn(command, given.slice(1)) === 0;
  if (name === "completion" && isFirst) return fitting(Object.keys(SHELLS));
  if (argument?.name() !== "run-id" || !isFirst) return [];
  return fitting(listRuns(runsFolderIn(given)).map(({ runId }) => runId));
}

const HIDDEN = "complete";

const optionNamed = ({ options }: Command, word: string | undefined): Option | undefined =>
  options.find(({ long, short }) => word !== undefined && [long, short].includes(word));

/** How many words are neither flags nor their values. */
const argumentsIn = (command: Command, words: readonly string[]): number =>
  words.filter(
    (word, at) => !word.startsWith("-") && !optionNamed(command, words[at - 1])?.required,
  ).length;

function runsFolderIn(words: readonly string[]): string {
  const at = words.indexOf("--runs-dir");
  return (at < 0 ? undefined : words[at + 1]) ?? RUNS_DIR[2];
}
