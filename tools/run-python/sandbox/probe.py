"""Looks around, changes nothing, and prints what does not confine it: run inside a sandbox to see whether it is on."""
import json
import os
import socket
import sys

MOST_PROCESSES = 4


def can_reach_network():
    """Asks for a route, sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return True
        except OSError:
            return False


def open_doors():
    """What a sandbox must keep shut. macOS has other means than namespaces and filters; what counts there is the network."""
    doors = {"it reaches the network": can_reach_network()}
    if sys.platform == "linux":
        with open("/proc/self/status") as file:
            own = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
        doors.update({
            "system calls are not filtered": own.get("Seccomp") != "2",
            "programs may gain privileges": own.get("NoNewPrivs") != "1",
            "it holds capabilities": int(own.get("CapEff", "0"), 16) != 0,
            "it sees other processes": sum(name.isdigit() for name in os.listdir("/proc")) > MOST_PROCESSES,
            "it may write to the system": any(os.access(path, os.W_OK) for path in ("/", "/usr", "/etc")),
            "it may write kernel settings": os.access("/proc/sys/kernel/core_pattern", os.W_OK),
            "it may write to the data": os.access("input/", os.W_OK),
            "it may not write to its work folder": not os.access(".", os.W_OK),
        })
    return [door for door, is_open in doors.items() if is_open]


print(json.dumps(open_doors()))
