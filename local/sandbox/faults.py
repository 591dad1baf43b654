"""Faults on order: make a provider answer with an error, hang, or do the work and lose the answer.

One fault is `{id, provider, kind, times, status, path, method, delay_s, when}`. `times` -1 lasts
until it is cleared. `when: "after"` lets the provider do its work first: the caller sees a failure
although the label is bought or the claim is paid, which is what exactly-once code must survive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from local.sandbox.state import token

if TYPE_CHECKING:
    from local.sandbox.state import Json, State

PROVIDERS = ("stripe", "shippo", "twilio", "ses", "payer", "prescriber")
KINDS = ("error", "timeout")
MOMENTS = ("before", "after")
DELAY_S_MAX = 120.0
ALWAYS = -1


class Faults:
    """The standing orders; each matching call uses one up."""

    def __init__(self, *, state: State) -> None:
        self._state = state
        self._shelf = state.shelf("faults")

    def add(self, order: Json) -> Json:
        fault = _checked(order)
        self._state.changed()
        return self._shelf.put(fault["id"], fault)

    def all(self) -> list[Json]:
        return list(self._shelf.newest())

    def clear(self, fault_id: str | None = None) -> None:
        if fault_id is None:
            self._shelf.clear()
        else:
            self._shelf.drop(fault_id)
        self._state.changed()

    def take(self, provider: str, method: str, path: str) -> Json | None:
        """The oldest fault that fits this call, counted down; None when all is well."""
        for fault in reversed(self.all()):
            if _fits(fault, provider, method, path):
                self._use_up(fault)
                return fault
        return None

    def _use_up(self, fault: Json) -> None:
        fault["hits"] += 1
        if fault["times"] != ALWAYS:
            fault["times"] -= 1
            if fault["times"] == 0:
                self._shelf.drop(fault["id"])


def _fits(fault: Json, provider: str, method: str, path: str) -> bool:
    return (
        fault["provider"] == provider
        and fault["method"] in ("", method)
        and path.startswith(fault["path"])
    )


def _checked(order: Json) -> Json:
    try:
        fault: Json = {
            "id": token("fault_", 6),
            "provider": _one_of(order, "provider", PROVIDERS),
            "kind": _one_of(order, "kind", KINDS),
            "when": _one_of({"when": "before", **order}, "when", MOMENTS),
            "times": int(order.get("times", 1)),
            "status": int(order.get("status", 500)),
            "method": str(order.get("method") or "").upper(),
            "path": str(order.get("path") or ""),
            "delay_s": min(max(float(order.get("delay_s", 30)), 0), DELAY_S_MAX),
            "hits": 0,
        }
    except (TypeError, ValueError) as bad:
        raise HTTPException(400, "times, status and delay_s are numbers") from bad
    if fault["times"] == 0 or fault["times"] < ALWAYS or not 400 <= fault["status"] <= 599:  # noqa: PLR2004 - HTTP's own limits
        raise HTTPException(400, "times is 1 or more, or -1; status is 400 to 599")
    return fault


def _one_of(order: Json, name: str, allowed: tuple[str, ...]) -> str:
    value = order.get(name)
    if value not in allowed:
        raise HTTPException(400, f"{name} is one of {', '.join(allowed)}")
    return str(value)


def error_body(provider: str, status: int) -> Json:
    """A failure in the words of the provider, so that its SDK raises its own error class."""
    words = "The sandbox was told to fail this call."
    if provider == "stripe":
        return {"error": {"type": "api_error", "message": words}}
    if provider == "twilio":
        return {"code": 20500, "message": words, "more_info": "", "status": status}
    if provider == "shippo":
        return {"detail": words}
    return {"message": words}
