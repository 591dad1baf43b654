"""What a text means to the search, and that its terms show nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pharmonico.fulfillment.desk.terms import (
    ASKED_MAX,
    Asked,
    asked,
    blind,
    name_words,
    plain,
    whole_words,
)

RX = "rx_01JCZ5ABCDEFGHJKMNPQRSTVWX"
KEY = "k" * 32


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Doe", ("doe",)),
        ("jordan DOE", ("jordan", "doe")),
        ("Müller, José", ("muller", "jose")),
        ("O'Brien-Lee", ("obrienlee",)),
        ("1979-05-17", ("19790517",)),
        ("5/17/1979", ("19790517",)),
        ("19790517", ("19790517",)),
        ("0071-0156-23", ("00071015623",)),
        ("00071015623", ("00071015623",)),
        ("(555) 010-0123", ("5550100123",)),
        ("+1 555.010.0123 doe", ("5550100123", "doe")),
        ("EX-1", ("ex1",)),
        ("MBR 0001-A", ("mbr", "0001a")),
        ("2026-13-45", ("20261345",)),
        ("x", ()),
        ("", ()),
        ("-- , ;", ()),
    ],
)
def test_a_text_means_these_words(text: str, words: tuple[str, ...]) -> None:
    assert asked(text) == Asked(None, words)


def test_an_id_is_found_in_any_case_beside_words() -> None:
    assert asked(f"{RX.lower()} doe") == Asked(RX, ("doe",))
    assert asked("rx_123").order_id is None


def test_a_long_text_is_cut() -> None:
    assert len(asked(" ".join(f"word{number}" for number in range(50))).words) == ASKED_MAX


@given(st.text(max_size=200))
def test_any_text_is_understood_or_says_nothing(text: str) -> None:
    wanted = asked(text)
    assert all(word == plain(word) and len(word) >= 2 for word in wanted.words)


NAMES = st.from_regex(r"[A-Za-zÀ-ÿ' -]{0,40}", fullmatch=True)


@given(NAMES, st.data())
def test_a_name_is_found_by_every_beginning_of_its_words(name: str, data: st.DataObject) -> None:
    known = name_words(name)
    for token in name.split()[:3]:
        if len(plain(token)) >= 2:
            length = data.draw(st.integers(2, min(len(plain(token)), 16)))
            assert plain(token)[:length] in known


def test_identifiers_are_found_whole_alone() -> None:
    assert whole_words(["EX-1", None, "", "7", "9400 1000"]) == {"ex1", "94001000"}


def test_a_term_shows_no_word_and_hangs_on_the_key() -> None:
    term = blind("doe", key=KEY)
    assert term != blind("doe", key="j" * 32)
    assert term != blind("dog", key=KEY)
    assert "doe" not in term
    assert len(term) == 24
