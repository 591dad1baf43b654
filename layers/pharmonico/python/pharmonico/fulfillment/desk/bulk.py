"""One act upon many prescriptions: first who they are and what would come of it, then each alone.

Nothing is done twice: what is done already, and what the act does not apply to, is refused for
that one prescription with its reason, and the others go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pharmonico.fulfillment.correspondence.failed import LETTER_FAILED, resend_all
from pharmonico.fulfillment.desk import holds
from pharmonico.fulfillment.desk.failures import is_failed
from pharmonico.fulfillment.desk.notes import a_note, assign
from pharmonico.fulfillment.desk.papers import LETTER
from pharmonico.fulfillment.enrollment.enroll import start_enrollment
from pharmonico.fulfillment.machine.failing import redrive
from pharmonico.fulfillment.machine.reopening import REOPENS_AS, reopen
from pharmonico.fulfillment.retrying import on_conflict
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, PharmonicoError, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.desk.papers import ActName
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

DONE_MAX = 100
"""Prescriptions that one call acts upon; call again for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be done and why; `assignee` and `hold_reason` for the acts that need them.

    `step` is the failures' where these were chosen: a redrive of letters sends them once more.
    """

    act: ActName
    reason: str
    assignee: str | None = None
    hold_reason: str = "ops"
    step: str | None = None

    def is_about_letters(self, order: Order) -> bool:
        """Whether a redrive of this one means its letters: they failed, and nothing else has."""
        return self.step == LETTER or not is_failed(order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the acts work with."""

    actor: Actor
    orders: Orders
    tokens: Tokens
    clock: Clock


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one prescription, or would."""

    prescription_id: str
    outcome: Literal["done", "would_do", "refused"]
    code: str = ""
    detail: str = ""


def foresee(found: Sequence[Order], wish: Wish) -> list[Result]:
    """What the act would come to, as far as the prescriptions tell."""
    return [_foreseen(order, wish) for order in found]


def carry_out(order: Order, wish: Wish, *, tools: Tools) -> Result:
    """Act upon one prescription; whatever is wrong with it stays with it."""
    foreseen = _foreseen(order, wish)
    if foreseen.outcome == "refused":
        return foreseen
    try:
        on_conflict(_acts(order.id, wish, tools)[wish.act])
    except PharmonicoError as error:
        return Result(order.id, "refused", error.code, error.detail)
    return Result(order.id, "done")


def _foreseen(order: Order, wish: Wish) -> Result:
    try:
        _CHECKS[wish.act](order, wish)
    except Rejected as refusal:
        return Result(order.id, "refused", refusal.code, refusal.detail)
    return Result(order.id, "would_do")


def _acts(order_id: str, wish: Wish, tools: Tools) -> dict[ActName, Callable[[], object]]:
    """Each act by its use case. The reason goes along as a note."""
    actor, orders, clock = tools.actor, tools.orders, tools.clock
    note = a_note(wish.reason, actor=actor, clock=clock, about=wish.act)
    by: dict[str, Any] = {"actor": actor, "orders": orders, "clock": clock}

    def noted(act: Callable[[], object]) -> Callable[[], object]:
        def run() -> None:
            act()
            orders.put_document(order_id, note)

        return run

    return {
        "redrive": noted(lambda: _start_again(order_id, wish, by)),
        "release": noted(lambda: reopen(order_id, expected_revision=None, **by)),
        "start_enrollment": noted(lambda: start_enrollment(order_id, tokens=tools.tokens, **by)),
        "assign": noted(
            lambda: assign(
                order_id,
                wish.assignee,
                taken_from=orders.get(order_id).assignee,
                orders=orders,
                clock=clock,
            )
        ),
        "hold": lambda: holds.hold(
            order_id, reason=wish.hold_reason, note=note, expected_revision=None, **by
        ),
        "let_go": lambda: holds.let_go(order_id, note=note, expected_revision=None, **by),
    }


def _start_again(order_id: str, wish: Wish, by: dict[str, Any]) -> Order:
    if wish.is_about_letters(by["orders"].get(order_id)):
        return resend_all(order_id, **by)
    return redrive(order_id, expected_revision=None, **by)


def _check_redrive(order: Order, wish: Wish) -> None:
    if wish.is_about_letters(order) and LETTER_FAILED in order.alerts:
        return
    if not is_failed(order):
        raise Conflict("failure.none", "This prescription has no failure to redrive.")
    order.expect_no_hold()


def _check_release(order: Order, _: Wish) -> None:
    if order.status is Status.VALIDATION_ISSUE:
        raise Conflict("bulk.one_by_one", "What validation held is released one by one.")
    if order.status not in REOPENS_AS:
        raise Conflict("order.not_resting", f"One that is {order.status} is not on hold.")


def _check_start(order: Order, _: Wish) -> None:
    """Only who was not invited yet: a second invitation is sent one by one."""
    if order.status is not Status.VALIDATED:
        raise Conflict("enrollment.not_startable", f"It is {order.status}, not to be invited.")


def _check_hold(order: Order, _: Wish) -> None:
    holds.check_may_be_held(order)


def _check_let_go(order: Order, _: Wish) -> None:
    holds.check_is_held(order)


def _check_assign(order: Order, wish: Wish) -> None:
    if order.assignee == wish.assignee:
        raise Conflict("assignment.same", "It is with them already.")


_CHECKS: dict[ActName, Callable[[Order, Wish], None]] = {
    "redrive": _check_redrive,
    "release": _check_release,
    "start_enrollment": _check_start,
    "hold": _check_hold,
    "let_go": _check_let_go,
    "assign": _check_assign,
}
