"""The load's own bookkeeping: who waits for whom, what is read off an answer, what is a failure."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import httpx
import ncpdp
import pytest

from local.client import Client
from local.load import driver
from local.load.asking import said
from local.load.board import AGE_S, PRESCRIPTIONS, Board
from local.load.driver import Outcome, Report, drive
from local.load.memory import memory_of
from local.load.people import pages_of
from local.load.playing import Cast, Played
from local.load.table import lines
from local.place import LocalError
from local.synthetic.scripts import Sent, script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
DAY = date(2026, 11, 20)


def a_message(number: int = 0, **changes: Any) -> Sent:
    made = script(number, day=DAY)
    return replace(made, case=replace(made.case, **changes))


def a_client(answer: Callable[[httpx.Request], httpx.Response]) -> Client:
    transport = httpx.MockTransport(answer)
    return Client("http://door.test", http=httpx.Client(transport=transport))


def a_cast(provider: Client) -> Cast:
    nobody: Any = None
    return Cast(
        ops=provider,
        provider=provider,
        sandbox=nobody,
        board=Board(provider),
        visitor=nobody,
        seed=1,
        day=DAY,
    )


def test_the_board_asks_once_for_everybody_and_alone_for_the_oldest() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        if request.url.path == PRESCRIPTIONS:
            return httpx.Response(200, json={"items": [{"id": "rx_1", "status": "validated"}]})
        return httpx.Response(200, json={"status": "completed"})

    board = Board(a_client(answer))
    assert [board.status("rx_1"), board.status("rx_1")] == ["validated"] * 2
    assert board.status("rx_0") == "completed"
    assert asked == [PRESCRIPTIONS, f"{PRESCRIPTIONS}/rx_0"]
    assert AGE_S > 0


def test_an_answer_is_told_by_its_type_codes_and_verdict() -> None:
    to = ncpdp.parse(a_message().xml)
    envelope = {"message_id": "A-1", "sent_time": "2026-11-20T00:00:00Z"}
    error = ncpdp.script.reply_error(to, "900", None, "It cannot be read.", **envelope)
    assert said(ncpdp.write(error)).startswith("Error 900")
    status = ncpdp.script.reply_status(to, "010", **envelope)
    assert said(ncpdp.write(status)) == "Status 010"


def test_what_comes_back_waits_for_what_it_comes_back_to() -> None:
    assert driver._awaited(a_message()) is None
    assert driver._awaited(a_message(interacts_with=3)) == 3
    assert driver._awaited(a_message(kind="renewal", about=2)) == 2
    assert driver._awaited(a_message(kind="change", about=2)) == 2
    assert driver._awaited(a_message(kind="replay", about=2)) == 2
    assert driver._awaited(a_message(kind="cancel", about=2)) is None  # comes in between


def test_a_refusal_is_kept_as_lost_and_the_others_go_on() -> None:
    refused = httpx.Response(503, json={"code": "engine.busy", "title": "Busy"})
    told: list[Outcome] = []
    cast = a_cast(a_client(lambda _: refused))
    report = drive([a_message(0), a_message(1)], cast, in_flight=2, tell=told.append)
    assert len(told) == len(report.lost) == 2
    assert "engine.busy" in report.lost[0].error
    assert report.prescriptions == []


def test_more_at_once_than_the_engine_bears_is_refused() -> None:
    with pytest.raises(LocalError, match="in flight"):
        drive([], a_cast(a_client(lambda _: httpx.Response(200))), in_flight=11, tell=print)


def test_the_table_names_ends_and_whoever_is_stuck_or_lost() -> None:
    done, held, moving = (a_message(number) for number in range(3))
    report = Report(
        [
            Outcome(done, "Status 010", Played(done.case, "rx_1", "completed")),
            Outcome(held, "Status 010", Played(held.case, "rx_2", "claim_rejected", "claim.75")),
            Outcome(moving, "Status 010", Played(moving.case, "rx_3", "paid")),
            Outcome(moving, error="Refused: 503"),
        ],
        seconds=60.0,
    )
    text = "\n".join(lines(report, peak=2**30))
    assert "worklist   claim_rejected" in text
    assert "STUCK      paid" in text
    assert "1 lost, 1 stuck" in text
    assert "3.0 prescriptions a minute" in text
    assert "1024 MiB" in text


def test_a_replay_counts_its_prescription_once() -> None:
    played = Played(a_message().case, "rx_1", "completed")
    report = Report([Outcome(a_message(), "Status 010", played) for _ in range(2)])
    assert len(report.prescriptions) == 1


@pytest.mark.parametrize(("led_to", "error"), [("rx_1", ""), ("rx_2", "a replay led to")])
def test_a_replay_has_to_lead_to_the_same_prescription(led_to: str, error: str) -> None:
    to, stamp = ncpdp.parse(a_message().xml), "2026-11-20T00:00:00Z"
    reply = ncpdp.write(ncpdp.script.reply_status(to, "010", message_id="A", sent_time=stamp))
    headers = {"Location": f"/api/v1/prescriptions/{led_to}"}
    cast = a_cast(a_client(lambda _: httpx.Response(200, content=reply, headers=headers)))
    first = Played(a_message().case, "rx_1", "completed")
    outcome = Outcome(a_message(1, kind="replay", about=0))
    driver._again(outcome, first, cast)
    assert (outcome.answer, outcome.played) == ("Status 010", first)
    assert outcome.error.startswith(error)
    assert bool(outcome.error) == bool(error)


def test_a_parent_signs_for_a_child() -> None:
    people = [script(number, day=DAY).case for number in range(60)]
    child = next(case for case in people if case.patient.guardian)
    grown = next(case for case in people if not case.patient.guardian)
    assert pages_of(child)["consent"]["signer"] == "guardian"
    assert pages_of(child)["consent"]["signed_name"] != pages_of(child)["delivery"]["name"]
    assert pages_of(grown)["consent"]["signer"] == "self"


def test_memory_is_that_of_the_sessions_processes(tmp_path: Path) -> None:
    for pid, session, kib in ((10, 10, 100), (11, 10, 50), (12, 99, 7)):
        folder = tmp_path / str(pid)
        folder.mkdir()
        (folder / "stat").write_text(f"{pid} (a name) S 1 {pid} {session} 0")
        (folder / "smaps_rollup").write_text(f"Rss: 9999 kB\nPss: {kib} kB\n")
    assert memory_of([10], proc=tmp_path) == 150 * 1024


def test_a_future_that_failed_is_somebody_elses_failure() -> None:
    """One that had to come before is not blamed on the next."""
    before: Future[Outcome] = Future()
    before.set_result(Outcome(a_message(), error="Refused: 503"))
    cast = a_cast(a_client(lambda _: httpx.Response(503, json={"code": "x"})))
    outcome = driver._one(a_message(1), cast, before, lambda _: None)
    assert "503" in outcome.error
