"""`pharmonico invoke`: a sample made true for the cloud it goes to, and an answer to read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from local.cli.invoke import SAMPLES, filled_in, read, shown
from local.place import LocalError

TOKENS = {"ops": "eyJ.ops", "provider": "eyJ.provider"}


def test_a_role_becomes_its_token_wherever_it_stands() -> None:
    filled = filled_in(read(SAMPLES / "ops_api.json"), prescription=None, token=TOKENS.__getitem__)
    event = json.loads(filled)
    assert event["headers"]["Authorization"] == "Bearer eyJ.ops"
    assert event["multiValueHeaders"]["Authorization"] == ["Bearer eyJ.ops"]


def test_another_prescription_takes_the_samples_place() -> None:
    filled = filled_in(
        read(SAMPLES / "resume.json"), prescription="rx_01OTHER", token=TOKENS.__getitem__
    )
    assert json.loads(filled)["detail"]["data"]["prescription_id"] == "rx_01OTHER"
    assert "EXAMP1E000000000000003" not in filled


def test_a_sample_as_it_is_stays_as_it_is() -> None:
    text = read(SAMPLES / "reconcile.json")
    assert filled_in(text, prescription=None, token=TOKENS.__getitem__) == text


def test_an_event_that_is_not_there_is_named() -> None:
    with pytest.raises(LocalError, match=r"no_such\.json cannot be read: No such file"):
        read(Path("no_such.json"))


@pytest.mark.parametrize(
    ("payload", "readable"),
    [
        (b'{"outcome": "valid"}', {"outcome": "valid"}),
        (b"null", None),
        (b"", None),
        (b'{"statusCode": 200, "body": "{\\"a\\": 1}"}', {"statusCode": 200, "body": {"a": 1}}),
        (b'{"statusCode": 200, "body": "<Message/>"}', {"statusCode": 200, "body": "<Message/>"}),
    ],
)
def test_an_answer_is_shown_as_what_it_is(payload: bytes, readable: object) -> None:
    assert json.loads(shown(payload)) == readable
