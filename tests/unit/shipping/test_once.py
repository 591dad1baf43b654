"""One label per parcel: the function is killed before and after every call it makes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.fulfillment.shipping.carriers import NoAnswer, PurchasePending
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import PharmonicoError, Unavailable

from tests.breaking import broken

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.shipping.conftest import Dock

OUTSIDE = ("orders", "directory", "carriers", "labels")
TRIES_MAX = 12
RETRY_AFTER = timedelta(seconds=30)


class KilledError(BaseException):
    """The process is gone: no `except Exception` of it ever runs."""


class Wires:
    """Between a dock and its collaborators: counts calls, and acts at one of them."""

    def __init__(self, dock: Dock, act: Callable[[], None], *, at: int, after: bool) -> None:
        self.names: list[str] = []
        self._act, self._at, self._after = act, at, after
        self._dock, self._kept = dock, {name: getattr(dock, name) for name in OUTSIDE}
        for name, thing in self._kept.items():
            setattr(dock, name, _Wired(thing, self))

    def cut(self) -> None:
        for name, thing in self._kept.items():
            setattr(self._dock, name, thing)

    def through(self, name: str, call: Callable[[], Any]) -> Any:
        self.names.append(name)
        is_here = len(self.names) == self._at
        if is_here and not self._after:
            self._act()
        answer = call()
        if is_here and self._after:
            self._act()
        return answer


class _Wired:
    def __init__(self, thing: Any, wires: Wires) -> None:
        self._thing, self._wires = thing, wires

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._thing, name)
        if not callable(found):
            return found
        return lambda *given, **named: self._wires.through(name, lambda: found(*given, **named))


def die() -> None:
    raise KilledError


def calls_of(a_dock: Callable[[], Dock], verb: str, prepare: Callable[[Dock], Any]) -> list[str]:
    """Which calls an undisturbed run makes, in order."""
    dock = a_dock()
    prepare(dock)
    wires = Wires(dock, die, at=0, after=False)
    getattr(dock, verb)()
    return wires.names


def until_done(dock: Dock, verb: str) -> str:
    """As the machine does it: again after a while, whatever was raised."""
    for _ in range(TRIES_MAX):
        try:
            return str(getattr(dock, verb)())
        except PharmonicoError:
            dock.clock.advance(RETRY_AFTER)
    raise AssertionError(f"{verb} never ended")


def unvoided(dock: Dock) -> list[str]:
    sold = [label.transaction_id for *_, label in dock.carriers.bought]
    return [transaction_id for transaction_id in sold if transaction_id not in dock.carriers.voided]


def places(names: list[str]) -> list[tuple[int, bool]]:
    return [(at, after) for at in range(1, len(names) + 1) for after in (False, True)]


def test_killed_anywhere_it_buys_one_label(a_dock: Callable[[], Dock]) -> None:
    names = calls_of(a_dock, "ship", lambda dock: dock.given())
    assert {"rates", "buy", "pdf", "put", "save", "put_document"} <= set(names)
    for at, after in places(names):
        dock = a_dock()
        dock.given()
        Wires(dock, die, at=at, after=after)
        with pytest.raises(KilledError):
            dock.ship()
        assert until_done(dock, "ship") == "shipped"
        assert len(dock.carriers.bought) == 1, (names[at - 1], after)
        assert (dock.shipment.transaction_id, len(dock.labels.files)) == ("txn_1", 1)
        assert dock.told == ["shipping_label_generated"]


def test_killed_twice_it_buys_one_label(a_dock: Callable[[], Dock]) -> None:
    names = calls_of(a_dock, "ship", lambda dock: dock.given())
    for first, after in places(names):
        for second in range(1, len(names) + 1):
            dock = a_dock()
            dock.given()
            for at in (first, second):
                wires = Wires(dock, die, at=at, after=after)
                try:
                    dock.ship()
                except (KilledError, PurchasePending):
                    dock.clock.advance(RETRY_AFTER)
                wires.cut()
            assert until_done(dock, "ship") == "shipped"
            assert len(dock.carriers.bought) == 1, (names[first - 1], second, after)


def test_cancelled_at_any_moment_no_label_stays_paid_for(a_dock: Callable[[], Dock]) -> None:
    names = calls_of(a_dock, "ship", lambda dock: dock.given())
    for at, after in places(names):
        for dies in (False, True):
            dock = a_dock()
            dock.given()
            Wires(dock, lambda dock=dock, dies=dies: cancelled(dock, dies=dies), at=at, after=after)
            try:
                dock.ship()
            except (KilledError, PharmonicoError):
                dock.clock.advance(RETRY_AFTER)
            assert until_done(dock, "void") in {"voided", "no_label"}
            assert unvoided(dock) == [], (names[at - 1], after, dies)
            assert dock.order.status is Status.CANCELLED


def cancelled(dock: Dock, *, dies: bool) -> None:
    """The cancellation comes, and looks for the label at once; perhaps the buyer dies with it."""
    if dock.order.status is Status.CANCELLED:
        return
    dock.cancel()
    try:
        dock.void()
    except PurchasePending:
        dock.clock.advance(timedelta(seconds=1))
    if dies:
        raise KilledError


def test_a_void_killed_anywhere_gives_the_label_back_once(a_dock: Callable[[], Dock]) -> None:
    def shipped_and_cancelled(dock: Dock) -> None:
        dock.given()
        dock.ship()
        dock.cancel()

    names = calls_of(a_dock, "void", shipped_and_cancelled)
    assert "void" in names
    for at, after in places(names):
        dock = a_dock()
        shipped_and_cancelled(dock)
        Wires(dock, die, at=at, after=after)
        with pytest.raises(KilledError):
            dock.void()
        until_done(dock, "void")
        assert dock.carriers.voided == ["txn_1"]
        assert dock.told.count("shipping_label_voided") == 1
        assert not dock.order.undo_due


def test_a_purchase_that_lands_late_is_not_made_twice(dock: Dock) -> None:
    dock.given()
    lost = NoAnswer("shipping.provider_unavailable", "no answer")
    with broken(dock.carriers, "buy", lost), pytest.raises(NoAnswer):
        dock.ship()
    dock.clock.advance(timedelta(seconds=20))
    with pytest.raises(PurchasePending):
        dock.ship()
    plan = dock.shipment
    dock.carriers.buy(str(plan.rate_id), reference=f"rx_01TEST:{plan.shipment_id}")
    assert dock.ship() == "shipped"
    assert len(dock.carriers.bought) == 1


def test_one_call_waits_for_a_purchase_that_lands_meanwhile(
    dock: Dock, monkeypatch: pytest.MonkeyPatch
) -> None:
    dock.given()
    lost = NoAnswer("shipping.provider_unavailable", "no answer")
    with broken(dock.carriers, "buy", lost), pytest.raises(NoAnswer):
        dock.ship()
    plan, pause = dock.shipment, dock.pause

    def landing(seconds: float) -> None:
        pause(seconds)
        if not dock.carriers.bought:
            dock.carriers.buy(str(plan.rate_id), reference=f"rx_01TEST:{plan.shipment_id}")

    monkeypatch.setattr(dock, "pause", landing)
    assert dock.ship() == "shipped"
    assert len(dock.carriers.bought) == 1


def test_a_carrier_that_answered_that_it_sold_nothing_is_asked_again_at_once(dock: Dock) -> None:
    dock.given()
    down = Unavailable("shipping.provider_unavailable", "down")
    with broken(dock.carriers, "buy", down), pytest.raises(Unavailable):
        dock.ship()
    assert dock.ship() == "shipped"
    assert len(dock.carriers.bought) == 1
