"""Runs boot.py in a child and kills everything it started once the child or the program that asked has ended.

Only for execution without a sandbox; a sandbox has its own first process that does this.
"""
import ctypes
import json
import os
import shutil
import signal
import sys
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
WAKING = {signal.SIGCHLD, signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM}
LOOK_SECONDS = 1.0
KILL_SECONDS = 2.0


def ask_kernel():
    """Descendants come back to this process when orphaned, and its own parent's death wakes it."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGUSR1, 0, 0, 0)


def children_of(process):
    found = []
    try:
        for task in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{task}/children") as file:
                found += [int(child) for child in file.read().split()]
    except OSError:
        pass  # gone meanwhile, or no /proc
    return found


def kill_descendants(first):
    """Until none is left: a process may start another while it is being looked for."""
    deadline = time.monotonic() + KILL_SECONDS
    while time.monotonic() < deadline:
        waiting, found = [os.getpid()], []
        while waiting:
            children = children_of(waiting.pop())
            found += children
            waiting += children
        for process in found or ([first] if sys.platform != "linux" else []):
            try:
                os.kill(process, signal.SIGKILL)
            except OSError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.005)


def wait_for(child, asker):
    """The child's wait status; None when the asker has died or wants an end, and whether that is what it wants."""
    told_to_end = False
    while True:
        done, status = os.waitpid(-1, os.WNOHANG)
        if done == child:
            return status, False
        if told_to_end or os.getppid() != asker:
            return None, told_to_end
        if done == 0:
            told_to_end = signal.sigwait(WAKING) == signal.SIGUSR2


def main():
    request = json.loads(sys.argv[1])
    signal.pthread_sigmask(signal.SIG_BLOCK, WAKING)
    ask_kernel()
    child = os.fork()
    if child == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WAKING)
        import boot

        boot.close_inherited()
        boot.run(request)
    # The limit's first signal is for the script; this process must outlive it.
    for heeded_by_script in (signal.SIGTERM, signal.SIGXCPU):
        signal.signal(heeded_by_script, signal.SIG_IGN)
    # Where the kernel does not tell of the asker's death, it is looked for.
    signal.setitimer(signal.ITIMER_REAL, LOOK_SECONDS, LOOK_SECONDS)
    status, told_to_end = wait_for(child, request["asker"])
    kill_descendants(child)
    if status is None:
        if not told_to_end:
            shutil.rmtree(request["temporaryFolder"], ignore_errors=True)
        os._exit(128 + signal.SIGKILL)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
