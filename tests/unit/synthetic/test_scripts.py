"""Made-up messages: the promised mix, readable, and wrong only where they mean to be."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import ncpdp
import pytest
from pharmonico.reference import interactions

from local.cli import main
from local.synthetic.regimens import regimens
from local.synthetic.scripts import TYPES, answering, message_id_of, script, scripts

if TYPE_CHECKING:
    from pathlib import Path

    from local.synthetic.scripts import Sent

DAY = date(2026, 11, 20)
MANY = 1000
FLAWS = {"npi": "npi.check_digit", "dea": "dea.check_digit", "ndc": "ndc.malformed"}


@cache
def sent() -> tuple[Sent, ...]:
    return tuple(scripts(MANY, day=DAY))


def new() -> list[Sent]:
    return [one for one in sent() if one.case.kind == "new"]


def test_the_mix_is_the_promised_one() -> None:
    kinds = Counter(one.case.kind for one in sent())
    specialty = {one.ndc11 for one in regimens()["specialty"]}
    assert kinds["new"] / MANY == pytest.approx(0.7, abs=0.06)
    assert kinds["replay"] / MANY == pytest.approx(0.02, abs=0.012)
    assert all(kinds[kind] / MANY > 0.04 for kind in ("cancel", "renewal", "change"))
    drugs = [one.case.regimen for one in new()]
    assert sum(one.ndc11 in specialty for one in drugs) / len(drugs) == pytest.approx(
        0.15, abs=0.04
    )
    assert sum(one.schedule is not None for one in drugs) / len(drugs) == pytest.approx(
        0.12, abs=0.04
    )
    assert sum(one.case.flaw is not None for one in new()) / len(drugs) == pytest.approx(
        0.03, abs=0.015
    )
    interacting = sum(one.case.interacts_with is not None for one in new())
    assert interacting / len(drugs) == pytest.approx(0.04, abs=0.015)


def test_each_is_read_as_what_it_is_meant_to_be() -> None:
    for one in sent():
        message = ncpdp.parse(one.xml)
        ncpdp.ensure_complete(message)
        assert type(message.body).__name__ == TYPES[one.case.kind]
        assert message.header.message_id == one.message_id


def test_only_what_means_to_be_wrong_is() -> None:
    for one in new():
        found = {finding.code for finding in ncpdp.check(ncpdp.parse(one.xml))}
        assert found == ({FLAWS[one.case.flaw]} if one.case.flaw else set()), one.message_id


def test_a_drug_that_goes_badly_is_for_the_same_patient_as_the_other() -> None:
    pairs = [one.case for one in new() if one.case.interacts_with is not None]
    assert pairs
    for case in pairs:
        earlier = sent()[case.interacts_with or 0].case
        assert earlier.patient == case.patient
        assert any(
            found.severity in interactions.SEVERITIES[:2]
            for found in interactions.among(case.regimen.ingredients, earlier.regimen.ingredients)
        )


def test_what_comes_back_names_an_earlier_prescription() -> None:
    for one in sent():
        about = one.case.about
        if about is None:
            continue
        assert about < one.case.number
        assert sent()[about].case.kind == "new"
        header = ncpdp.parse(one.xml).header
        if one.case.kind == "replay":
            assert one.xml == sent()[about].xml
        if one.case.kind == "cancel":
            assert header.relates_to_message_id == message_id_of(about, seed=1)


def test_a_controlled_substance_is_signed_for_by_who_may() -> None:
    controlled = [one for one in new() if one.case.regimen.schedule]
    for one in controlled:
        message = ncpdp.parse(one.xml)
        assert one.case.prescriber.dea_number
        assert message.header.digital_signature is not None
    assert controlled


def test_the_same_seed_and_day_give_the_same_bytes() -> None:
    assert [one.xml for one in scripts(40, day=DAY)] == [one.xml for one in sent()[:40]]
    assert script(7, seed=2, day=DAY).xml != sent()[7].xml
    assert len({one.message_id for one in new()}) == len(new())


def test_an_answer_can_be_given_to_a_real_request() -> None:
    one = next(one for one in sent() if one.case.kind == "renewal")
    real = ncpdp.parse(answering(one, request_id="LETTER-1", day=DAY))
    assert real.header.relates_to_message_id == "LETTER-1"
    assert real.header.message_id == one.message_id


def test_the_command_prints_lines_or_writes_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ("generate", "prescriptions", "5", "--day", DAY.isoformat())
    main(words)
    lines = capsys.readouterr().out.splitlines()
    main((*words, "--into", str(tmp_path / "new")))
    files = sorted((tmp_path / "new").iterdir())
    assert len(lines) == len(files) == 5
    assert [file.read_bytes() for file in files] == [one.xml for one in sent()[:5]]
