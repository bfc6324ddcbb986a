"""Runs boot.py in a child, as the first process of a container, which ends with this one.

That is when the script ends, when the program that asked has closed standard input or died, or when the kernel has
killed a process for want of memory: it picks one, and the rest of the script might wait for that one for ever.
"""
import json
import os
import select
import signal
import sys

LOOK_SECONDS = 0.25
# Of control groups' second version, and of their first.
MEMORY_EVENTS = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")


def killed_for_memory():
    for path in MEMORY_EVENTS:
        try:
            with open(path) as file:
                events = dict(line.split() for line in file)
            return int(events.get("oom_kill", 0)) > 0
        except OSError:
            pass  # of the other version, or not shown in this container
    return False


def start(request):
    child = os.fork()
    if child == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        import boot

        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        boot.close_inherited()
        boot.run(request)
    return child


def wait_for(child, wake):
    """The child's exit code, as a shell counts."""
    while True:
        done = None
        while done != 0:
            done, status = os.waitpid(-1, os.WNOHANG)
            if done == child:
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code
        ready, _, _ = select.select([wake, 0], [], [], LOOK_SECONDS)
        if 0 in ready and not os.read(0, 512):
            return 128 + signal.SIGKILL
        if wake in ready:
            os.read(wake, 512)
        if killed_for_memory():
            print("MemoryError: processes of the script together took too much", file=sys.stderr)
            return 1


def main():
    wake, tell = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(tell, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(tell)
    code = wait_for(start(json.loads(sys.argv[1])), wake)
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
