"""Payers that fail in every way they can: nothing is believed by halves, nothing billed twice."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest
from ncpdp import telecom
from ncpdp.telecom import Answer
from pharmonico.adapters.memory.directory import MemoryDirectory
from pharmonico.fulfillment.adjudication.papers import Claim
from pharmonico.fulfillment.adjudication.stage import ADJUDICATED, adjudicate
from pharmonico.fulfillment.machine.work import HELD
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable

from local.seed.plans import PLANS
from tests.billing import rejects, says, selected, the_claim
from tests.builders import a_clock, work
from tests.payers import NPI
from tests.prescribing import RX, a_medication, a_pharmacy, an_enrollment, the_order
from tests.unit.adjudication.test_coordination import COMMERCIAL, SUPPLEMENT, Payers

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.adapters.memory.orders import MemoryOrders

    Fault = Callable[["Switch", bytes], bytes]

LATER = ("90", "91", "92", "95", "96", "97", "98")
FINAL = ("85", "99", "01", "40", "65", "70", "75", "79", "88")
PAYERS = pytest.mark.parametrize("second", [False, True])


@dataclass
class Switch:
    """The simulated payers behind a line that fails as told, one fault for each call."""

    faults: deque[Fault | None] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.payers = Payers()

    def send(self, request: bytes) -> bytes:
        fault = self.faults.popleft() if self.faults else None
        return self.payers.send(request) if fault is None else fault(self, request)


def silent(_: Switch, __: bytes) -> bytes:
    raise Unavailable("payer.unreachable", "nothing came back")


def loses_its_answer(line: Switch, request: bytes) -> bytes:
    line.payers.send(request)
    raise Unavailable("payer.unreachable", "nothing came back")


def noise(said: bytes) -> Fault:
    return lambda _line, _request: said


def works_and_says(said: bytes) -> Fault:
    def fault(line: Switch, request: bytes) -> bytes:
        line.payers.send(request)
        return said

    return fault


def says_half(line: Switch, request: bytes) -> bytes:
    answer = line.payers.send(request)
    return answer[: len(answer) // 2]


def speaks_of(**wrong: Any) -> Fault:
    """Pays, and says something else about it."""

    def fault(line: Switch, request: bytes) -> bytes:
        told = ncpdp.parse(line.payers.send(request))
        assert isinstance(told, telecom.Response)
        read = telecom.read_answer(told)
        facts = {name: getattr(read, name) for name in read.__dataclass_fields__}
        answer = Answer(**{**facts, **wrong})
        return ncpdp.write(telecom.respond(ncpdp.parse(request), answer))

    return fault


def answers_another(line: Switch, request: bytes) -> bytes:
    """Somebody else's answer: the same amounts for another prescription number."""
    line.payers.send(request)
    asked = ncpdp.parse(request)
    assert isinstance(asked, telecom.Request)
    claim = telecom.read_claim(asked)
    other = request.replace(claim.rx_number.encode(), b"000000000042")
    return Switch().send(other)


PASSING: dict[str, Fault] = {
    "silent": silent,
    "lost answer": loses_its_answer,
    "empty": noise(b""),
    "a web page": noise(b"<html>busy</html>"),
    "a header alone": noise(b"D0B11A01"),
    "work, then noise": works_and_says(b"\x00\xff"),
    "half an answer": says_half,
    "another prescription's": answers_another,
    "a cent too many": speaks_of(total_paid_minor=999_999),
    "a negative share": speaks_of(patient_pay_minor=-1, copay_minor=None),
    "no amounts": speaks_of(total_paid_minor=None, patient_pay_minor=None),
    "parts beyond the share": speaks_of(deductible_minor=999_999),
    **{f"host condition {code}": lambda _, asked, c=code: rejects(c)(asked) for code in LATER},
}
"""What may be over the next time."""


def billed(orders: MemoryOrders, line: Switch) -> str:
    directory = MemoryDirectory(
        medications=(a_medication(),), pharmacies=(a_pharmacy(npi=NPI),), plans=PLANS
    )
    return adjudicate(
        work(), orders=orders, directory=directory, payer=line, clock=a_clock()
    ).outcome


def a_line(fault: Fault, *, second: bool) -> tuple[MemoryOrders, Switch]:
    """The fault hits the only payer, or the one that is billed for what the first left."""
    coverage = SUPPLEMENT if second else None
    orders = selected(enrollment=an_enrollment(insurance=COMMERCIAL, secondary=coverage))
    return orders, Switch(deque([None, fault] if second else [fault]))


def fills(line: Switch) -> int:
    return sum(len(account.fills) for account in line.payers.book._accounts.values())


@PAYERS
@pytest.mark.parametrize("name", PASSING)
def test_what_passes_is_asked_again_and_billed_once(name: str, *, second: bool) -> None:
    orders, line = a_line(PASSING[name], second=second)
    with pytest.raises(Unavailable):
        billed(orders, line)
    assert the_order(orders).status is Status.PHARMACY_SELECTED
    asked = len(line.payers.sent)
    assert billed(orders, line) == ADJUDICATED.outcome
    assert len(line.payers.sent) == asked + 1
    claims = orders.documents(RX, Claim)
    assert [claim.status for claim in claims] == ["paid"] * (1 + second)
    assert fills(line) == 1 + second
    patient = the_order(orders).patient_pay
    assert patient == claims[-1].patient_pay
    paid = sum(claim.plan_paid.amount_minor for claim in claims if claim.plan_paid)
    price = [claims[0].ingredient, claims[0].dispensing_fee]
    assert paid + (patient.amount_minor if patient else 0) == sum(
        each.amount_minor for each in price if each
    )


def test_an_answer_cut_anywhere_is_never_believed_for_less_than_it_says() -> None:
    orders, line = a_line(silent, second=False)
    line.faults.clear()
    billed(orders, line)
    whole, request = the_claim(orders), line.payers.sent[0]
    answer = Payers().send(request)
    for length in range(len(answer)):
        orders, line = a_line(noise(answer[:length]), second=False)
        try:
            outcome = billed(orders, line)
        except Unavailable:
            continue
        claim = the_claim(orders)
        sums = (claim.plan_paid, claim.patient_pay, claim.ingredient, claim.dispensing_fee)
        full = (whole.plan_paid, whole.patient_pay, whole.ingredient, whole.dispensing_fee)
        assert outcome == HELD.outcome or sums == full, length


@PAYERS
@pytest.mark.parametrize("code", FINAL)
def test_what_does_not_pass_is_not_asked_again(code: str, *, second: bool) -> None:
    orders, line = a_line(lambda _, asked: rejects(code)(asked), second=second)
    outcome = billed(orders, line)
    assert outcome == (ADJUDICATED.outcome if second else HELD.outcome)
    refused = orders.documents(RX, Claim)[-1]
    assert (refused.status, refused.reject_codes) == ("rejected", (code,))
    assert fills(line) == int(second)


def test_a_duplicate_of_our_own_claim_pays_what_it_paid_the_first_time() -> None:
    orders, line = a_line(loses_its_answer, second=False)
    with pytest.raises(Unavailable):
        billed(orders, line)
    billed(orders, line)
    last = ncpdp.parse(Payers.send(line.payers, line.payers.sent[0]))
    assert isinstance(last, telecom.Response)
    assert telecom.read_answer(last).status == "D"
    assert (the_claim(orders).status, fills(line)) == ("paid", 1)


def test_another_claim_under_our_numbers_is_taken_back_and_ours_billed() -> None:
    """83: somebody else's claim was paid under our number; after the reversal ours counts."""
    orders, line = a_line(lambda _, asked: rejects("83")(asked), second=False)
    assert billed(orders, line) == ADJUDICATED.outcome
    kinds = [ncpdp.parse(sent).type for sent in line.payers.sent]
    assert kinds == ["B2", "B1"]
    assert (the_claim(orders).was_disputed, fills(line)) == (True, 1)


def test_a_payer_that_insists_is_for_people() -> None:
    insists: Fault = lambda _, asked: rejects("83")(asked)  # noqa: E731 - a fault is one expression
    orders, line = a_line(insists, second=False)
    line.faults.extend([says_taken_back, insists])
    assert billed(orders, line) == HELD.outcome
    assert the_order(orders).hold_reason == "claim.83"


def says_taken_back(_: Switch, request: bytes) -> bytes:
    return says(Answer(status="A"))(request)
