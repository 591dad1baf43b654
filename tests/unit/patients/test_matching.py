"""How alike two people are, for whoever has to say whether they are one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pharmonico.fulfillment.patients.matching import (
    ASK_FROM,
    LIKELY_FROM,
    POINTS,
    bucket_of,
    likeness,
    plain,
)
from pharmonico.fulfillment.patients.papers import Person

KEY = "k" * 32
JORDAN = Person(
    last_name="Garc\u00eda-L\u00f3pez",
    first_name="William",
    born="1979-05-17",
    sex="M",
    line1="99 North Test Street",
    postal_code="43201",
    phones=("6145550120",),
)

NAMES = st.sampled_from(
    ["Doe", "Do\u00e9", "O'Neil", "Smith-Jones", "Lee", "Bill", "William", "Ann"]
)
PEOPLE = st.builds(
    Person,
    last_name=NAMES,
    first_name=NAMES,
    born=st.dates().map(lambda day: day.isoformat()),
    sex=st.sampled_from(["M", "F", "U", ""]),
    line1=st.sampled_from(["1 Test St", "1 Test Street", "9 Elm Ave", ""]),
    postal_code=st.sampled_from(["43201", "43202-1111", ""]),
    phones=st.lists(st.sampled_from(["6145550120", "1-614-555-0121"]), max_size=2).map(tuple),
)


def but(**changes: Any) -> Person:
    return JORDAN.model_copy(update=changes)


def score(**changes: Any) -> int:
    return likeness(JORDAN, but(**changes)).score


@given(PEOPLE, PEOPLE)
def test_the_order_of_the_two_says_nothing(one: Person, other: Person) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(PEOPLE)
def test_somebody_is_wholly_like_oneself(one: Person) -> None:
    assert likeness(one, one).score == 100


@given(PEOPLE, PEOPLE)
def test_nobody_is_asked_about_two_with_other_names_and_birth_dates(
    one: Person, other: Person
) -> None:
    assume(one.born != other.born and plain(one)[:2] != plain(other)[:2])
    assert likeness(one, other).score < ASK_FROM


@given(PEOPLE, PEOPLE)
def test_the_score_is_what_its_parts_come_to(one: Person, other: Person) -> None:
    found = likeness(one, other)
    assert 0 <= found.score <= 100
    for name, (points, most) in found.breakdown.items():
        assert 0 <= points <= most == POINTS[name]


@pytest.mark.parametrize(
    "changes",
    [
        {"last_name": "GARCIA LOPEZ"},
        {"last_name": "Garcia Lopez Jr."},
        {"first_name": "Bill"},
        {"line1": "99 N Test St"},
        {"phones": ("+1 (614) 555-0120",)},
        {"postal_code": "43201-0001"},
    ],
)
def test_another_spelling_is_the_same_person(changes: dict[str, Any]) -> None:
    assert score(**changes) == 100


@pytest.mark.parametrize(
    "changes",
    [
        {"born": "1979-05-71"},
        {"born": "1997-05-17"},
        {"first_name": "Wiliam"},
        {"last_name": "Smith"},
        {"line1": "1 Elsewhere Rd", "postal_code": "90001", "phones": ("2135550100",)},
    ],
)
def test_one_thing_that_differs_is_asked_about(changes: dict[str, Any]) -> None:
    assert ASK_FROM <= score(**changes) < 100


def test_a_sibling_at_the_same_address_is_somebody_else() -> None:
    assert score(first_name="Maria", born="1981-02-03", sex="F") < ASK_FROM


def test_a_twin_is_asked_about_and_is_not_likely() -> None:
    assert score(first_name="Maria", sex="F") < LIKELY_FROM


@pytest.mark.parametrize("missing", ["last_name", "first_name", "born"])
def test_nobody_is_asked_about_somebody_without_a_name_or_birth_date(missing: str) -> None:
    assert likeness(but(**{missing: ""}), but(**{missing: ""})).score < ASK_FROM


def test_people_who_may_be_the_same_are_in_one_bucket() -> None:
    ours = bucket_of(JORDAN, key=KEY)
    assert bucket_of(but(first_name="Bill", born="1997-05-17", last_name="Smith"), key=KEY) == ours
    assert bucket_of(but(first_name="Maria"), key=KEY) != ours
    assert bucket_of(but(born="1979-05-18"), key=KEY) != ours


def test_a_bucket_says_nothing_without_its_key() -> None:
    named = bucket_of(JORDAN, key=KEY)
    assert named is not None
    assert named != bucket_of(JORDAN, key="other" * 8)
    assert "1979" not in named


def test_somebody_without_a_birth_date_is_in_no_bucket() -> None:
    assert bucket_of(but(born=""), key=KEY) is None
