"""What the state machines hand their functions, by the machines' own expressions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonata
from pharmonico.events.fulfillment import IntakeReceived, PrescriptionCancelled

from infra_cdk.paths import STATE_MACHINES
from local.generate.events import example
from local.place import ACCOUNT, REGION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pharmonico.events.envelope import Event

STARTED_BY: dict[str, type[Event[Any]]] = {
    "fulfillment": IntakeReceived,
    "cancellation": PrescriptionCancelled,
}
"""An event that starts the machine: its detail is the execution's input."""
TOKEN = "EXAMPLE-TASK-TOKEN"  # noqa: S105 - no machine ever gave it out
FAILURE = {"Error": "Unavailable", "Cause": "payer.no_answer"}
TASK = "Task"


def payloads() -> dict[str, dict[str, Any]]:
    """Placeholder (`OpenWait`) to the payload of the first state that calls it."""
    found: dict[str, dict[str, Any]] = {}
    for machine in STARTED_BY:
        states = _states(machine)
        for name, state in states.items():
            if state["Type"] == TASK:
                asked = state["Arguments"]
                given = _context(machine) | {"input": _handed_to(name, machine, states)}
                function = asked["FunctionName"].strip("${}")
                found.setdefault(function, _value(asked["Payload"], given))
    return found


def execution(machine: str) -> str:
    """The ARN of an execution that never was."""
    return f"arn:aws:states:{REGION}:{ACCOUNT}:execution:pharmonico-embedded-{machine}:example"


def _states(machine: str) -> dict[str, Any]:
    states: dict[str, Any] = json.loads((STATE_MACHINES / f"{machine}.asl.json").read_text())[
        "States"
    ]
    return states


def _context(machine: str) -> dict[str, Any]:
    """`$states` while a task runs."""
    started = example(STARTED_BY[machine])
    return {
        "context": {
            "Execution": {"Id": execution(machine), "Input": started},
            "Task": {"Token": TOKEN},
        },
        "errorOutput": FAILURE,
    }


def _handed_to(name: str, machine: str, states: dict[str, Any]) -> Any:
    """What a state that only failures lead to gets from the first of them."""
    outputs = (caught["Output"] for caught in _caught(states) if caught["Next"] == name)
    return _value(next(outputs, {}), _context(machine))


def _caught(states: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (caught for state in states.values() for caught in state.get("Catch", []))


def _value(written: Any, states: dict[str, Any]) -> Any:
    """What is written, with every expression replaced by what it says."""
    if isinstance(written, dict):
        return {key: _value(each, states) for key, each in written.items()}
    if isinstance(written, str) and written.startswith("{%"):
        expression = jsonata.Jsonata(written.removeprefix("{%").removesuffix("%}"))
        frame = expression.create_frame()
        frame.bind("states", states)
        return expression.evaluate(None, frame)
    return written
