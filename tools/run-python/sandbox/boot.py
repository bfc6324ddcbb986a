"""Runs one generated script as __main__: limits first, then the script, then a fast exit that loses no data.

Started as `python boot.py '<request as JSON>'`; the request has script and limits. A request with preload makes it a
spare: it imports those modules and takes its one script later, from standard input, with its environment and, where
nobody outside can write to its folder, its source.
"""
import json
import os
import sys

HIGHEST_INHERITED_DESCRIPTOR = 1024
DUMP_SECONDS = 5


def close_inherited():
    os.closerange(3, HIGHEST_INHERITED_DESCRIPTOR)


def set_limits(limits):
    import resource

    for name, value in limits.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        # Processor time is first told by a signal, and a process that stays is killed.
        most = value + DUMP_SECONDS if name == "RLIMIT_CPU" else value
        try:
            resource.setrlimit(kind, (value, most))
        except (ValueError, OSError):
            pass  # macOS refuses some limits; the watchdog of the host still holds


def run_script(path):
    import types

    module = types.ModuleType("__main__")
    module.__file__ = os.path.abspath(path)
    module.__builtins__ = __builtins__
    sys.modules["__main__"] = module
    sys.argv = [path]
    sys.path[0] = os.path.dirname(os.path.abspath(path))
    try:
        with open(path, "rb") as file:
            source = file.read()
        exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)
        return 0, module
    except SystemExit as exit:
        if exit.code is None or isinstance(exit.code, int):
            return (exit.code or 0) & 0xFF, module
        print(exit.code, file=sys.stderr)
        return 1, module
    except BaseException as error:
        import traceback

        frames = error.__traceback__
        while frames and frames.tb_frame.f_code.co_filename == __file__:
            frames = frames.tb_next
        traceback.print_exception(type(error), error, frames)
        return (130 if isinstance(error, KeyboardInterrupt) else 1), module


def finish(exit_code, module):
    """What the interpreter's own exit does that matters, without the second it takes to tear modules down."""
    import atexit
    import gc
    import threading

    import _io

    for step in (threading._shutdown, atexit._run_exitfuncs):
        try:
            step()
        except BaseException:
            sys.excepthook(*sys.exc_info())
    module.__dict__.clear()
    for item in gc.get_objects():
        if issubclass(type(item), _io._IOBase):
            try:
                if not item.closed and item.writable():
                    item.flush()
            except Exception:
                pass  # a file that cannot be flushed now could not be at a normal exit either
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    os._exit(exit_code)


def tell_where_when_asked():
    """At its time limit a script is sent the signal: it prints where it is, even inside native code, and ends."""
    import faulthandler
    import signal

    # A descriptor of its own: the script may do with its standard error what it likes.
    faulthandler.register(signal.SIGXCPU, file=os.dup(2), chain=True)


def run(request):
    # A script killed at its limit must not lose the lines that it has printed.
    sys.stdout.reconfigure(line_buffering=True)
    set_limits(request["limits"])
    tell_where_when_asked()
    finish(*run_script(request["script"]))


def preload(modules):
    """Imports until a script waits: what else that one needs it imports itself."""
    import gc
    import importlib
    import select
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in modules:
            if select.select([0], [], [], 0)[0]:
                return
            try:
                importlib.import_module(name)
            except Exception:
                pass  # the script that needs it will say what is wrong with it
    gc.collect()
    gc.freeze()


def wait_for_request(modules):
    """Gets ready, and waits for the script to run: whoever asked writes one line."""
    nothing = os.open(os.devnull, os.O_RDWR)
    outputs = [os.dup(1), os.dup(2)]
    for stream in (1, 2):
        os.dup2(nothing, stream)  # what modules print is not the script's
    preload(modules)
    line = sys.stdin.readline()
    if not line:
        os._exit(0)
    request = json.loads(line)
    sys.stdout.flush()
    for stream, output in enumerate(outputs, 1):
        os.dup2(output, stream)
        os.close(output)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = open(0, closefd=False)
    os.environ.update(request["environment"])
    if "source" in request:
        with open(request["script"], "w", encoding="utf-8", newline="") as file:
            file.write(request["source"])
    return request


if __name__ == "__main__":
    close_inherited()
    asked = json.loads(sys.argv[1])
    run(wait_for_request(asked["preload"]) if "preload" in asked else asked)
