"""Who may do what: nobody without a token, no role beyond its own, nobody at another's things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.seed.identifiers import npi
from tests.cloud.door import INTAKE, PRESCRIPTIONS, problem
from tests.cloud.finding import found
from tests.cloud.messages import a_new_rx

if TYPE_CHECKING:
    from tests.cloud.world import World

UNKNOWN = f"{PRESCRIPTIONS}/rx_{'0' * 26}"


def test_a_provider_sees_how_its_own_is_doing_and_nothing_of_the_patient(world: World) -> None:
    rx = world.a_prescription(at="validated")
    answer = world.door.get(rx.path, "provider")
    assert answer.json()["status"] == "validated"
    assert answer.json()["message_id"] == rx.message.id
    assert rx.message.mark not in answer.text
    assert not {"documents", "patient_name", "drug"} & answer.json().keys()


def test_another_providers_prescription_does_not_exist(world: World) -> None:
    rx = world.a_prescription(at="validated")
    world.backstage.edit_order(rx.id, origin={**rx.stored["origin"], "client_id": "another-clinic"})
    theirs = world.door.get(rx.path, "provider")
    nowhere = world.door.get(UNKNOWN, "provider")
    assert problem(theirs) == problem(nowhere) == (404, "order.not_found")
    assert theirs.json()["detail"] == nowhere.json()["detail"]
    assert problem(world.door.get(f"{rx.path}/timeline", "provider"))[0] == 404
    assert [row["id"] for row in found(world, rx.message.mark)] == [rx.id]
    mine = world.door.get(PRESCRIPTIONS, "provider", params={"q": rx.message.mark}).json()
    assert mine["items"] == []
    assert world.ops.read(rx.path)["id"] == rx.id


def test_a_patients_session_opens_that_patients_enrollment_alone(world: World) -> None:
    mine, other = world.a_prescription(at="awaiting_enrollment"), world.a_prescription()
    mine.patient.open(mine.link)
    cookie = {"Cookie": f"__Host-session={mine.patient.session}"}
    hidden = world.door.ask("GET", "/api/v1/portal/enrollment?full=true", headers=cookie)
    assert problem(hidden) == (403, "code.required")
    mine.prove()
    shown = world.door.ask("GET", "/api/v1/portal/enrollment?full=true", headers=cookie)
    assert (shown.status_code, other.message.mark in shown.text) == (200, False)
    for path in (mine.path, other.path, f"{other.path}/timeline", PRESCRIPTIONS):
        assert problem(world.door.ask("GET", path, headers=cookie))[0] == 401
    made_up = {"Cookie": f"__Host-session={'A' * 43}"}
    answer = world.door.ask("GET", "/api/v1/portal/enrollment", headers=made_up)
    assert problem(answer)[0] == 401


def test_a_page_of_another_site_cannot_write_with_the_patients_cookie(world: World) -> None:
    rx = world.a_prescription(at="awaiting_enrollment")
    rx.patient.open(rx.link)
    for site in ("cross-site", "same-site", "none", ""):
        headers = {"Cookie": f"__Host-session={rx.patient.session}", "Sec-Fetch-Site": site}
        answer = world.door.ask("POST", "/api/v1/portal/submit", headers=headers)
        assert problem(answer) == (403, "access.cross_site")


def test_staff_tokens_do_not_open_the_portal(world: World) -> None:
    answer = world.door.get("/api/v1/portal/enrollment", "ops")
    assert problem(answer)[0] in {401, 403}


def test_a_client_speaks_for_its_own_senders_alone(world: World) -> None:
    """The local client is bound to everybody, so it is bound to one clinic for this test."""
    message = a_new_rx()
    with world.backstage.binding(senders=["1000000000001"], prescriber_npis=["1234567802"]):
        stranger = message.but("1000000000001", "1000000000099")
        assert problem(world.door.send(stranger.raw, INTAKE)) == (403, "sender.not_bound")
        colleague = message.but("1234567802", npi(188_880_001))
        assert problem(world.door.send(colleague.raw, INTAKE)) == (403, "prescriber.not_bound")
