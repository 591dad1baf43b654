"""Saved views: one's own and everybody's, by link, and never over another's change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.unit.desk_api.test_desk_api import Office, office

if TYPE_CHECKING:
    from tests.gateway import Answer

__all__ = ["office"]

PATH = "/api/v1/views"
STALE = {
    "name": "Stale rejections",
    "tab": "adjudication",
    "filters": {"status": ["claim_rejected"], "sort": "oldest", "from": "2026-09-01T00:00:00Z"},
    "columns": ["patient_name", "drug"],
}


def saved(office: Office, who: str = "ops", **changes: Any) -> Answer:
    return office.post(PATH, who, **{**STALE, **changes})


def changed(office: Office, view: str, version: int, who: str = "ops", **changes: Any) -> Answer:
    body = {**STALE, **changes}
    guard = {"If-Match": f'"v{version}"'}
    return office.ask("PUT", f"{PATH}/{view}", who, headers=guard, body=body)


def listed(office: Office, who: str = "ops") -> list[str]:
    return [item["name"] for item in office.ask("GET", PATH, who).json["items"]]


def test_a_view_is_saved_and_read_back_as_it_was(office: Office) -> None:
    made = saved(office)
    assert made.status == 201
    assert made.headers["location"] == f"{PATH}/{made.json['view_id']}"
    read = office.ask("GET", made.headers["location"]).json
    assert read == made.json
    assert read["filters"]["from"].startswith("2026-09-01")
    assert (read["filters"]["status"], read["mine"], read["shared"]) == (
        ["claim_rejected"],
        True,
        False,
    )


def test_the_words_of_a_view_are_kept_for_who_reads_it_alone(office: Office) -> None:
    made = saved(office, filters={"q": "doe 1979-05-17"}, shared=True)
    assert made.json["filters"]["q"] is None
    read = office.ask("GET", made.headers["location"], "pharmacist").json
    assert read["filters"]["q"] == "doe 1979-05-17"
    (kept,) = office.desk.views_of("everybody")
    assert kept.words
    assert "doe" not in kept.model_dump_json()


def test_a_view_of_ones_own_is_nobody_elses(office: Office) -> None:
    view = saved(office).json["view_id"]
    assert office.ask("GET", f"{PATH}/{view}", "pharmacist").status == 404
    assert (listed(office), listed(office, "pharmacist")) == (["Stale rejections"], [])


def test_a_shared_view_is_seen_by_its_link_and_changed_by_who_saved_it(office: Office) -> None:
    view = saved(office, shared=True).json["view_id"]
    seen = office.ask("GET", f"{PATH}/{view}", "pharmacist").json
    assert (seen["mine"], seen["shared"], seen["saved_by"]) == (False, True, "usr_ops")
    foreign = changed(office, view, 1, "pharmacist", shared=True)
    assert (foreign.status, foreign.json["code"]) == (403, "view.not_yours")
    assert changed(office, view, 1, name="Ours", shared=True).json["version"] == 2
    assert listed(office, "pharmacist") == ["Ours"]


def test_of_two_changes_upon_one_state_the_second_is_refused(office: Office) -> None:
    view = saved(office).json["view_id"]
    assert changed(office, view, 1, name="First").status == 200
    assert changed(office, view, 1, name="Second").status == 412
    assert listed(office) == ["First"]


def test_a_view_that_is_shared_moves_and_is_there_once(office: Office) -> None:
    view = saved(office).json["view_id"]
    changed(office, view, 1, shared=True)
    assert (listed(office), listed(office, "pharmacist")) == (["Stale rejections"],) * 2
    changed(office, view, 1, shared=False)
    assert (listed(office), listed(office, "pharmacist")) == (["Stale rejections"], [])


def test_a_view_is_deleted_once(office: Office) -> None:
    path = f"{PATH}/{saved(office).json['view_id']}"
    guard = {"If-Match": '"v1"'}
    assert office.ask("DELETE", path, headers={"If-Match": '"v2"'}).status == 412
    assert office.ask("DELETE", path, headers=guard).status == 200
    assert office.ask("DELETE", path, headers=guard).status == 404
    assert listed(office) == []


def test_filters_nobody_knows_are_refused(office: Office) -> None:
    assert saved(office, filters={"colour": "red"}).status == 422
    assert saved(office, columns=["<script>"]).status == 422
    assert saved(office, tab="lost").status == 422


def test_views_are_as_many_as_a_list_shows(office: Office) -> None:
    for _ in range(100):
        assert saved(office).status == 201
    full = saved(office)
    assert (full.status, full.json["code"]) == (409, "view.too_many")
    assert saved(office, "pharmacist").status == 201


def test_sharing_goes_around_no_limit(office: Office) -> None:
    for _ in range(100):
        assert saved(office, "pharmacist", shared=True).status == 201
    view = saved(office).json["view_id"]
    full = changed(office, view, 1, shared=True)
    assert (full.status, full.json["code"]) == (409, "view.too_many")
    assert listed(office).count("Stale rejections") == 101
