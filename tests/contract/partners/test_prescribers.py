"""The prescribers' port: a message is replied to, an outage is said, and being turned away too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ncpdp
import pytest
from ncpdp.script import ScriptMessage, Status, reply_error
from pharmonico.adapters.memory.prescribers import MemoryPrescribers
from pharmonico.adapters.prescribers import HttpPrescribers
from pharmonico.fulfillment.intake.clients import Client
from pharmonico.kit.errors import Invalid, Unavailable

from local.sandbox.credentials import LOCAL_ONLY
from tests.prescribing import message
from tests.unit.correspondence.test_sending import raises

if TYPE_CHECKING:
    from pharmonico.fulfillment.correspondence.ports import Prescribers

    from tests.contract.partners.conftest import Sandbox

AT = "2026-09-15T12:00:00Z"
NOBODY = "http://127.0.0.1:9/script"


def a_letter() -> bytes:
    original = ncpdp.from_json(message())
    assert isinstance(original, ScriptMessage)
    said = reply_error(original, "900", "other", "No.", message_id="PH-1", sent_time=AT)
    return ncpdp.write(said)


def clinic(url: str = "https://ehr.example/script", credential: str = "sandbox") -> Client:
    return Client(
        client_id="clinic",
        name="Example Internal Medicine (synthetic)",
        senders=frozenset(),
        prescriber_npis=frozenset(),
        endpoint_url=url,
        endpoint_credential=credential,
    )


class PrescribersContract:
    def test_the_reply_relates_to_the_message(
        self, prescribers: Prescribers, client: Client
    ) -> None:
        reply = ncpdp.parse(prescribers.send(a_letter(), to=client))
        assert isinstance(reply, ScriptMessage)
        assert isinstance(reply.body, Status)
        assert reply.header.relates_to_message_id == "PH-1"

    def test_an_outage_is_said(self, down: Prescribers, client: Client) -> None:
        with pytest.raises(Unavailable) as trouble:
            down.send(a_letter(), to=client)
        assert trouble.value.code == "prescriber.no_answer"


class TestMemory(PrescribersContract):
    @pytest.fixture
    def prescribers(self) -> MemoryPrescribers:
        return MemoryPrescribers()

    @pytest.fixture
    def down(self) -> MemoryPrescribers:
        return MemoryPrescribers(raises(Unavailable("prescriber.no_answer", "HTTP 503")))

    @pytest.fixture
    def client(self) -> Client:
        return clinic()


class TestHttp(PrescribersContract):
    @pytest.fixture
    def prescribers(self) -> HttpPrescribers:
        return HttpPrescribers(LOCAL_ONLY.prescriber_tokens)

    @pytest.fixture
    def client(self, sandbox: Sandbox) -> Client:
        return clinic(f"{sandbox.url}/prescriber/script")

    @pytest.fixture
    def down(self, sandbox: Sandbox) -> HttpPrescribers:
        fault = {"provider": "prescriber", "kind": "error", "status": 503, "times": 1}
        sandbox.post("/faults", fault)
        return HttpPrescribers(LOCAL_ONLY.prescriber_tokens)

    def test_whoever_has_no_token_is_turned_away_for_good(self, sandbox: Sandbox) -> None:
        stranger = clinic(f"{sandbox.url}/prescriber/script", credential="none")
        with pytest.raises(Invalid) as refusal:
            HttpPrescribers(LOCAL_ONLY.prescriber_tokens).send(a_letter(), to=stranger)
        assert refusal.value.code == "prescriber.turned_away"

    @pytest.mark.parametrize("status", [408, 429, 500])
    def test_busy_is_not_turned_away(
        self, sandbox: Sandbox, prescribers: HttpPrescribers, client: Client, status: int
    ) -> None:
        fault = {"provider": "prescriber", "kind": "error", "status": status, "times": 1}
        sandbox.post("/faults", fault)
        with pytest.raises(Unavailable):
            prescribers.send(a_letter(), to=client)

    def test_nobody_there_is_an_outage(self, prescribers: HttpPrescribers) -> None:
        with pytest.raises(Unavailable):
            prescribers.send(a_letter(), to=clinic(NOBODY))

    def test_silence_is_an_outage(self, sandbox: Sandbox, client: Client) -> None:
        fault = {"provider": "prescriber", "kind": "timeout", "delay_s": 2, "times": 1}
        sandbox.post("/faults", fault)
        impatient = HttpPrescribers(LOCAL_ONLY.prescriber_tokens, read_s=0.3)
        with pytest.raises(Unavailable):
            impatient.send(a_letter(), to=client)
