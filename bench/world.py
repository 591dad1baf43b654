"""The adapters a measured stage works with: in memory, or the real ones of a deployed function."""

from __future__ import annotations

import importlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pharmonico.adapters import aws
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.adapters.memory.machine import MemoryMachine
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.adapters.memory.patients import MemoryPatients
from pharmonico.adapters.memory.payer_book import MemoryBook
from pharmonico.adapters.memory.payments import MemoryCheckouts
from pharmonico.adapters.memory.shipping import MemoryCarriers, MemoryLabels
from pharmonico.adapters.memory.tokens import MemoryTokens
from pharmonico.payer import door

from local.seed.medications import medications
from local.seed.payer_plans import PLANS as PAYER_PLANS
from local.seed.pharmacies import pharmacies
from local.seed.plans import PLANS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.directory import Directory
    from pharmonico.fulfillment.ports import Orders, Tokens

# What each handler wires beside `aws`, by the name it has there.
OWN_WIRING = {"payment": ("checkouts",), "ship": ("carriers", "labels")}


@dataclass
class World:
    """What the people between the stages use; `aside_s` is CPU spent playing somebody else."""

    orders: Orders
    tokens: Tokens
    directory: Directory
    aside_s: list[float] = field(default_factory=lambda: [0.0])


def real_world() -> World:
    """The adapters as the environment wires them."""
    return World(orders=aws.orders(), tokens=aws.tokens(), directory=aws.directory())


def memory_world() -> World:
    """Memory adapters, wired into every handler in place of the real ones."""
    orders, tokens = MemoryOrders(), MemoryTokens(clock=aws.CLOCK)
    directory = MemoryDirectory(
        medications=medications(), pharmacies=pharmacies(), plans=tuple(PLANS)
    )
    world = World(orders=orders, tokens=tokens, directory=directory)
    parts: dict[str, Any] = {
        "orders": orders,
        "tokens": tokens,
        "directory": directory,
        "rosters": directory,
        "loads": orders.loads,
        "patients": MemoryPatients(orders),
        "machine": MemoryMachine(),
        "payer": PlayedPayer(world.aside_s),
        "checkouts": MemoryCheckouts(clock=aws.CLOCK),
        "carriers": MemoryCarriers(),
        "labels": MemoryLabels(),
    }
    everywhere = (
        "orders",
        "tokens",
        "directory",
        "rosters",
        "loads",
        "patients",
        "machine",
        "payer",
    )
    for name in everywhere:
        setattr(aws, name, _always(parts[name]))
    for function, names in OWN_WIRING.items():
        module = importlib.import_module(f"functions.{function}.handler")
        for name in names:
            setattr(module, name, _always(parts[name]))
    return world


class PlayedPayer:
    """The payer without its HTTP; its CPU is no stage's."""

    def __init__(self, aside_s: list[float]) -> None:
        self._aside_s = aside_s
        self._book = MemoryBook(PAYER_PLANS)

    def send(self, request: bytes) -> bytes:
        start = time.process_time()
        answer = self._answer(request)
        self._aside_s[0] += time.process_time() - start
        return answer

    def _answer(self, request: bytes) -> bytes:
        return door.answer(request, book=self._book, clock=aws.CLOCK)


def _always(part: object) -> Callable[[], object]:
    return lambda: part
