import { type CommandOptions, runCommand } from "../machine/run-command.ts";

/** An NVIDIA device of this machine. */
export interface Gpu {
  index: number;
  id: string;
  name: string;
  memoryMb: number;
}

/** The NVIDIA devices that the driver lists; none when there is no driver. */
export async function findGpus(options: CommandOptions = {}): Promise<Gpu[]> {
  const end = await runCommand(
    "nvidia-smi",
    ["--query-gpu=index,uuid,name,memory.total", "--format=csv,noheader,nounits"],
    { ...options, timeoutSeconds: 10 },
  );
  return end.exitCode === 0 ? readGpus(end.stdout) : [];
}

/** Reads the driver's table: index, id, name and memory in MiB, one device a line. */
export function readGpus(table: string): Gpu[] {
  return table.split("\n").flatMap((line) => {
    const [index = "", id = "", name = "", memory = ""] = line
      .split(",")
      .map((cell) => cell.trim());
    if (!/^\d+$/.test(index) || !id.startsWith("GPU-")) return [];
    return [{ index: Number(index), id, name, memoryMb: Number(memory) || 0 }];
  });
}
