"""What a model proposes is used when it passes every check, and only then."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import ncpdp
import pytest

from local.cli import main
from local.place import LocalError
from local.synthetic.cases import case
from local.synthetic.clinical import TRIES, Clinician, Proposal, accepted, prompt
from local.synthetic.gemini import Gemini, gemini
from local.synthetic.scripts import script

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import BaseModel

    from local.synthetic.regimens import Regimen

DAY = date(2026, 11, 20)


def a_case(**wanted: Any) -> Any:
    """The first new prescription of a tablet or capsule without a flaw."""
    found = (case(number) for number in range(200))
    return next(
        one
        for one in found
        if one.kind == "new"
        and not one.flaw
        and one.interacts_with is None
        and one.regimen.strength
        and all(getattr(one.regimen, name) == value for name, value in wanted.items())
    )


def a_proposal(own: Regimen, **changes: Any) -> dict[str, Any]:
    """The regimen itself, said as a model would say it."""
    said = {
        "ndc11": own.ndc11,
        "directions": own.sig,
        "quantity": own.quantity,
        "days_supply": own.days,
        "refills": own.refills,
        "icd10": "I10",
    }
    return said | changes


class Fake:
    """Answers in turn; the last one again and again."""

    def __init__(self, *answers: dict[str, Any] | str) -> None:
        self.prompts: list[str] = []
        self._answers = list(answers)

    def answer(self, prompt: str, shape: type[BaseModel]) -> str:
        assert shape is Proposal
        self.prompts.append(prompt)
        said = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return said if isinstance(said, str) else json.dumps(said)


def test_a_proposal_that_passes_is_prescribed() -> None:
    found = a_case(days=30, schedule=None)
    said = a_proposal(found.regimen, days_supply=60, quantity=found.regimen.quantity * 2)
    clinician = Clinician(Fake(said), seed=1)
    sent = script(found.number, day=DAY, clinical=clinician)
    drug = ncpdp.parse(sent.xml).body.medication
    assert drug.days_supply == "60"
    assert drug.diagnoses[0].primary.code == "I10"
    assert (clinician.asked, clinician.refused) == (1, 0)


WRONG: dict[str, dict[str, Any]] = {
    "another package": {"ndc11": "00000000000"},
    "no package": {"ndc11": "lipitor"},
    "a taper": {"directions": "Take as directed by the label on the box"},
    "too much": {"directions": "Take 4 tablets by mouth 6 times daily", "quantity": 360},
    "too few": {"quantity": 3},
    "too many": {"quantity": 300},
    "no diagnosis": {"icd10": "blood pressure"},
    "not ASCII": {"directions": "Tomar 1 tableta al día por la mañana"},
    "a year of it": {"days_supply": 365},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_what_does_not_pass_is_asked_again_and_then_left(change: dict[str, Any]) -> None:
    found = a_case(days=30, schedule=None, unit_code="C48542")
    clinician = Clinician(Fake(a_proposal(found.regimen, **change)), seed=1)
    assert clinician(found).regimen == found.regimen
    assert (clinician.asked, clinician.refused) == (TRIES, TRIES)


def test_what_is_no_json_is_refused_and_a_second_answer_may_pass() -> None:
    found = a_case(days=30, schedule=None)
    clinician = Clinician(Fake("I would rather not.", a_proposal(found.regimen)), seed=1)
    assert clinician(found).regimen.icd10 == "I10"
    assert (clinician.asked, clinician.refused) == (2, 1)


def test_schedule_two_is_never_refilled() -> None:
    own = next(one for number in range(2000) if (one := case(number).regimen).schedule == "CII")
    with pytest.raises(ValueError, match="refills"):
        accepted(Proposal.model_validate(a_proposal(own, refills=1)), (own,))


def test_whoever_comes_back_comes_back_to_the_same_drug() -> None:
    found = a_case(days=30, schedule=None)
    clinician = Clinician(Fake(a_proposal(found.regimen)), seed=1)
    first = clinician(found)
    later = clinician(replace(found, number=900, kind="cancel", about=found.number))
    assert later.regimen == first.regimen
    assert clinician.asked == 1


def test_the_prompt_names_nobody() -> None:
    found = a_case()
    words = prompt(found, (found.regimen,))
    who = found.patient
    for private in (who.first_name, who.last_name, who.born.isoformat(), who.phone, who.email):
        assert private not in words


@contextmanager
def a_gemini(answer: dict[str, Any], *, status: int = 200) -> Iterator[list[dict[str, Any]]]:
    """The API's one call on loopback; yields what it was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            asked.append({"path": self.path, **json.loads(self.rfile.read(length))})
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        asked_at = f"http://127.0.0.1:{server.server_port}"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GOOGLE_GEMINI_BASE_URL", asked_at)
            yield asked
    finally:
        server.shutdown()
        server.server_close()


def said(text: str) -> dict[str, Any]:
    return {"candidates": [{"content": {"role": "model", "parts": [{"text": text}]}}]}


@pytest.mark.enable_socket
def test_the_command_asks_through_the_sdk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "a-key-for-nothing")
    with a_gemini(said('{"ndc11": "00000000000"}')) as asked:
        words = ("generate", "prescriptions", "3", "--gemini", "--day", DAY.isoformat())
        assert main((*words, "--into", str(tmp_path))) == 0
    assert len(list(tmp_path.iterdir())) == 3
    config = asked[0]["generationConfig"]
    assert asked[0]["path"].endswith("gemini-flash-latest:generateContent")
    assert config["responseMimeType"] == "application/json"
    assert "ndc11" in config["responseJsonSchema"]["properties"]
    assert "did not pass" in capsys.readouterr().err


@pytest.mark.enable_socket
def test_a_refused_key_is_one_line() -> None:
    refusal = {"error": {"code": 400, "message": "API key not valid", "status": "INVALID"}}
    with a_gemini(refusal, status=400), pytest.raises(LocalError, match="API key not valid"):
        Gemini("wrong").answer("?", Proposal)


def test_without_a_key_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GEMINI_API_KEY", raising=False)
    with pytest.raises(LocalError, match="GEMINI_API_KEY"):
        gemini()
