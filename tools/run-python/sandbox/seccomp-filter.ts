import { ToolError } from "../../../src/core/errors.ts";

/** Numbers of the calls that a script never needs, on x86-64 and on arm64. */
const DENIED_CALLS: Record<string, readonly [x64: number, arm64: number]> = {
  ptrace: [101, 117],
  personality: [135, 92],
  pivot_root: [155, 41],
  acct: [163, 89],
  mount: [165, 40],
  umount2: [166, 39],
  swapon: [167, 224],
  swapoff: [168, 225],
  reboot: [169, 142],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  init_module: [175, 105],
  delete_module: [176, 106],
  quotactl: [179, 60],
  syslog: [103, 116],
  chroot: [161, 51],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  kexec_load: [246, 104],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  unshare: [272, 97],
  perf_event_open: [298, 241],
  fanotify_init: [300, 262],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  setns: [308, 268],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  kcmp: [312, 272],
  finit_module: [313, 273],
  kexec_file_load: [320, 294],
  bpf: [321, 280],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  pidfd_getfd: [438, 438],
  mount_setattr: [442, 442],
};
/** Reserving space would outrun the watch over the work folder; the C library writes zeros instead. */
const FALLOCATE = { x64: 285, arm64: 47 };
/** Memory that belongs to no process: nobody could say how much of it a script holds. */
const UNCOUNTED = { shmget: [29, 194], msgget: [68, 186] } as const;
/** Said to have been done, and left as it is: an honest script goes on, on its own cores. */
const SET_AFFINITY = { x64: 203, arm64: 122 };
const X64_ONLY = { iopl: 172, ioperm: 173 };
const CLONE3 = 435;
/** Any of CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const NEW_NAMESPACE_FLAGS = 0x7e020000;
/** AF_UNIX, AF_INET, AF_INET6 and AF_NETLINK: the namespaces confine them, but not, for one, AF_VSOCK. */
const SOCKET_FAMILIES = [1, 2, 10, 16];
const X32_CALLS = 0x40000000;

const LOAD = 0x20;
const IF_EQUAL = 0x15;
const IF_AT_LEAST = 0x35;
const IF_ANY_BIT = 0x45;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const fail = (errorNumber: number) => 0x00050000 | errorNumber;
const NOTHING_DONE = fail(0);
const EPERM = fail(1);
const ENOSYS = fail(38);
const EOPNOTSUPP = fail(95);
const EAFNOSUPPORT = fail(97);

const OFFSET_CALL = 0;
const OFFSET_ARCHITECTURE = 4;
const OFFSET_FIRST_ARGUMENT = 16;

type Instruction = readonly [code: number, value: number, jumpTrue?: number, jumpFalse?: number];

const ARCHITECTURES = {
  x64: { audit: 0xc000003e, socket: 41, clone: 56 },
  arm64: { audit: 0xc00000b7, socket: 198, clone: 220 },
};

export interface FilterWishes {
  architecture?: string;
  /** Whether the kernel counts all memory for the script's limit; otherwise it may not have what no process owns. */
  isMemoryCounted: boolean;
}

/**
 * The kernel's filter of system calls, as bytes for bubblewrap: everything is allowed but what leads out of the sandbox
 * or into rarely tested parts of the kernel. An allow-list would break numerical libraries at every release.
 */
export function seccompFilter({
  architecture = process.arch,
  isMemoryCounted,
}: FilterWishes): Buffer {
  if (architecture !== "x64" && architecture !== "arm64")
    throw new ToolError(`The sandbox knows no system calls of the processor ${architecture}.`);
  const { audit, socket, clone } = ARCHITECTURES[architecture];
  const column = architecture === "x64" ? 0 : 1;
  const denied = Object.values(DENIED_CALLS).map((numbers) => numbers[column]);
  const own = architecture === "x64" ? Object.values(X64_ONLY) : [];
  const uncounted = isMemoryCounted
    ? []
    : Object.values(UNCOUNTED).map((numbers) => numbers[column]);
  const program: Instruction[] = [
    [LOAD, OFFSET_ARCHITECTURE],
    [IF_EQUAL, audit, 1, 0],
    [RETURN, KILL],
    [LOAD, OFFSET_CALL],
    ...(architecture === "x64" ? refuse(IF_AT_LEAST, X32_CALLS, ENOSYS) : []),
    ...[...denied, ...own, ...uncounted].flatMap((call) => refuse(IF_EQUAL, call, EPERM)),
    // Its flags are out of a filter's sight; without it the C library falls back to clone.
    ...refuse(IF_EQUAL, CLONE3, ENOSYS),
    ...refuse(IF_EQUAL, SET_AFFINITY[architecture], NOTHING_DONE),
    ...refuse(IF_EQUAL, FALLOCATE[architecture], EOPNOTSUPP),
    [IF_EQUAL, clone, 0, 4],
    [LOAD, OFFSET_FIRST_ARGUMENT],
    ...refuse(IF_ANY_BIT, NEW_NAMESPACE_FLAGS, EPERM),
    [RETURN, ALLOW],
    [IF_EQUAL, socket, 0, SOCKET_FAMILIES.length + 2],
    [LOAD, OFFSET_FIRST_ARGUMENT],
    ...SOCKET_FAMILIES.map(
      (family, index): Instruction => [IF_EQUAL, family, SOCKET_FAMILIES.length - index, 0],
    ),
    [RETURN, EAFNOSUPPORT],
    [RETURN, ALLOW],
  ];
  return encode(program);
}

function refuse(condition: number, value: number, result: number): Instruction[] {
  return [
    [condition, value, 0, 1],
    [RETURN, result],
  ];
}

function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, [code, value, jumpTrue = 0, jumpFalse = 0]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jumpTrue, index * 8 + 2);
    bytes.writeUInt8(jumpFalse, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  }
  return bytes;
}
