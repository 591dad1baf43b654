"""Stage: rank the pharmacies that may fill the prescription, or say that there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import NoPharmacyFound, PharmaciesRecommended
from pharmonico.fulfillment.adjudication.papers import Billing
from pharmonico.fulfillment.directory import pharmacy_id_of
from pharmonico.fulfillment.dispensing.papers import Refusal
from pharmonico.fulfillment.documents import Enrollment, Ranking, Script, Validation
from pharmonico.fulfillment.machine.ownership import own
from pharmonico.fulfillment.machine.waiting import WAITING, wait_of
from pharmonico.fulfillment.machine.work import HELD, SUPERSEDED, OpenWait, Outcome, Work
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.routing.need import Need, asked_by
from pharmonico.fulfillment.routing.search import search
from pharmonico.fulfillment.routing.zips import locate
from pharmonico.fulfillment.status import Status, reached

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Directory, Plan
    from pharmonico.fulfillment.documents import Insurance
    from pharmonico.fulfillment.loads import Loads
    from pharmonico.fulfillment.machine.waits import Wait
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.routing.roster import Rosters
    from pharmonico.fulfillment.routing.scoring import Policy
    from pharmonico.kit.clock import Clock

ROUTED = Outcome(outcome="routed")
NOWHERE = "routing.address_unknown"
NOBODY = "routing.no_pharmacy"


def route(
    work: Work,
    *,
    orders: Orders,
    directory: Directory,
    rosters: Rosters,
    loads: Loads,
    policy: Policy,
    clock: Clock,
) -> Outcome:
    """Attach the ranking; a prescription nobody may fill rests with ops.

    Whoever brings the token of the wait behind it has it left in the same write, and is answered
    `WAITING`.
    """
    order = own(work, orders=orders, clock=clock)
    if order is None:
        return SUPERSEDED
    if reached(order.status, Status.AWAITING_PHARMACY_SELECTION):
        return ROUTED
    enrollment = orders.document(order.id, Enrollment)
    insurance = _insured(order, enrollment, orders)
    need = need_of(order, enrollment, insurance, orders=orders, directory=directory, clock=clock)
    ranking = Ranking(
        policy_version=policy.version,
        weights=policy.weights,
        need=need,
        candidates=(),
        ranked_at=clock.now(),
        version=_version(order, orders),
    )
    if need is not None:
        found = search(need, directory=directory, rosters=rosters, loads=loads, policy=policy)
        seen = {"candidates": found.candidates, "excluded": found.excluded}
        ranking = ranking.model_copy(update=seen)
    reason = NOWHERE if need is None else NOBODY
    known = order.model_copy(update={"plan": plan_name(insurance)})
    wait = wait_of(work, clock=clock) if isinstance(work, OpenWait) else None
    return _settle(known, ranking, reason, wait, orders=orders, clock=clock)


def need_of(
    order: Order,
    enrollment: Enrollment | None,
    insurance: Insurance | None,
    *,
    orders: Orders,
    directory: Directory,
    clock: Clock,
) -> Need | None:
    """What the prescription asks of a pharmacy; None when nobody knows where the patient lives."""
    delivery = enrollment.delivery if enrollment else None
    home = locate(delivery.postal_code) if delivery else None
    if delivery is None or home is None:
        return None
    facts = orders.document(order.id, Validation)
    medication = directory.medication(facts.ndc) if facts and facts.ndc else None
    schedule = facts.dea_schedule if facts else None
    return Need.model_validate(
        {
            **asked_by(medication, _plan(insurance, directory)),
            "home": home,
            "state": delivery.state,
            "at": clock.now(),
            "schedule": schedule,
            "addressed_to": _addressed(order, orders) if schedule else None,
            "refused_by": _refused_by(order, orders),
        }
    )


def plan_name(insurance: Insurance | None) -> str | None:
    """BIN and PCN, as the lists show and filter them."""
    return f"{insurance.bin}-{insurance.pcn}".rstrip("-") if insurance else None


def _insured(order: Order, enrollment: Enrollment | None, orders: Orders) -> Insurance | None:
    """Who will be billed: what people put right, and nobody for who pays cash.

    Before the first billing there is nothing of theirs: that run is spared the read.
    """
    entered = enrollment.insurance if enrollment else None
    billing = orders.document(order.id, Billing) if order.run > 1 else None
    if billing is None:
        return entered
    return None if billing.is_cash else billing.insurance or entered


def _plan(insurance: Insurance | None, directory: Directory) -> Plan | None:
    if insurance is None:
        return None
    return directory.plan(insurance.bin, insurance.pcn, insurance.group)


def _addressed(order: Order, orders: Orders) -> str | None:
    """The pharmacy the prescriber named: a controlled substance stays with it."""
    script = orders.document(order.id, Script)
    named = (script.message.get("pharmacy") or {}) if script else {}
    ncpdp_id = named.get("ncpdp_id")
    return pharmacy_id_of(ncpdp_id) if ncpdp_id else None


def _refused_by(order: Order, orders: Orders) -> frozenset[str]:
    """Who would not dispense it before; a first run cannot have been refused: spare it the read."""
    refusals = orders.documents(order.id, Refusal) if order.run > 1 else ()
    return frozenset(refusal.pharmacy_id for refusal in refusals)


def _version(order: Order, orders: Orders) -> int:
    """A first run has no ranking yet; spare it the read."""
    before = orders.document(order.id, Ranking) if order.run > 1 else None
    return before.version if before else 0


def _settle(
    order: Order,
    ranking: Ranking,
    reason: str,
    wait: Wait | None,
    *,
    orders: Orders,
    clock: Clock,
) -> Outcome:
    now = clock.now()
    if ranking.candidates:
        over = {"hold_reason": None, "wait": wait}  # a token that was answered need not be kept
        after = order.moved(Status.AWAITING_PHARMACY_SELECTION, at=now, **over)
        event = record(PharmaciesRecommended, after, before=order, clock=clock)
        orders.save(after, events=[event], documents=[ranking])
        return WAITING if wait else ROUTED
    after = order.moved(Status.NO_PHARMACY, at=now, owner=None, hold_reason=reason)
    missing = record(NoPharmacyFound, after, before=order, clock=clock)
    orders.save(after, events=[missing], documents=[ranking])
    return HELD
