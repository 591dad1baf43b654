"""Letters that did not arrive: marked, shown as a step of their own, sent again or settled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.correspondence.failed import LETTER_FAILED, resend_all
from pharmonico.fulfillment.correspondence.papers import OutgoingLetter
from pharmonico.fulfillment.desk.failures import open_failures, resolve
from pharmonico.fulfillment.desk.notes import a_note
from pharmonico.fulfillment.desk.papers import LETTER, Note
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, Invalid

from tests.builders import EXECUTION, published, stored
from tests.prescribing import RX
from tests.unit.correspondence.conftest import correspondence
from tests.unit.desk.test_failures import broken, shown
from tests.unit.desk_api.test_desk_api import FAILURES, Office, office, rx

if TYPE_CHECKING:
    from tests.unit.correspondence.conftest import Correspondence

__all__ = ["correspondence", "office"]

OPS = Actor(id="usr_ops", role="ops")
AWAY = Invalid("prescriber.turned_away", "The prescriber's system answered HTTP 400.")


def refused(_: Any) -> Any:
    raise AWAY


def lost(post: Correspondence, cause: str = "evt_1") -> str:
    """A letter that the prescriber's system turned away."""
    post.prescribers.answers = refused
    letter = post.queued(cause)
    post.send(letter)
    return letter


def alerts(post: Correspondence) -> tuple[str, ...]:
    return post.orders.get(RX).alerts


def again(post: Correspondence) -> None:
    resend_all(RX, actor=OPS, orders=post.orders, clock=post.clock)


def test_a_letter_that_failed_marks_its_prescription(correspondence: Correspondence) -> None:
    assert correspondence.letter(lost(correspondence)).failed_at == correspondence.clock.now()
    assert alerts(correspondence) == (LETTER_FAILED,)
    desk = shown(correspondence.orders, RX)
    (row,) = open_failures(orders=correspondence.orders, failures=desk)
    assert (row.step, row.machine, row.code) == (LETTER, "correspondence", AWAY.code)
    assert (row.count, row.words) == (1, "The prescriber's system refused the message.")


def test_all_that_failed_are_one_row_and_sent_again_together(
    correspondence: Correspondence,
) -> None:
    first = lost(correspondence, "evt_1")
    correspondence.clock.advance(timedelta(hours=1))
    second = lost(correspondence, "evt_2")
    (row,) = shown(correspondence.orders, RX).open(limit=9)
    assert (row.count, row.last_seen - row.first_seen) == (2, timedelta(hours=1))
    again(correspondence)
    assert {correspondence.letter(each).status for each in (first, second)} == {"queued"}
    assert correspondence.told()[-2:] == [("prescriber_message_required", None)] * 2
    assert alerts(correspondence) == ()
    assert shown(correspondence.orders, RX).open(limit=9) == ()
    with pytest.raises(Conflict, match=r"letter\.not_failed"):
        again(correspondence)


def test_a_row_whose_letters_were_sent_meanwhile_is_not_shown(
    correspondence: Correspondence,
) -> None:
    lost(correspondence)
    desk = shown(correspondence.orders, RX)
    again(correspondence)
    assert open_failures(orders=correspondence.orders, failures=desk) == ()


def test_one_that_cannot_be_written_is_only_settled(correspondence: Correspondence) -> None:
    key = lost(correspondence)
    letter = correspondence.letter(key)
    correspondence.orders.put_document(RX, letter.model_copy(update={"raw_base64": ""}))
    with pytest.raises(Conflict, match=r"letter\.not_failed"):
        again(correspondence)
    order = correspondence.orders.get(RX)
    after = resolve(
        RX,
        note=a_note("called the clinic", actor=OPS, clock=correspondence.clock, about="resolve"),
        acknowledged=frozenset(),
        expected_revision=order.revision,
        orders=correspondence.orders,
        clock=correspondence.clock,
    )
    assert (after.alerts, after.revision) == ((), order.revision + 1)
    assert correspondence.letter(key).settled_at == correspondence.clock.now()
    assert [note.text for note in correspondence.orders.documents(RX, Note)] == [
        "called the clinic"
    ]
    assert shown(correspondence.orders, RX).open(limit=9) == ()


def test_of_several_requests_the_newest_is_asked_again(correspondence: Correspondence) -> None:
    keys = [lost(correspondence, cause) for cause in ("evt_1", "evt_2")]
    for hours, key in enumerate(keys):
        letter = correspondence.letter(key)
        asked = {
            "message_type": "RxChangeRequest",
            "composed_at": letter.composed_at + timedelta(hours=hours),
        }
        correspondence.orders.put_document(RX, letter.model_copy(update=asked))
    again(correspondence)
    assert [correspondence.letter(key).status for key in keys] == ["failed", "queued"]
    assert alerts(correspondence) == (LETTER_FAILED,)
    with pytest.raises(Conflict, match=r"letter\.not_failed"):
        again(correspondence)


def failing(office: Office, number: int) -> None:
    """A prescription with a letter that failed."""
    order = office.orders.get(rx(number))
    letter = OutgoingLetter(
        key=f"L-{number}",
        message_type="Error",
        about="npi.check_digit",
        client_id="clinic",
        relates_to="EX-1",
        raw_base64="PFg+",
        status="failed",
        problem=AWAY.code,
        composed_at=office.clock.now(),
        composed_by="usr_ops",
    )
    office.orders.save(order.model_copy(update={"alerts": (LETTER_FAILED,)}), documents=[letter])


def test_a_group_of_letters_is_redriven_like_any_other(office: Office) -> None:
    for number in range(3):
        stored(office.orders, id=rx(number))
        failing(office, number)
    broken(office.orders, a_stage_failure(office), "Ship")
    office.index()
    groups = office.ask("GET", FAILURES).json["groups"]
    found = [(each["step"], each["code"], each["count"]) for each in groups]
    assert found == [(LETTER, AWAY.code, 4), ("Ship", "payer.silent", 1)]
    wanted = {"failures": {"step": LETTER, "code": AWAY.code}}
    assert office.bulk("redrive", **wanted).json["done"] == 4
    assert office.bulk("redrive", **wanted, dry_run=False).json["done"] == 4
    assert published(office.orders).count("prescriber_message_required") == 4
    assert "prescription_resumed" not in published(office.orders)
    office.index()
    assert [each["step"] for each in office.ask("GET", FAILURES).json["groups"]] == ["Ship"]


def a_stage_failure(office: Office) -> str:
    """A prescription that stopped in a stage, and whose letter failed as well."""
    order = stored(office.orders, id=rx(7), status=Status.DISPENSED, owner=EXECUTION)
    failing(office, 7)
    return order.id


def test_both_rows_of_one_prescription_come_page_by_page(office: Office) -> None:
    broken(office.orders, a_stage_failure(office), "Ship")
    office.index()
    listing, seen, query = f"{FAILURES}/prescriptions", [], {"limit": "1"}
    for _ in range(2):
        page = office.ask("GET", listing, query=query).json
        seen += [(item["step"], item["machine"]) for item in page["items"]]
        query["cursor"] = page["next_cursor"]
    assert seen == [(LETTER, "correspondence"), ("Ship", "fulfillment")]
    assert query["cursor"] is None


def test_by_name_only_letters_are_sent_where_nothing_else_has_failed(office: Office) -> None:
    stored(office.orders, id=rx(1))
    failing(office, 1)
    broken(office.orders, a_stage_failure(office), "Ship")
    done = office.bulk("redrive", prescriptions=[rx(1), rx(7)], dry_run=False).json["done"]
    assert (done, published(office.orders).count("prescription_resumed")) == (2, 1)
    assert published(office.orders).count("prescriber_message_required") == 1


def test_letters_are_settled_with_a_note(office: Office) -> None:
    stored(office.orders, id=rx(1))
    failing(office, 1)
    office.index()
    path = f"{FAILURES}/{rx(1)}/resolve"
    assert office.post(path, note="called the clinic").status == 200
    assert office.ask("GET", FAILURES).json["groups"] == []
    assert office.post(path, revision=2, note="once more").json["code"] == "failure.none"
