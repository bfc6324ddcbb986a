import { lstatSync, readlinkSync } from "node:fs";
import { linkTargets } from "./data-links.ts";
import type { ExecutionSpec } from "./executor.ts";

/** Where the sandbox shows things, and on which descriptors bubblewrap finds the bytes it is handed. */
export const INSIDE = {
  workFolder: "/job",
  boot: "/boot.py",
  home: "/tmp/home",
  user: 1000,
  seccompDescriptor: 3,
  passwordsDescriptor: 4,
  bootDescriptor: 5,
  statusDescriptor: 6,
};

const SYSTEM_FOLDERS = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
const SYSTEM_FILES = [
  "/etc/alternatives",
  "/etc/ld.so.cache",
  "/etc/ld.so.conf",
  "/etc/ld.so.conf.d",
  "/etc/localtime",
  "/etc/fonts",
  "/etc/mime.types",
  // Without it joblib warns that it found no physical cores.
  "/sys/devices/system/cpu",
];
const NAMESPACES = ["user", "pid", "ipc", "uts", "net"].map((name) => `--unshare-${name}`);
const SHARED_MEMORY_BYTES = 2 ** 30;
const TEMPORARY_BYTES = 2 ** 30;

const readOnly = (from: string, to = from) => ["--ro-bind", from, to];

/** `/bin` and its like are links into `/usr` on some systems, and folders on others. */
function systemFolder(path: string): string[] {
  const state = lstatSync(path, { throwIfNoEntry: false });
  if (state === undefined) return [];
  return state.isSymbolicLink() ? ["--symlink", readlinkSync(path), path] : readOnly(path);
}

/** Paths outside the system's that the script sees, read-only: its Python and the task's data. */
export function shownPaths(spec: ExecutionSpec): string[] {
  const paths = [...spec.interpreterRoots, spec.inputFolder, ...linkTargets(spec.inputFolder)];
  return [...new Set(paths)].filter((path) => path !== "/usr" && !path.startsWith("/usr/"));
}

/** Bubblewrap's words up to the command; `source` says where a path is to be taken from. Their order matters. */
export function bubblewrapArguments(
  spec: ExecutionSpec,
  source: (path: string) => string = (path) => path,
  /** How it gets its work folder, when that is not the spec's. */
  folder: readonly string[] = ["--bind", source(spec.workFolder), INSIDE.workFolder],
): string[] {
  const environment = {
    ...spec.environment,
    HOME: INSIDE.home,
    TMPDIR: "/tmp",
    USER: "sandbox",
    LOGNAME: "sandbox",
  };
  const gpuNodes = spec.gpu === null ? [] : gpuDevices(spec.gpu.index);
  return [
    ...NAMESPACES,
    "--unshare-cgroup-try",
    ...["--uid", String(INSIDE.user), "--gid", String(INSIDE.user)],
    ...["--cap-drop", "ALL", "--disable-userns", "--die-with-parent", "--new-session"],
    ...["--hostname", "sandbox", "--clearenv"],
    ...Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]),
    ...SYSTEM_FOLDERS.flatMap(systemFolder),
    ...readOnly("/usr"),
    ...SYSTEM_FILES.flatMap((path) => ["--ro-bind-try", path, path]),
    // Mounted again read-only: bubblewrap's own cover leaves kernel settings writable to root.
    ...["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev"],
    ...["--size", String(SHARED_MEMORY_BYTES), "--tmpfs", "/dev/shm"],
    ...["--perms", "1777", "--size", String(TEMPORARY_BYTES), "--tmpfs", "/tmp"],
    ...["--dir", INSIDE.home],
    ...shownPaths(spec).flatMap((path) => readOnly(source(path), path)),
    ...gpuNodes.flatMap((node) => ["--dev-bind-try", node, node]),
    ...(gpuNodes.length > 0 ? ["--ro-bind-try", "/sys", "/sys"] : []),
    ...["--ro-bind-data", String(INSIDE.passwordsDescriptor), "/etc/passwd"],
    ...["--ro-bind-data", String(INSIDE.bootDescriptor), INSIDE.boot],
    ...[...folder, "--chdir", INSIDE.workFolder],
    ...["--info-fd", String(INSIDE.statusDescriptor)],
    ...["--seccomp", String(INSIDE.seccompDescriptor)],
    ...["--remount-ro", "/dev", "--remount-ro", "/"],
    "--",
  ];
}

/** The device files that one NVIDIA device needs; the other devices have none in the sandbox. */
function gpuDevices(index: number): string[] {
  const names = [`nvidia${index}`, "nvidiactl", "nvidia-uvm", "nvidia-uvm-tools", "nvidia-caps"];
  return names.map((name) => `/dev/${name}`);
}
