"""Messages written by hand: what is good has no finding, what is broken has the right one."""

from __future__ import annotations

import json
from decimal import Decimal

import ncpdp
import pytest
from jsonschema import Draft202012Validator
from ncpdp import telecom
from ncpdp.json_schema import schemas
from ncpdp.telecom import Request, Response, typed
from ncpdp.telecom.segments import Compound, OtherPayers

from tests.unit.ncpdp.telecom_by_hand import (
    ALERTS,
    ANSWER,
    BACK,
    BILL,
    CLAIM,
    DUR_REFUSAL,
    FS,
    FULL_PRICE,
    GOOD,
    GS,
    INGREDIENTS,
    INSURED,
    MIXTURE,
    PAYERS,
    PEOPLE,
    PRESCRIBER,
    PRICE,
    answered,
    asking,
    billed,
    saying,
    segment,
    status,
    with_coverage,
)


def read(text: str) -> Request | Response:
    message = ncpdp.parse(text.encode("latin-1"))
    assert isinstance(message, Request | Response)
    return message


@pytest.mark.parametrize("name", GOOD)
class TestGood:
    def test_has_no_finding_and_comes_back(self, name: str) -> None:
        message = read(GOOD[name])
        assert ncpdp.check(message) == []
        assert ncpdp.write(message) == GOOD[name].encode()

    def test_travels_as_json_that_fits_its_schema(self, name: str) -> None:
        form = json.loads(json.dumps(ncpdp.to_json(read(GOOD[name]))))
        assert ncpdp.write(ncpdp.from_json(form)) == GOOD[name].encode()
        Draft202012Validator(schemas()[f"telecom/{form['kind']}.schema.json"]).validate(form)


REVIEWS = ("E4DD", "E5M0", "E61G", "E4TD", "E5P0", "E61B")
ONE_PAYER = ("5C01", "6C03", "7C610014", "E820260301")
BROKEN: dict[str, tuple[str, set[str]]] = {
    # how many transactions there are
    "more_promised": (asking(count=2) + PEOPLE + GS + BILL, {"telecom.count header/A9"}),
    "fewer_promised": (asking(count=1) + PEOPLE + GS + BILL + GS + BILL,
                       {"telecom.count header/A9"}),
    "three_of_none": (asking("E1", 3) + PEOPLE, {"telecom.count header/A9"}),
    "answers_to_two": (saying(count=2) + GS + ANSWER, {"telecom.count header/A9"}),
    "two_in_one": (billed(BILL + BILL),
                   {"element.repeated 1/07", "element.repeated 1/11", "element.repeated 1/03"}),
    "no_group_separator": (asking() + PEOPLE + BILL, {"telecom.framing message"}),
    "a_claim_before_all": (asking() + PEOPLE + CLAIM + GS + BILL, {"telecom.framing message"}),
    "an_empty_transaction": (asking(count=2) + PEOPLE + GS + BILL + GS,
                             {"segment.missing 2/07", "segment.missing 2/11"}),
    "only_a_header": (asking(), {"segment.missing 1/04", "segment.missing 1/07",
                                 "segment.missing 1/11"}),
    # what is there twice, or nobody knows
    "field_twice": (billed(BILL.replace("E730000", "E730000\x1cE760000")),
                    {"element.repeated 1/07/E7"}),
    "count_twice": (billed(with_coverage("02") + PAYERS.replace("4C2", "4C2\x1c4C2")),
                    {"element.repeated 1/05/4C"}),
    "status_twice": (answered(ANSWER.replace("ANP", "ANP\x1cANP")), {"element.repeated 1/21/AN"}),
    "review_field_twice": (billed(BILL + segment("08", "7E1", "E4DD", "E4TD")),
                           {"element.repeated 1/08/E4"}),
    "unknown_segment": (billed(BILL + segment("99", "ZZ1")), {"element.unknown 1/99"}),
    "unknown_field": (billed(BILL.replace("E730000", "E730000\x1cZZ1")),
                      {"element.unknown 1/07/ZZ"}),
    "answer_in_a_request": (billed(BILL + status("ANP")), {"segment.unexpected 1/21"}),
    "claim_in_an_answer": (answered(ANSWER + CLAIM), {"segment.unexpected 1/07"}),
    "prescriber_of_a_kind": (billed(BILL.replace("\x1cDB1993999998", "")),
                             {"field.missing 1/03/DB"}),
    "patient_of_a_kind": (billed(BILL, people=PEOPLE.replace("CYMRN123", "CY")),
                          {"field.missing 01/CY"}),
    # the header
    "control_in_pcn": (asking(pcn="A\x01V") + PEOPLE + GS + BILL, {"text.charset header/A4"}),
    "accent_in_pcn": (asking(pcn="Á") + PEOPLE + GS + BILL, {"text.charset header/A4"}),
    "short_bin": (asking(bin_="04336") + PEOPLE + GS + BILL, {"bin.malformed header/A1"}),
    "no_provider": (asking(provider="") + PEOPLE + GS + BILL, {"provider.missing header/B1"}),
    # numbers
    "money_too_long": (billed(BILL.replace("D91204D", "D900001204D")), {"text.too_long 1/11/D9"}),
    "quantity_too_long": (billed(BILL.replace("E730000", "E700000030000")),
                          {"text.too_long 1/07/E7"}),
    "days_too_long": (billed(BILL.replace("D530", "D51000")), {"text.too_long 1/07/D5"}),
    "fills_too_long": (billed(BILL.replace("D300", "D3100")), {"text.too_long 1/07/D3"}),
    "lower_sign": (billed(BILL.replace("D91204D", "D91204d")), {"money.malformed 1/11/D9"}),
    "no_days": (billed(BILL.replace("D530", "D50")), {"telecom.value 1/07/D5"}),
    "empty_cost": (billed(BILL.replace("D91204D", "D9")), {"field.missing 1/11/D9"}),
    "no_gross": (billed(BILL.replace("\x1cDU1354D", "")), {"field.missing 1/11/DU"}),
    "no_product": (billed(BILL.replace("00074433902", "0" * 11)), {"ndc.malformed 1/07/D7"}),
    "blank_before": (billed(BILL.replace("D530", "D5 30")), {"telecom.padding 1/07/D5"}),
    # drug-use review
    "reviews_without_numbers": (billed(BILL + segment("08", *REVIEWS)),
                                {"telecom.group_count 1/08/7E"}),
    "lower_reason": (billed(BILL + segment("08", "7E1", "E4dd")), {"telecom.value 1/08/E4"}),
    "strange_reject": (answered(status("ANR", "FA01", "FB7 5")), {"telecom.value 1/21/FB"}),
    "alerts_without_numbers": (answered(DUR_REFUSAL + segment("24", "E4DD", "FS1", "E4TD")),
                               {"telecom.group_count 1/24/J6"}),
    # other payers
    "payers_of_no_coverage": (billed(BILL + PAYERS), {"other_payer.unexpected 1/07/C8"}),
    "paid_but_how_much": (billed(with_coverage("02")
                                 + segment("05", "4C1", *ONE_PAYER, "5E01", "6E70")),
                          {"other_payer.untold 1/05/DV"}),
    "refused_but_why": (billed(with_coverage("03")
                               + segment("05", "4C1", *ONE_PAYER, "HB1", "HC07", "DV00{")),
                        {"other_payer.untold 1/05/6E"}),
    "share_but_which": (billed(with_coverage("08") + segment("05", "4C1", *ONE_PAYER)),
                        {"other_payer.untold 1/05/NQ"}),
    "payer_of_no_kind": (billed(with_coverage("04") + segment("05", "4C1", *ONE_PAYER[1:])),
                         {"field.missing 1/05/5C"}),
    # compounds
    "ingredients_of_nothing": (billed(CLAIM.replace("\x1cD61", "") + PRICE + INGREDIENTS),
                               {"compound.unexpected 1/07/D6"}),
    "ingredients_miscounted": (billed(MIXTURE + PRICE + INGREDIENTS.replace("EC02", "EC03")),
                               {"telecom.group_count 1/10/EC"}),
    "modifiers_miscounted": (billed(MIXTURE + PRICE + INGREDIENTS.replace("2G01", "2G02")),
                             {"telecom.group_count 1/10/2G"}),
    # answers
    "refused_yet_paid": (saying(status="R") + GS + ANSWER, {"telecom.status 1/21/AN"}),
    **{f"{word}_with_rejects": (answered(status(f"AN{word}", "FA01", "FB70"), code="B2"),
                                {"reject.unexpected 1/21/FB"}) for word in "ACQS"},
    "unbalanced": (answered(ANSWER.replace("F9329D", "F9329E")), {"price.unbalanced 1/23/F9"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_has_its_finding_and_no_other(name: str) -> None:
    text, findings = BROKEN[name]
    message = read(text)
    assert {f"{one.code} {one.path}" for one in ncpdp.check(message)} == findings
    assert ncpdp.write(message) == text.encode("latin-1")
    form = json.loads(json.dumps(ncpdp.to_json(message)))
    assert ncpdp.write(ncpdp.from_json(form)) == text.encode("latin-1")


def test_what_is_not_certain_is_no_error() -> None:
    warnings = {"other_payer.untold", "other_payer.unexpected", "segment.unexpected",
                "compound.unexpected"}  # fmt: skip
    for text, _ in BROKEN.values():
        for one in ncpdp.check(read(text)):
            if one.code in warnings:
                assert one.severity == "warning"
            elif one.code in {"element.repeated", "field.missing", "text.too_long"}:
                assert one.severity == "error"
            elif one.code == "element.unknown":
                assert one.severity == "info"


def test_a_message_with_more_than_a_group_may_have_fits_the_schema_of_what_is_sent() -> None:
    entries = (one for at in range(1, 11) for one in (f"7E{at}", "E4TD"))
    message = read(billed(BILL + segment("08", *entries)))
    assert [one.code for one in ncpdp.check(message)] == ["telecom.too_many"]
    form = ncpdp.to_json(message)
    Draft202012Validator(schemas()["telecom/request.schema.json"]).validate(form)


class TestReading:
    def test_what_several_payers_paid_and_left(self) -> None:
        message = read(GOOD["cob"])
        assert isinstance(message, Request)
        first, second = telecom.read_claim(message).other_payers
        assert (first.paid_minor, first.paid_qualifier) == (5100, "07")
        assert first.patient_responsibility_minor == 10_000  # 06 is the whole, 07 a part of it
        assert (second.id, second.rejects, second.paid_minor) == ("015581", ("70", "75"), None)
        part = typed(message.transactions[0][-1])
        assert isinstance(part, OtherPayers)
        assert [one.amount_minor for one in part.payers[0].paid] == [5000, 100]

    def test_a_share_told_in_parts_is_their_sum(self) -> None:
        told = PAYERS.replace("NP06", "NP05")
        message = read(billed(with_coverage("08") + told))
        assert isinstance(message, Request)
        assert telecom.read_claim(message).other_payers[0].patient_responsibility_minor == 13_000

    def test_the_ingredients_of_a_compound(self) -> None:
        message = read(GOOD["compound"])
        assert isinstance(message, Request)
        (compound,) = telecom.read_claim(message).more
        assert isinstance(compound, Compound)
        assert [(one.product_id, one.quantity, one.cost_minor) for one in compound.ingredients] == [
            ("00074433902", Decimal(50), 2500),
            ("57962014009", Decimal(10), 1000),
        ]
        assert [len(one.modifiers) for one in compound.ingredients] == [1, 0]

    def test_without_a_group_separator_the_claim_is_read_as_a_whole(self) -> None:
        message = read(asking() + PEOPLE + MIXTURE + PRICE + INGREDIENTS)
        assert isinstance(message, Request)
        assert len(telecom.read_claim(message).more) == 1

    def test_reviews_and_alerts_without_numbers_are_told_apart(self) -> None:
        message = read(billed(BILL + segment("08", *REVIEWS)))
        assert isinstance(message, Request)
        assert [one.reason for one in telecom.read_claim(message).dur] == ["DD", "TD"]
        refused = read(answered(DUR_REFUSAL + segment("24", "E4DD", "FS1", "E4TD", "FS2")))
        assert isinstance(refused, Response)
        alerts = telecom.read_answer(refused).dur
        assert [(one.reason, one.significance) for one in alerts] == [("DD", "1"), ("TD", "2")]

    def test_an_alert_belongs_to_its_number_wherever_its_reason_stands(self) -> None:
        told = segment("24", "J61", "FS1", "E4DD", "J62", "FS2", "E4TD", "FVmany", "J63", "FYWORDS")
        message = read(answered(DUR_REFUSAL + told))
        assert isinstance(message, Response)
        alerts = telecom.read_answer(message).dur
        assert [(one.reason, one.significance) for one in alerts] == [
            ("DD", "1"), ("TD", "2"), ("", ""),
        ]  # fmt: skip
        assert (alerts[1].quantity, alerts[2].text) == (None, "WORDS")

    def test_the_whole_of_an_alert(self) -> None:
        message = read(answered(DUR_REFUSAL + ALERTS))
        assert isinstance(message, Response)
        first, second = telecom.read_answer(message).dur
        assert (first.previous_fill, first.quantity) == ("20260201", Decimal(30))
        assert (second.quantity, second.additional_text) == (None, "MORE WORDS")

    def test_a_service_fee_is_part_of_the_price(self) -> None:
        message = read(GOOD["service_fee"])
        assert isinstance(message, Response)
        answer = telecom.read_answer(message)
        assert (answer.service_fee_minor, answer.is_balanced) == (500, True)

    @pytest.mark.parametrize(
        ("old", "new", "path"),
        [
            ("D91204D", "D91204Z", "11/D9"),
            ("E730000", "E7many", "07/E7"),
            ("DV500{", "DV5.00", "05/DV"),
        ],
    )
    def test_a_claim_that_cannot_be_read_says_where(self, old: str, new: str, path: str) -> None:
        message = read(GOOD["cob"].replace(old, new))
        assert isinstance(message, Request)
        with pytest.raises(ncpdp.InvalidValue) as caught:
            telecom.read_claim(message)
        assert caught.value.path == path

    def test_an_answer_that_cannot_be_read_says_where(self) -> None:
        message = read(GOOD["paid"].replace("F51000{", "F510.00"))
        assert isinstance(message, Response)
        with pytest.raises(ncpdp.InvalidValue) as caught:
            telecom.read_answer(message)
        assert caught.value.path == "23/F5"


def test_each_part_of_the_gross_amount_counts() -> None:
    for field in ("D91204D", "DC150{", "BE50{", "E325{", "H9100{", "H920{", "HA15{", "GE10{"):
        changed = FULL_PRICE.replace(FS + field, f"{FS}{field[:2]}777{{")
        assert changed != FULL_PRICE
        found = [one.code for one in ncpdp.check(read(billed(CLAIM + changed)))]
        assert found == ["price.gross"]


def test_a_reversal_and_an_eligibility_need_no_price() -> None:
    assert ncpdp.check(read(billed(BACK, code="B2", people=""))) == []
    assert ncpdp.check(read(billed(code="E1", people=INSURED))) == []
    assert ncpdp.check(read(billed(CLAIM + PRESCRIBER + PRICE, code="N1"))) == []
