"""The lists of ops and providers, through the handler on the memory adapters."""

from __future__ import annotations

from pharmonico.fulfillment.status import Status

from tests.builders import an_order, stored
from tests.unit.ops_api.test_ops_api import LISTS, PATH, RX, Office, office

__all__ = ["office"]


def test_lists_go_page_by_page_newest_first(office: Office) -> None:
    ids = [f"rx_{number:026}" for number in range(5)]
    for order_id in ids:
        stored(office.orders, id=order_id)
    seen, cursor = [], None
    while True:
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        answer = office.ask("GET", "/api/v1/prescriptions", query=query)
        seen += [item["id"] for item in answer.json["items"]]
        cursor = answer.json.get("next_cursor")
        if cursor is None:
            break
    assert seen == ids[::-1]


def test_a_cursor_of_one_list_is_refused_by_another(office: Office) -> None:
    for number in range(3):
        stored(office.orders, id=f"rx_{number:026}")
    cursor = office.ask("GET", "/api/v1/prescriptions", query={"limit": "1"}).json["next_cursor"]
    query = {"cursor": cursor, "status": "paid"}
    answer = office.ask("GET", "/api/v1/prescriptions", query=query)
    assert (answer.status, answer.json["code"]) == (422, "request.bad_cursor")


def test_a_provider_lists_only_its_own(office: Office) -> None:
    stored(office.orders, id=RX)
    foreign = an_order().origin.model_copy(update={"client_id": "other"})
    stored(office.orders, id="rx_02", origin=foreign)
    answer = office.ask("GET", "/api/v1/prescriptions", "clinic")
    assert [item["id"] for item in answer.json["items"]] == [RX]


def test_a_provider_lists_how_its_own_are_doing_and_no_patient(office: Office) -> None:
    stored(office.orders, id=RX, hold_reason="npi.check_digit")
    (item,) = office.ask("GET", "/api/v1/prescriptions", "clinic").json["items"]
    assert item["status"] == "received"
    assert item.keys() == office.ask("GET", PATH, "clinic").json.keys()


def test_a_list_of_patients_is_audited_with_whom_it_showed(office: Office) -> None:
    stored(office.orders, id=RX)
    stored(office.orders, id="rx_02")
    office.index()
    office.ask("GET", "/api/v1/prescriptions", query={"q": "Jordan", "status": "received"})
    (entry,) = office.trail.chain(LISTS)
    assert entry.act.action == "prescriptions_listed"
    assert entry.act.actor.id == "usr_ops"
    assert entry.act.detail == {"shown": f"rx_02 {RX}", "by": "status q"}
    assert "Jordan" not in entry.model_dump_json()


def test_a_list_that_shows_nobody_is_no_read(office: Office) -> None:
    stored(office.orders, id=RX)
    office.ask("GET", "/api/v1/prescriptions", query={"q": "nobody"})
    office.ask("GET", "/api/v1/prescriptions", "clinic")
    assert office.trail.chain(LISTS) == ()


def test_lists_filter_by_status_and_text(office: Office) -> None:
    stored(office.orders, id=RX, status=Status.PAID)
    stored(office.orders, id="rx_02")
    office.index()
    for query in ({"status": "paid"}, {"q": RX}, {"q": "doe jord", "status": "paid"}):
        answer = office.ask("GET", "/api/v1/prescriptions", query=query)
        assert [item["id"] for item in answer.json["items"]] == [RX]


def test_lists_begin_with_the_oldest_where_that_is_asked(office: Office) -> None:
    ids = [f"rx_{number:026}" for number in range(3)]
    for order_id in ids:
        stored(office.orders, id=order_id)
    answer = office.ask("GET", "/api/v1/prescriptions", query={"sort": "oldest"})
    assert [item["id"] for item in answer.json["items"]] == ids


def test_an_unchanged_list_costs_no_body_and_is_no_new_read(office: Office) -> None:
    stored(office.orders, id=RX)
    seen = office.ask("GET", "/api/v1/prescriptions").headers["etag"]
    known = {"If-None-Match": seen}
    assert office.ask("GET", "/api/v1/prescriptions", headers=known).status == 304
    assert len(office.trail.chain(LISTS)) == 1
    stored(office.orders, id="rx_02")
    assert office.ask("GET", "/api/v1/prescriptions", headers=known).status == 200


def test_a_bare_date_of_a_filter_is_midnight_utc(office: Office) -> None:
    stored(office.orders, id=RX)
    for query, found in (({"from": "2026-09-15"}, [RX]), ({"to": "2026-09-15T11:59:59"}, [])):
        answer = office.ask("GET", "/api/v1/prescriptions", query=query)
        assert [item["id"] for item in answer.json["items"]] == found
