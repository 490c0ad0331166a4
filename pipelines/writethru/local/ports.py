"""Ports of this machine that nobody uses."""

from __future__ import annotations

import random
import socket
from pathlib import Path

LOWEST = 10_000
"""Below lie the ports that services are known by: Flink's 6123 and 8081, Kafka's 9092, /metrics at 9249 and 9464."""
EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_ports(count: int) -> list[int]:
    """`count` different ports that were free a moment ago, drawn at random.

    They lie below those that the kernel gives to outgoing connections and to whoever binds port 0: between the choice and the use of one of
    those it went to another process. Where too few are free there, from above as well. Raises OSError where the machine has not so many.
    """
    first = max(LOWEST, _first_ephemeral())
    chance = random.SystemRandom()  # not the shared generator: two processes with one seed would draw the same
    found: list[int] = []
    for ports in (range(LOWEST, first), range(first, 65_536)):
        for port in chance.sample(ports, len(ports)):
            if len(found) == count:
                return found
            if _binds(port):
                found.append(port)
    raise OSError(f"of the ports from {LOWEST} on {len(found)} are free, and {count} are needed")


def _first_ephemeral() -> int:
    try:
        return int(EPHEMERAL.read_text().split()[0])
    except FileNotFoundError:  # not Linux: macOS begins at 49152
        return 32_768


def _binds(port: int) -> bool:
    with socket.socket() as one:
        try:
            one.bind(("", port))  # every address: Flink's reporter listens on all of them, the rest on localhost
        except OSError:
            return False
        return True
