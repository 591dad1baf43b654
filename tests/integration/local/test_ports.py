"""Ports are chosen once and kept; a taken one is told in one line."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from local import ports
from local.place import LOOPBACK, LocalError
from local.ports import choose_ports, holding, is_free, kept_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.place import Place


def nothing_runs(_: str) -> bool:
    return False


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_the_same_ports_come_back_every_time(place: Place) -> None:
    first = choose_ports(place, running=nothing_runs, edge=None, say=print)
    assert choose_ports(place, running=nothing_runs, edge=None, say=print) == first
    assert kept_ports(place) == first


def test_a_taken_port_moves_on_and_says_so(
    place: Place, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ports.WISHED, "edge", taken)
    told: list[str] = []
    chosen = choose_ports(place, running=nothing_runs, edge=None, say=told.append)
    assert chosen.edge > taken
    assert f"port {taken} is taken, the edge uses {chosen.edge}" in told


def test_a_port_asked_for_by_name_is_that_one_or_an_error(place: Place, taken: int) -> None:
    with pytest.raises(LocalError, match=f"port {taken} is taken"):
        choose_ports(place, running=nothing_runs, edge=taken, say=print)


def test_a_port_of_our_own_running_part_is_not_taken(place: Place, taken: int) -> None:
    place.ports.parent.mkdir(parents=True)
    place.ports.write_text(f'{{"engine": 4566, "sandbox": 8090, "edge": {taken}}}')
    chosen = choose_ports(place, running=lambda name: name == "edge", edge=taken, say=print)
    assert chosen.edge == taken


def test_a_ports_file_cut_short_by_a_crash_is_no_obstacle(place: Place) -> None:
    place.ports.parent.mkdir(parents=True)
    place.ports.write_text('{"engine": 45')
    assert kept_ports(place) is None
    assert choose_ports(place, running=nothing_runs, edge=None, say=print).engine > 0


def test_chosen_ports_are_held_until_their_parts_have_them(place: Place) -> None:
    ports = choose_ports(place, running=nothing_runs, edge=None, say=print)
    with holding(ports, running=lambda name: name == "sandbox") as listeners:
        assert set(listeners) == {"engine", "edge"}
        assert not is_free(ports.edge)
        assert is_free(ports.sandbox)
    assert is_free(ports.edge)


def test_a_port_that_was_taken_in_between_is_one_line(place: Place) -> None:
    ports = choose_ports(place, running=nothing_runs, edge=None, say=print)
    with (
        holding(ports, running=nothing_runs),
        pytest.raises(LocalError, match="run make up again"),
        holding(ports, running=nothing_runs),
    ):
        raise AssertionError("the second one got them")
