"""A prescription for an animal, by who treats animals: read, checked, written and changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import ncpdp
import pytest
from ncpdp.script import Address, NewRx, Patient, Prescriber, ScriptMessage, Version, convert

if TYPE_CHECKING:
    from collections.abc import Callable

PET = (
    b"<NonHumanPatient><Name><LastName>Doe</LastName><FirstName>Rex</FirstName></Name>"
    b"<Species>Canine</Species><Breed>Beagle</Breed></NonHumanPatient>"
)


@pytest.fixture
def data(sample: Callable[[str], bytes]) -> bytes:
    text = sample("newrx")
    before, _, rest = text.partition(b"<HumanPatient>")
    text = before + PET + rest.partition(b"</HumanPatient>")[2]
    return text.replace(b"NonVeterinarian>", b"Veterinarian>").replace(
        b"<NPI>1234567802</NPI>", b""
    )


@pytest.fixture
def body(data: bytes) -> NewRx:
    return body_of(data)


def body_of(data: bytes) -> NewRx:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    assert isinstance(message.body, NewRx)
    return message.body


def test_animal_and_veterinarian_say_what_they_are(body: NewRx) -> None:
    assert body.patient
    assert body.patient.name
    assert body.prescriber
    assert (body.patient.is_animal, body.patient.name.first_name) == (True, "Rex")
    assert (body.prescriber.is_veterinarian, body.prescriber.dea_number) == (True, "AP1357929")


def test_nothing_is_missing_that_only_people_have(data: bytes) -> None:
    assert ncpdp.check(ncpdp.parse(data)) == []


def test_a_nameless_animal_and_a_wrong_number_are_found_where_they_stand(data: bytes) -> None:
    data = data.replace(PET, b"<NonHumanPatient><Gender>M</Gender></NonHumanPatient>")
    data = data.replace(b"</DEANumber>", b"</DEANumber><NPI>1234567803</NPI>")
    found = ncpdp.check(ncpdp.parse(data))
    assert [(one.code, one.path) for one in found] == [
        ("demographics.missing", "NewRx/Patient/NonHumanPatient/Name"),
        ("npi.check_digit", "NewRx/Prescriber/Veterinarian/Identification/NPI"),
    ]
    assert all(one.line for one in found)


def test_a_person_still_needs_all_three(sample: Callable[[str], bytes]) -> None:
    before, _, rest = sample("newrx").partition(b"<HumanPatient>")
    data = before + b"<HumanPatient/>" + rest.partition(b"</HumanPatient>")[2]
    assert [one.code for one in ncpdp.check(ncpdp.parse(data))] == ["demographics.missing"] * 3


@pytest.mark.parametrize("version", [Version.V2017071, Version.V2023011])
def test_the_model_alone_gives_them_back(body: NewRx, data: bytes, version: Version) -> None:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    written = ncpdp.write(replace(convert(message, version), source=None))
    assert b"<NonHumanPatient>" in written
    assert b"<Veterinarian>" in written
    assert body_of(written) == body


def test_the_json_form_names_them(data: bytes) -> None:
    form = ncpdp.to_json(ncpdp.parse(data))
    assert form["patient"]["kind"] == "NonHumanPatient"
    assert form["prescriber"]["kind"] == "Veterinarian"
    assert ncpdp.from_json(form) == ncpdp.parse(data)
    form["patient"]["kind"] = "Plant"
    wrong = [one.code for one in ncpdp.check(ncpdp.from_json(form, complete=False))]
    assert "code.unknown" in wrong


def test_a_change_stays_with_the_animal(data: bytes, body: NewRx) -> None:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    assert body.patient
    patient = replace(body.patient, address=Address(city="Columbus"))
    written = ncpdp.write(replace(message, body=replace(body, patient=patient)))
    assert b"<HumanPatient>" not in written
    assert b"<Breed>Beagle</Breed>" in written
    assert body_of(written).patient == patient


def test_a_person_may_turn_out_to_be_an_animal(newrx: ScriptMessage) -> None:
    assert isinstance(newrx.body, NewRx)
    assert newrx.body.patient
    patient = replace(newrx.body.patient, kind="NonHumanPatient", account_number="A-1")
    written = ncpdp.write(replace(newrx, body=replace(newrx.body, patient=patient)))
    assert body_of(written).patient == patient


def test_one_of_whom_nothing_else_is_known(newrx: ScriptMessage) -> None:
    assert isinstance(newrx.body, NewRx)
    body = replace(
        newrx.body,
        patient=Patient(kind="NonHumanPatient"),
        prescriber=Prescriber(kind="Veterinarian"),
    )
    assert body_of(ncpdp.write(replace(newrx, body=body, source=None))) == body


@pytest.mark.parametrize("kind", ["a<&>b", "Plumber", ""])
def test_a_kind_that_nobody_knows_is_not_written(data: bytes, kind: str) -> None:
    message = ncpdp.parse(data)
    assert isinstance(message, ScriptMessage)
    assert isinstance(message.body, NewRx)
    prescriber = replace(message.body.prescriber or Prescriber(), kind=kind)
    with pytest.raises(ncpdp.InvalidValue) as refused:
        ncpdp.write(replace(message, body=replace(message.body, prescriber=prescriber)))
    assert refused.value.code == "code.unknown"
