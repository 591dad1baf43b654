"""Synthetic people: the same for a seed, marked as made up, plausible, and never anybody real."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache

import pytest
from ncpdp import identifiers
from pharmonico.reference import ages, interactions
from pharmonico.reference.allergies import allergen_of
from pharmonico.reference.medications import by_ndc
from pharmonico.reference.zips import locate

from local.cli import main
from local.cli.generate import KINDS, plain
from local.seed.identifiers import npi
from local.seed.plans import NETWORKS
from local.synthetic.draws import COUNT_MAX, dice_of
from local.synthetic.patients import AS_OF, Patient, patient, patients
from local.synthetic.plans import plan, plans
from local.synthetic.prescribers import Prescriber, prescriber, prescribers

MANY = 400
PHONE = re.compile(r"[2-9]\d{2}55501\d{2}")


@cache
def people() -> tuple[Patient, ...]:
    return tuple(patients(MANY))


@cache
def signers() -> tuple[Prescriber, ...]:
    return tuple(prescribers(MANY))


def years(person: Patient) -> float:
    return (AS_OF - person.born).days / 365.25


def test_a_seed_makes_the_same_people_every_time_and_another_one_others() -> None:
    assert tuple(patients(20)) == people()[:20]
    assert tuple(patients(20, seed=2)) != people()[:20]
    assert tuple(prescribers(20)) == signers()[:20]
    assert tuple(plans(20)) == tuple(plans(20))


def test_one_is_the_same_however_many_are_made() -> None:
    assert patient(37) == people()[37]
    assert prescriber(37) == signers()[37]
    assert plan(37) == tuple(plans(40))[37]


def test_everybody_is_marked_as_made_up() -> None:
    for person in (*people(), *signers()):
        assert person.is_synthetic
        assert person.middle_name == "Synthetic"
    assert all(each.name.startswith("Synthetic") for each in plans(MANY))


def test_nobody_can_be_called_or_written_to() -> None:
    for person in (*people(), *signers()):
        assert PHONE.fullmatch(person.phone)
        assert re.fullmatch(r"[a-z.0-9]+@(patients|clinic)\.example", person.email)
    assert all(PHONE.fullmatch(signer.fax) for signer in signers())


def test_addresses_lie_in_the_state_of_their_zip() -> None:
    for person in (*people(), *signers()):
        found = locate(person.address.postal_code)
        assert found is not None
        assert (found.state, found.is_approximate) == (person.address.state, False)
        assert person.address.city


def test_identifiers_pass_their_check_digits_and_are_there_once() -> None:
    for signer in signers():
        assert identifiers.is_npi(signer.npi)
        if signer.dea_number:
            parts = identifiers.dea(signer.dea_number)
            assert parts is not None
            assert parts.fits_surname(signer.last_name)
            assert (parts.registrant_type == "mid-level") == (signer.credentials in {"NP", "PA"})
    assert len({signer.npi for signer in signers()}) == MANY
    deas = [signer.dea_number for signer in signers() if signer.dea_number]
    assert len(set(deas)) == len(deas) > MANY // 2
    assert len({person.membership.member_id for person in people()}) == MANY


def test_a_card_is_readable_and_no_magic_one() -> None:
    for person in people():
        card = person.membership
        assert identifiers.is_bin(card.plan.bin)
        assert identifiers.is_pcn(card.plan.pcn)
        assert card.plan.network in NETWORKS
        assert not card.member_id[-4:].startswith("00")


def test_no_two_plans_have_the_same_keys() -> None:
    made = list(plans(3000))
    assert len({(each.bin, each.pcn, each.group) for each in made}) == 3000
    assert {each.federal for each in made} == {True, False}


def test_a_child_has_a_guardian_and_an_adult_a_card_of_their_own() -> None:
    for person in people():
        is_child = years(person) < 18
        assert (person.guardian is not None) == is_child
        assert (person.membership.relationship == "child") == is_child


def test_there_are_people_of_every_age_and_kind() -> None:
    assert all(0 <= years(person) < 97 for person in people())
    bands = Counter(min(int(years(person)) // 20, 4) for person in people())
    assert set(bands) == {0, 1, 2, 3, 4}
    assert {person.sex for person in people()} >= {"F", "M"}
    assert {person.language for person in people()} == {"en", "es"}
    assert len({person.address.state for person in people()}) > 35
    assert 0.1 < sum(bool(person.allergies) for person in people()) / MANY < 0.4


def test_what_they_take_is_in_the_catalogue_and_suits_them() -> None:
    assert max(len(person.medicines) for person in people()) > 2
    for person in people():
        products = [by_ndc(ndc) for ndc in person.medicines]
        contents = [product.ingredients for product in products if product]
        assert len(contents) == len(person.medicines)
        for at, mine in enumerate(contents):
            others = [name for other in contents[:at] for name in other]
            found = interactions.among(mine, others)
            assert not [each for each in found if each.severity in {"contraindicated", "major"}]
            assert not [name for name in mine if ages.concerns(name, years=years(person))]


def test_the_tables_understand_every_allergy() -> None:
    assert all(allergen_of(words) for person in people() for words in person.allergies)


def test_there_is_an_end_to_the_numbers() -> None:
    with pytest.raises(ValueError, match="at most"):
        dice_of("patient", 1, COUNT_MAX)
    assert identifiers.is_npi(npi(197_000_000 + COUNT_MAX - 1))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_command_prints_one_object_per_line(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", kind, "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    made = [json.loads(line) for line in lines]
    assert len(made) == 3
    assert all("ynthetic" in line for line in lines)


def test_what_json_does_not_know_is_written_out() -> None:
    made = json.loads(json.dumps(people()[0], default=plain))
    assert made["born"] == people()[0].born.isoformat()
    assert made["membership"]["plan"]["bin"] == people()[0].membership.plan.bin
