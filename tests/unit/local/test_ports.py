from __future__ import annotations

import random
import socket
from pathlib import Path

import pytest

from writethru.local import ports
from writethru.local.ports import free_ports


@pytest.fixture
def ephemeral(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """In place of the kernel's."""
    file = tmp_path / "ip_local_port_range"
    monkeypatch.setattr(ports, "EPHEMERAL", file)
    return file


def test_what_the_kernel_gives_to_whoever_asks_for_any_is_left_alone(ephemeral: Path) -> None:
    ephemeral.write_text("20000\t60999\n")
    found = free_ports(200)
    assert len(set(found)) == 200
    assert all(10_000 <= port < 20_000 for port in found)


def test_where_the_kernel_does_not_tell_its_range_it_begins_at_32768(ephemeral: Path) -> None:
    assert all(10_000 <= port < 32_768 for port in free_ports(200))


def test_two_that_choose_rarely_meet(ephemeral: Path) -> None:
    """Not even where both have seeded their random numbers, as tests do."""
    random.seed(1)
    one = free_ports(5)
    random.seed(1)
    assert free_ports(5) != one


def test_a_port_that_is_taken_is_not_handed_out(ephemeral: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (port,) = free_ports(1)
    monkeypatch.setattr(ports, "LOWEST", port)
    ephemeral.write_text(f"{port + 1} 60999")
    assert free_ports(1) == [port]
    for address in ("127.0.0.1", ""):
        with socket.create_server((address, port)):
            assert free_ports(1)[0] > port


def test_a_machine_that_gives_nearly_all_of_its_ports_away_has_some_all_the_same(ephemeral: Path) -> None:
    """Proxies and load balancers are run with such a range."""
    ephemeral.write_text("1024 65535")
    assert len(set(free_ports(5))) == 5


def test_more_than_there_are_is_an_error(ephemeral: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "LOWEST", 65_534)
    with pytest.raises(OSError, match=r"of the ports from 65534 on . are free, and 3 are needed"):
        free_ports(3)
