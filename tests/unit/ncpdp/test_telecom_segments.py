"""Typed segments: what is built is read, and nothing that a message says is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import Any

import ncpdp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ncpdp import telecom
from ncpdp.telecom import Field, Request, Response, Segment, segment_of, typed
from ncpdp.telecom.parts import Group, Leaf, Part, plan_of
from ncpdp.telecom.segments import (
    SEGMENTS,
    Dispensing,
    DurEntry,
    OtherPayers,
    PatientShare,
    PayerBefore,
    Price,
    RejectedByOther,
)

from tests.unit.ncpdp.telecom_messages import CLAIM, MEMBER, MIXED, PAID, RICH, ROUTE, messages

MESSAGES = messages()
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text("ABCXYZ0189 .-/", min_size=1, max_size=8).filter(
        lambda one: one.strip(" ") == one
    ),
    "money": st.integers(-99_999_999, 99_999_999),
    "quantity": st.integers(0, 9_999_999_999).map(lambda one: Decimal(one).scaleb(-3)),
    "rate": st.integers(-999_999_999, 999_999_999).map(lambda one: Decimal(one).scaleb(-4)),
    "day": st.dates().map(lambda one: f"{one:%Y%m%d}".zfill(8)),
}


def values_of(spec: Leaf) -> st.SearchStrategy[Any]:
    if spec.kind == "number":
        return st.integers(0, 10 ** (spec.width or 18) - 1)
    return VALUES[spec.kind]


def parts_of(model: type[Part]) -> st.SearchStrategy[Part]:
    """Parts as a message can carry them: an item of a group is told by its first field."""
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for at, (name, spec) in enumerate(plan_of(model).items):
        if isinstance(spec, Group):
            fields[name] = st.lists(parts_of(spec.model), max_size=3).map(tuple)
        elif spec.many:
            fields[name] = st.lists(VALUES["text"], max_size=3).map(tuple)
        else:
            fields[name] = values_of(spec) if at == 0 else st.none() | values_of(spec)
    return st.builds(model, **fields)


@pytest.mark.parametrize("segment_id", sorted(SEGMENTS))
@settings(max_examples=20)  # twenty-six segments share the time
@given(data=st.data())
def test_every_part_is_read_as_it_was_built(segment_id: str, data: st.DataObject) -> None:
    part = data.draw(parts_of(SEGMENTS[segment_id]))
    segment = segment_of(part)
    assert segment.id == segment_id
    assert typed(segment) == part
    message = replace(
        telecom.reversal_request(ROUTE, rx_number="7", ndc="00071015623"), segments=(segment,)
    )
    assert ncpdp.parse(ncpdp.write(message)) == message


def test_counts_counters_and_nesting_are_written() -> None:
    payers = OtherPayers(
        payers=(
            PayerBefore(
                coverage_type="01",
                patient_shares=(
                    PatientShare(qualifier="06", amount_minor=100),
                    PatientShare(qualifier="07", amount_minor=-5),
                ),
            ),
            PayerBefore(coverage_type="02", rejects=(RejectedByOther(code="70"),)),
        )
    )
    assert "|".join(key + value for key, value in segment_of(payers).fields) == (
        "4C2|5C01|NR2|NP06|NQ10{|NP07|NQ00N|5C02|5E01|6E70"
    )


def test_a_field_the_class_does_not_know_stays_with_the_part() -> None:
    segment = Segment("07", (Field("D2", "7"), Field("Z9", "new"), Field("D2", "8")))
    part = typed(segment)
    assert part == Dispensing(rx_number="7", other=(Field("Z9", "new"), Field("D2", "8")))
    assert segment_of(part) == segment


def test_a_number_that_is_none_names_its_place() -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        typed(Segment("11", (Field("D9", "12Z"),)))
    assert (caught.value.code, caught.value.path) == ("money.malformed", "11/D9")


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (Price(ingredient_minor=10**9), "money.range"),
        (Price(ingredient_minor="5"), "telecom.kind"),  # type: ignore[arg-type]  # what a caller without a type checker does
        (Price(tax_rate=Decimal("0.00001")), "rate.malformed"),
        (Dispensing(days_supply=-1), "number.range"),
        (Dispensing(days_supply=1000), "number.range"),
        (Dispensing(fill_number=100), "number.range"),
        (Dispensing(days_supply=True), "telecom.kind"),
        (OtherPayers(payers=(PayerBefore(),) * 10), "telecom.too_many"),
        (DurEntry(reason="DD"), "telecom.segment"),
    ],
)
def test_what_cannot_be_built(part: Part, code: str) -> None:
    with pytest.raises(ncpdp.InvalidValue) as caught:
        segment_of(part)
    assert caught.value.code == code


def test_a_whole_number_is_a_quantity_too() -> None:
    part = Dispensing(quantity=30)  # type: ignore[arg-type]  # an int is as exact as a Decimal
    assert segment_of(part).fields == (Field("E7", "30000"),)


@pytest.mark.parametrize("name", MESSAGES)
class TestEveryMessage:
    def test_is_exact_and_without_findings(self, name: str) -> None:
        message = ncpdp.parse(MESSAGES[name])
        assert ncpdp.write(message) == MESSAGES[name]
        assert ncpdp.check(message) == []

    def test_comes_back_from_json_in_either_way(self, name: str) -> None:
        message = ncpdp.parse(MESSAGES[name])
        form = json.loads(json.dumps(ncpdp.to_json(message)))
        assert ncpdp.write(ncpdp.from_json(form)) == MESSAGES[name]
        for segment in (*form["segments"], *chain(*form["transactions"])):
            del segment["fields"]
        assert isinstance(message, Request | Response)
        again = ncpdp.from_json(form)
        assert isinstance(again, Request | Response)
        assert list(map(typed, again.every_segment())) == list(map(typed, message.every_segment()))


class TestJson:
    def test_the_values_have_names(self) -> None:
        form = ncpdp.to_json(ncpdp.parse(MESSAGES["b1_two"]))
        claim, price = form["transactions"][0][:2]
        assert (claim["name"], claim["values"]["quantity"], claim["values"]["fill_number"]) == (
            "dispensing", "30", 0,
        )  # fmt: skip
        assert price["values"]["ingredient_minor"] == 12_044

    @pytest.mark.parametrize(
        ("values", "pointer"),
        [
            ({"quantty": 1}, "/transactions/0/0/values/quantty"),
            ({"quantity": "many"}, "/transactions/0/0/values/quantity"),
            ({"quantity": 0.5}, "/transactions/0/0/values/quantity"),
            ({"days_supply": "30"}, "/transactions/0/0/values/days_supply"),
            ({"days_supply": True}, "/transactions/0/0/values/days_supply"),
            ({"days_supply": -1}, "/transactions/0/0/values"),
            ({"clarifications": {}}, "/transactions/0/0/values/clarifications"),
            ({"clarifications": [7]}, "/transactions/0/0/values/clarifications/0"),
            ([], "/transactions/0/0/values"),
        ],
    )
    def test_a_wrong_value_is_named(self, values: Any, pointer: str) -> None:
        form = ncpdp.to_json(ncpdp.parse(MESSAGES["b2"]))
        form["transactions"] = [[{"id": "07", "values": values}]]
        assert pointer in self.refused(form)

    def test_values_and_fields_may_not_differ(self) -> None:
        form = ncpdp.to_json(ncpdp.parse(MESSAGES["b1"]))
        form["transactions"][0][0]["values"]["days_supply"] = 90
        assert self.refused(form) == ["/transactions/0/0/values"]

    @pytest.mark.parametrize("quantity", [30, Decimal("30.000"), "30.0"])
    def test_a_number_may_be_written_in_any_way(self, quantity: Any) -> None:
        form = ncpdp.to_json(ncpdp.parse(MESSAGES["b1"]))
        form["transactions"][0][0]["values"]["quantity"] = quantity
        assert ncpdp.write(ncpdp.from_json(form)) == MESSAGES["b1"]

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"type": "B2"}, "/type"),
            ({"wire": "?"}, "/wire"),
            ({"wire": 7}, "/wire"),
            ({"segments": [{"id": "04", "name": "patient"}]}, "/segments/0/name"),
            ({"segments": [{"id": "99", "values": {}}]}, "/segments/0/values"),
            ({"segments": [{"id": "04", "feilds": []}]}, "/segments/0/feilds"),
        ],
    )
    def test_what_contradicts_itself_is_refused(self, change: dict[str, Any], pointer: str) -> None:
        form = ncpdp.to_json(ncpdp.parse(MESSAGES["b1"])) | change
        assert pointer in self.refused(form)

    @pytest.mark.parametrize("loose", [b"\r\n", b"   \r\n", b"\x03"])
    def test_loose_bytes_travel_until_something_changes(self, loose: bytes) -> None:
        data = MESSAGES["b1"] + loose
        form = json.loads(json.dumps(ncpdp.to_json(ncpdp.parse(data))))
        assert ncpdp.write(ncpdp.from_json(form)) == data
        form["header"]["vendor_id"] = "V1"
        assert not ncpdp.write(ncpdp.from_json(form)).endswith(loose.strip(b" "))

    def refused(self, form: dict[str, Any]) -> list[str]:
        with pytest.raises(ncpdp.InvalidJson) as caught:
            ncpdp.from_json(form)
        return [detail.path for detail in caught.value.details]


class TestConversations:
    def test_two_claims_are_read_as_they_were_given(self) -> None:
        request = telecom.billing_request(ROUTE, MEMBER, RICH, MIXED)
        assert request.header.transaction_count == "2"
        assert telecom.read_claim(request, 0) == RICH
        assert telecom.read_claim(request, 1) == MIXED
        assert request.get("07", "D6", 1) == "2"

    def test_five_claims_are_too_many(self) -> None:
        with pytest.raises(ncpdp.InvalidValue):
            ncpdp.write(telecom.billing_request(ROUTE, MEMBER, *[CLAIM] * 5))

    def test_long_words_travel_in_pieces(self) -> None:
        message = ncpdp.parse(MESSAGES["rejected"])
        assert isinstance(message, Response)
        assert max(map(len, message.segment("21").all("FQ"))) <= 40  # type: ignore[union-attr]  # it has one
        assert telecom.read_answer(message).message.startswith("PLEASE CALL THE HELP DESK")

    def test_a_duplicate_carries_the_first_answer(self) -> None:
        message = ncpdp.parse(MESSAGES["duplicate"])
        assert isinstance(message, Response)
        answer = telecom.read_answer(message)
        assert replace(answer, status="P", rx_number="") == PAID

    def test_several_other_amounts_are_one_sum(self) -> None:
        data = MESSAGES["paid"] + b"\x1cJ22\x1cJ301\x1cJ410{\x1cJ302\x1cJ420{"
        message = ncpdp.parse(data)
        assert isinstance(message, Response)
        assert telecom.read_answer(message).other_amount_minor == 300

    @pytest.mark.parametrize(
        ("rejects", "advice"),
        [
            (("92", "95"), "retry"),
            (("92", "07"), "correct"),
            (("07", "75"), "pharmacist"),
            (("75", "70"), "other_payer"),
        ],
    )
    def test_what_to_do_about_a_refusal(self, rejects: tuple[str, ...], advice: str) -> None:
        assert telecom.Answer(status="R", rejects=rejects).advice == advice
        assert telecom.Answer(status="P", rejects=rejects).advice is None
