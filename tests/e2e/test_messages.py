"""Patients answer, wish and are asked: what the phone hears in the running cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cloud.waiting import until

if TYPE_CHECKING:
    from tests.cloud.prescription import Prescription
    from tests.cloud.world import World

REASON = {"reason": "patient_moved"}


def says(world: World, rx: Prescription, text: str, **order: Any) -> dict[str, Any]:
    """The patient's phone sends us an SMS: `{status, reply}`."""
    path = f"{world.partners.url}/sandbox/twilio/inbound"
    order |= {"from": phone_of(rx), "text": text}
    answer = world.partners.http.post(path, json=order).raise_for_status()
    return dict(answer.json())


def phone_of(rx: Prescription) -> str:
    return str(rx.papers["enrollment"][0]["contact_phone"])


def wishes(world: World, rx: Prescription, **said: Any) -> None:
    url = f"{world.cloud.ports.edge_url}/api/v1/patients/{rx.shown['patient_id']}/messages"
    headers = {"Authorization": f"Bearer {world.ops.token}"}
    world.partners.http.put(url, headers=headers, json=said).raise_for_status()


def told(rx: Prescription, template: str) -> dict[str, str]:
    """Channel to what became of the message, once it was sent by one of them."""

    def look() -> dict[str, str] | None:
        notices = [
            each for each in rx.papers.get("notification", []) if each["template"] == template
        ]
        came = {each["channel"]: each.get("problem") or each["status"] for each in notices}
        return came if "sent" in came.values() else None

    return until(look, f"the message {template}")


def test_after_a_stop_messages_come_by_mail_and_after_start_by_sms(world: World) -> None:
    first, second = world.a_prescription(), world.a_prescription()
    for rx in (first, second):
        rx.invite()
        wishes(world, rx, channels="sms")
    assert says(world, first, "stop") == {
        "status": 200,
        "reply": "Pharmonico: no more SMS will come. Text START to get them again.",
    }
    first.ops_do("cancel", REASON)
    assert told(first, "cancelled") == {"sms": "sms.stopped", "email": "sent"}
    assert says(world, second, "START")["status"] == 200
    second.ops_do("cancel", REASON)
    assert told(second, "cancelled") == {"sms": "sent"}


def test_a_forged_stop_stops_nothing(world: World) -> None:
    rx = world.a_prescription()
    rx.invite()
    wishes(world, rx, channels="sms")
    assert says(world, rx, "STOP", forge=True)["status"] in {400, 401, 403}
    rx.ops_do("cancel", REASON)
    assert told(rx, "cancelled") == {"sms": "sent"}


def test_both_channels_in_the_patients_language(world: World) -> None:
    rx = world.a_prescription()
    rx.invite()
    wishes(world, rx, channels="both", language="es")
    rx.ops_do("cancel", REASON)
    assert told(rx, "cancelled").keys() <= {"email", "sms"}
    until(lambda: len(told(rx, "cancelled")) == 2, "both messages")
