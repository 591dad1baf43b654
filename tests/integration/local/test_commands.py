"""What the command line says: one line for what can be mended, samples, lengths of time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.machine.waits import Wait, WaitName

from local import cli
from local.cli.clock import span, time_left
from local.place import LocalError
from local.samples import freshened, sample, sample_names

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def wait(opened_at: datetime, timeout: timedelta) -> Wait:
    return Wait(
        name=WaitName.ENROLLMENT,
        run=1,
        execution="arn",
        token="token",
        opened_at=opened_at,
        timeout_s=int(timeout.total_seconds()),
    )


@pytest.mark.parametrize(
    ("text", "length"),
    [("3d", timedelta(days=3)), ("1d12h", timedelta(days=1, hours=12)), ("90s", timedelta(0, 90))],
)
def test_a_length_of_time_is_read(text: str, length: timedelta) -> None:
    assert span(text) == length


@pytest.mark.parametrize("text", ["", "3", "d3", "3w", "3d!"])
def test_what_is_no_length_of_time_is_told(text: str) -> None:
    with pytest.raises(LocalError, match="no length of time"):
        span(text)


def test_a_turn_of_the_clock_counts_for_waits_that_were_open_then() -> None:
    turns = [(NOON, timedelta(days=3)), (NOON + timedelta(hours=2), timedelta(days=5))]
    now = NOON + timedelta(hours=3)
    before, between = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
    week = timedelta(days=7)
    assert time_left(wait(before, week), now=now, turns=turns) < timedelta()
    assert time_left(wait(between, week), now=now, turns=turns) > timedelta(days=1)


def test_a_fresh_sample_differs_in_everything_that_makes_a_duplicate() -> None:
    first = freshened(sample("newrx"), now=NOON).decode()
    second = freshened(sample("newrx"), now=NOON).decode()
    for pattern in (r"<MessageID>([^<]+)", r"<PrescriberOrderNumber>([^<]+)", r"<LastName>([^<]+)"):
        assert re.findall(pattern, first)[0] != re.findall(pattern, second)[0]
    assert "<Date>2026-11-20</Date>" in first
    assert first.count("<LastName>Prescriber</LastName>") == 1


def test_every_sample_is_a_message() -> None:
    assert "newrx" in sample_names()
    assert all(b"<Message" in sample(name) for name in sample_names())


@pytest.mark.parametrize(
    "command",
    [["url"], ["token", "ops"], ["send", "--sample", "newrx"], ["watch", "rx_1"], ["logs"]],
)
def test_a_command_without_a_cloud_says_what_to_do(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--data", str(tmp_path), *command]) == 1
    said = capsys.readouterr().err
    assert said.startswith("pharmonico: ")
    assert "make up" in said
    assert said.count("\n") == 1


def test_a_bad_length_of_time_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["clock", "advance", "3w"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_stopping_nothing_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--data", str(tmp_path), "down"]) == 0
    assert capsys.readouterr().out == "nothing was running\n"
