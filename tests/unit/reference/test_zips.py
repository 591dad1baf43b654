"""ZIP codes: found exactly, else by their area and said to be so, else not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pharmonico.reference.zips import locate, read

from local.reference.places import ZipPlace, delivered, places
from local.reference.zips import pack

COLUMBUS = ZipPlace("43215", "Columbus", "OH", 39.9671, -83.0044, -300, is_delivered=True)
DUBLIN = ZipPlace("43017", "Dublin", "OH", 40.1194, -83.1326, -300, is_delivered=True)
ADJUNTAS = ZipPlace("00601", "Adjuntas", "PR", 18.1788, -66.7516, -240, is_delivered=True)


def test_every_zip_of_the_source_is_found_where_the_source_says() -> None:
    for place in places():
        found = locate(place.postal_code)
        assert found == (
            pytest.approx(place.lat, abs=1e-4),
            pytest.approx(place.lon, abs=1e-4),
            place.state,
            False,
        )


def test_four_more_digits_change_nothing() -> None:
    assert locate("43215-1234") == locate("43215")


def test_an_unknown_zip_is_placed_in_its_area_and_says_so() -> None:
    assert "43298" not in {place.postal_code for place in places()}
    found = locate("43298")
    assert found is not None
    assert (found.state, found.is_approximate) == ("OH", True)
    assert (found.lat, found.lon) == pytest.approx((40.0, -83.0), abs=0.2)


def test_the_middle_of_an_area_counts_its_own_state_alone() -> None:
    """205 is Washington's, but for one ZIP in Virginia."""
    area = {place.postal_code: place.state for place in places() if place.postal_code[:3] == "205"}
    assert set(area.values()) == {"DC", "VA"}
    assert "20512" not in area
    found = locate("20512")
    assert found is not None
    assert (found.state, found.is_approximate) == ("DC", True)


@pytest.mark.parametrize("code", ["00001", "09012", "34001"])
def test_an_area_without_a_point_has_none(code: str) -> None:
    assert locate(code) is None


@pytest.mark.parametrize(
    "code", ["", "4321", "ABCDE", "4321O", "\uff14\uff13\uff12\uff11\uff15", "-4321"]
)
def test_what_is_no_zip_has_no_point(code: str) -> None:
    assert locate(code) is None


@given(st.text(max_size=12))
def test_no_text_breaks_it(code: str) -> None:
    found = locate(code)
    assert found is None or (-15 < found.lat < 72 and len(found.state) == 2)


def test_a_table_is_packed_in_order_whatever_order_it_came_in() -> None:
    packed = pack([COLUMBUS, ADJUNTAS, DUBLIN])
    assert packed == pack([ADJUNTAS, DUBLIN, COLUMBUS])
    table = read(packed)
    assert table.states == ("OH", "PR")
    assert [list(table.rows(area)) for area in (6, 430, 431, 432)] == [[0], [1], [], [2]]
    assert table.point(2)[:3] == (COLUMBUS.lat, COLUMBUS.lon, "OH")


@pytest.mark.parametrize("change", [lambda packed: packed[:-1], lambda packed: packed + b"\0"])
def test_a_table_of_another_length_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(ValueError, match="as long as it says"):
        read(change(pack([COLUMBUS])))


def test_every_place_knows_its_standard_time() -> None:
    hours = {place.state: place.utc_offset_minutes / 60 for place in places()}
    assert (hours["OH"], hours["AK"], hours["HI"], hours["PR"]) == (-5, -9, -10, -4)
    assert all(-11 <= place.utc_offset_minutes / 60 <= 12 for place in places())


def test_streets_are_in_zips_that_get_mail_at_the_door() -> None:
    codes = {place.postal_code for place in delivered()}
    assert len(codes) > 29_000
    assert {"43215", "99501", "96813"} <= codes
    assert "43216" not in codes  # post boxes of Columbus
