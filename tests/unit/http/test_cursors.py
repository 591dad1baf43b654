"""Cursors go back only to the list they came from."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pharmonico.kit.errors import Invalid
from pharmonico.lambdas.http.cursors import read_cursor, write_cursor

KEY = "k" * 32


@given(after=st.text(min_size=1, max_size=80), scope=st.text(max_size=40))
def test_a_cursor_leads_back_to_where_its_page_ended(after: str, scope: str) -> None:
    after = after.encode(errors="replace").decode()
    scope = scope.encode(errors="replace").decode()
    cursor = write_cursor(after, scope=scope, key=KEY)
    assert read_cursor(cursor, scope=scope, key=KEY) == after


def test_a_cursor_shows_nothing_of_where_the_page_ended() -> None:
    after = "rx_01K5ABCDEFGHJKMNPQRSTVWXYZ"
    cursor = write_cursor(after, scope="prescriptions of another clinic", key=KEY)
    assert cursor == write_cursor(after, scope="prescriptions of another clinic", key=KEY)
    shown = base64.urlsafe_b64decode(f"{cursor}==")
    assert len(shown) == 16 + len(after)
    assert b"rx_" not in shown


def test_the_last_page_has_no_cursor_and_the_first_needs_none() -> None:
    assert write_cursor(None, scope="all", key=KEY) is None
    assert read_cursor(None, scope="all", key=KEY) is None


@given(forged=st.text(min_size=1, max_size=100))
def test_what_we_did_not_write_is_refused(forged: str) -> None:
    with pytest.raises(Invalid):
        read_cursor(forged, scope="all", key=KEY)


@pytest.mark.parametrize(("scope", "key"), [("other filters", KEY), ("all", "o" * 32)])
def test_a_cursor_of_another_list_or_key_is_refused(scope: str, key: str) -> None:
    cursor = write_cursor("rx_1", scope="all", key=KEY)
    with pytest.raises(Invalid):
        read_cursor(cursor, scope=scope, key=key)
