import { solution } from "./tiny-scripts.ts";

interface Act {
  /** Python that goes before a weak, honest solution of the tiny task. */
  before?: string;
  /** Python that goes behind it, when its files and its score line are there. */
  after?: string;
  /** What the record has to say; null where the act does no harm, and its honest part may count. */
  problem: RegExp | null;
}

/** What scripts try, bounded so that where it works it costs the machine at most a gigabyte for a moment. */
export const ACTS: Readonly<Record<string, Act>> = {
  "folders that nobody may enter": {
    after: `for folder in (".", "final"):
    os.makedirs(f"{folder}/shut/inner")
    open(f"{folder}/shut/inner/file", "w").close()
    os.chmod(f"{folder}/shut/inner", 0)
    os.chmod(f"{folder}/shut", 0)`,
    problem: null,
  },
  "folders too deep for a path": {
    after: `home = os.getcwd()
for folder in ("final", "."):
    os.chdir(f"{home}/{folder}")
    for _ in range(25):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
os.chdir(home)`,
    problem: null,
  },
  "a pipe, a socket and links that loop": {
    after: `import socket
os.mkfifo("final/pipe")
os.symlink("round", "final/round")
os.symlink("..", "final/up")
listener = socket.socket(socket.AF_UNIX)
listener.bind("final/socket")
os.mkfifo("pipe")`,
    problem: null,
  },
  "a submission of very many lines": {
    after: `with open("final/submission.csv", "w") as file:
    file.write("id,y\\n" + "\\n".join(f"{row},name{row}" for row in range(3_000_000)))`,
    problem: /submission/,
  },
  "a submission of one line": {
    after: `with open("final/submission.csv", "w") as file:
    file.write("a" * 200_000_000)`,
    problem: /submission/,
  },
  "predictions of one line": {
    after: `with open("final/validation.csv", "w") as file:
    file.write("," * 200_000_000)`,
    problem: /validation\.csv/,
  },
  "arrays of members that lie about themselves": {
    after: `import pickle
import struct
class Caught:
    def __reduce__(self):
        return os.system, ("touch unpickled",)
def array(kind, shape, content):
    head = repr({"descr": kind, "fortran_order": False, "shape": shape}).encode()
    head += b" " * (117 - len(head)) + b"\\n"
    return b"\\x93NUMPY\\x01\\x00" + struct.pack("<H", len(head)) + head + content
os.mkdir("final/members")
for name, kind, shape, content in (
    ("vast", "<f8", (10**15, 10**6), b"12345678"),
    ("foreign", "|O", (1,), pickle.dumps(Caught())),
    ("negative", "<f8", (-5,), b""),
):
    for part in ("validation", "test"):
        with open(f"final/members/{name}_{part}.npy", "wb") as file:
            file.write(array(kind, shape, content))`,
    problem: null,
  },
  "copied labels": {
    after: `asked["y"] = target[given["row"]]
asked.to_csv("final/validation.csv", index=False)
print("Final Validation Performance: 0.0")`,
    problem: /are their labels/,
  },
  "labels from wherever they can be read": {
    before: `import glob
roots = [os.sep.join([os.pardir] * count) for count in (1, 2, 3)] + [os.path.join(os.sep, "proc", "1", "root")]
found = [path for root in roots for path in glob.glob(os.path.join(root, "*", "validation.csv"))]
if not found:
    raise FileNotFoundError("no truth anywhere")`,
    after: `pd.read_csv(found[0]).to_csv("final/validation.csv", index=False)`,
    problem: /no truth anywhere/,
  },
  "memory beside its own": {
    before: `import ctypes
held = os.memfd_create("held")
for _ in range(256):
    os.write(held, bytes(2**20))
segment = ctypes.CDLL(None).shmget(0, 2**27, 0o1600)
with open(os.path.join(os.sep, "dev", "shm", "held"), "wb") as file:
    file.write(bytes(2**27))`,
    problem: null,
  },
  "disk that no name leads to": {
    before: `held = open("held", "wb")
os.remove("held")
for _ in range(128):
    held.write(bytes(2**20))
nameless = os.open(".", os.O_TMPFILE | os.O_RDWR, 0o600)
os.write(nameless, bytes(2**27))`,
    after: `with open("final/holes", "wb") as file:
    file.truncate(2**30)
with open("final/submission.csv", "ab") as file:
    file.truncate(2**29)`,
    problem: /submission/,
  },
  "the other cores": {
    before: "os.sched_setaffinity(0, range(os.cpu_count()))",
    problem: null,
  },
  "more processes than it may have": {
    after: `import time
for _ in range(600):
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)`,
    problem: /BlockingIOError|Resource temporarily unavailable|stopped at its time limit/,
  },
  "an end that does not come": {
    after: `import signal
import time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()
time.sleep(600)`,
    problem: /stopped at its time limit/,
  },
  "more output than anybody reads": {
    after: `for _ in range(100):
    os.write(1, b"x" * 2**20)`,
    problem: /printed too much/,
  },
  "words for terminals, and scores that cannot be": {
    after: `print("\\x1b[2J\\x1b]0;yours\\x07\\x1b[31m\\u202e\\u0000 Final Validation Performance: -42")
print("Final Validation Performance: NaN")
print("Final Validation Performance: -42")`,
    problem: null,
  },
  "errors that take long to read": {
    after: `import sys
sys.stderr.write("Traceback (most recent call last):\\n" + '  File "' * 300_000 + "\\n" + "Error:" * 300_000 + " " * 1_000_000)
sys.stderr.write("\\nDuring handling of the above exception, another exception occurred:\\n" * 10_000)
raise ValueError("(" * 500_000 + "\`" * 500_000)`,
    problem: /the script failed/,
  },
  "data of its own": {
    before: `with open("input/train.csv", "a") as file:
    file.write("0,0,0,x,0\\n")`,
    problem: /Read-only file system|Permission denied/,
  },
  "a work folder that is gone": {
    after: `import shutil
shutil.rmtree(os.getcwd(), ignore_errors=True)`,
    problem: /submission/,
  },
  "an end for everybody": {
    after: `import signal
for process in (os.getppid(), 1, -1):
    try:
        os.kill(process, signal.SIGKILL)
    except OSError as error:
        print(error)`,
    problem: null,
  },
};

const MARK = "hostile: ";

/** A script that does honest work badly, and the act besides. */
export function hostileScript(name: string): string {
  const { before = "", after = "" } = ACTS[name] ?? {};
  const [docstring = "", ...rest] = solution("Shallow random forest").split("\n");
  return [
    docstring.replace('"""', `"""${MARK}${name}. `),
    "import os",
    before,
    ...rest,
    after,
  ].join("\n");
}

/** The act that a script does; null for an honest one. */
export const actOf = (script: string): string | null =>
  new RegExp(`^"""${MARK}(.*?)\\. `).exec(script)?.[1] ?? null;
