"""State machine definitions as graphs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from infra_cdk.paths import STATE_MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator

Machine = dict[str, Any]
State = dict[str, Any]
NAMES = ("fulfillment", "cancellation")
MACHINES: dict[str, Machine] = {
    name: json.loads((STATE_MACHINES / f"{name}.asl.json").read_text()) for name in NAMES
}
TOKEN = ".waitForTaskToken"


def states(kind: str | None = None) -> list[tuple[str, str, State]]:
    """(machine, name, state) of every state of the kind."""
    return [
        (machine, name, state)
        for machine, definition in MACHINES.items()
        for name, state in definition["States"].items()
        if kind in {None, state["Type"]}
    ]


def tasks() -> list[tuple[str, str, State]]:
    return states("Task")


def waits() -> list[tuple[str, str, State]]:
    return [each for each in tasks() if each[2]["Resource"].endswith(TOKEN)]


def targets(state: State) -> list[str]:
    """Every state that this one may go to."""
    branches = [*state.get("Choices", []), *state.get("Catch", [])]
    found = [state.get("Next"), state.get("Default"), *(branch["Next"] for branch in branches)]
    return [name for name in found if name]


def straight_way(machine: Machine) -> list[str]:
    """The states a prescription enters when all goes well and nothing is resumed."""
    way, name = [], machine["StartAt"]
    while name:
        way.append(name)
        state = machine["States"][name]
        first = state["Type"] == "Choice" and name != machine["StartAt"]
        name = state["Choices"][0]["Next"] if first else state.get("Next") or state.get("Default")
    return way


def expressions(value: Any) -> Iterator[str]:
    """Every JSONata expression below a value."""
    if isinstance(value, dict):
        for each in value.values():
            yield from expressions(each)
    elif isinstance(value, list):
        for each in value:
            yield from expressions(each)
    elif isinstance(value, str) and value.startswith("{%"):
        yield value.removeprefix("{%").removesuffix("%}").strip()
