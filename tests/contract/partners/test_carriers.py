"""One contract for every carrier: the one in memory, and Shippo's SDK against the sandbox."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import requests
import shippo
from pharmonico.adapters import shippo_shipping
from pharmonico.adapters.memory.shipping import MemoryCarriers
from pharmonico.adapters.shippo_shipping import ShippoCarriers
from pharmonico.adapters.shippo_webhook import read_scan
from pharmonico.adapters.shippo_words import check_of
from pharmonico.adapters.webhook_signatures import must_be_shippos
from pharmonico.fulfillment.shipping.parcels import Address, Box, Handling
from pharmonico.fulfillment.shipping.tracking import meaning
from pharmonico.fulfillment.status import Status
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.errors import Invalid, Rejected, Unavailable
from shippo.models import components

from local.sandbox.credentials import LOCAL_ONLY

if TYPE_CHECKING:
    from pharmonico.fulfillment.shipping.carriers import Carriers
    from pharmonico.fulfillment.shipping.parcels import Label

    from tests.integration.sandbox.conftest import Receiver, Sandbox

HERE = Address("Synthetic Pharmacy", "1 Mortar Way", "Los Angeles", "CA", "90001")
THERE = Address("Jordan Doe", "2 Test Street", "San Francisco", "CA", "94103", phone="4155550100")
BOX = Box("small_box", 9, 6, 4, 7)
TODAY = Handling(date(2026, 9, 15), BOX, days_max=3, rules=("promise",))
REFERENCE = "rx_01TEST:shp_01TEST"


def at_shippo(sandbox: Sandbox) -> ShippoCarriers:
    client = shippo_shipping._client(LOCAL_ONLY.shippo_token, f"{sandbox.url}/shippo")
    return ShippoCarriers(client, shippo_shipping._session())


@pytest.fixture(params=["memory", "shippo"])
def carriers(request: pytest.FixtureRequest) -> Carriers:
    if request.param == "memory":
        return MemoryCarriers()
    return at_shippo(request.getfixturevalue("sandbox"))


def bought(carriers: Carriers, to: Address = THERE) -> tuple[str, Label]:
    rate = carriers.rates(HERE, to, TODAY, reference=REFERENCE)[0]
    return rate.id, carriers.buy(rate.id, reference=REFERENCE)


def test_rates_say_carrier_price_and_days(carriers: Carriers) -> None:
    rates = carriers.rates(HERE, THERE, TODAY, reference=REFERENCE)
    assert len(rates) > 1
    assert all(rate.carrier.islower() and rate.cost.amount_minor > 0 for rate in rates)
    assert all(rate.days is not None and rate.days > 0 for rate in rates)


def test_a_bad_address_is_refused_by_name(carriers: Carriers) -> None:
    with pytest.raises(Invalid) as refusal:
        carriers.rates(HERE, replace(THERE, postal_code="99999"), TODAY, reference=REFERENCE)
    assert refusal.value.code == "address.invalid"


@pytest.mark.parametrize(
    ("changes", "verdict", "line1"),
    [
        ({}, "valid", "2 Test Street"),
        ({"line1": "2 Test Stret"}, "suggestion", "2 Test Street"),
        ({"postal_code": "99999"}, "invalid", None),
    ],
)
def test_an_address_is_known_put_right_or_unknown(
    carriers: Carriers, changes: dict[str, str], verdict: str, line1: str | None
) -> None:
    found = carriers.check(replace(THERE, **changes))
    assert found.verdict == verdict
    assert (found.suggested.line1 if found.suggested else None) == line1


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"street1": "2 TEST STREET", "zip": "94103-1207"}, "valid"),
        ({"street2": "APT 4"}, "suggestion"),
        ({"city": "South San Francisco"}, "suggestion"),
    ],
)
def test_capitals_and_four_more_digits_are_no_suggestion(
    changes: dict[str, str], verdict: str
) -> None:
    answered = {"street1": THERE.line1, "city": THERE.city, "state": "CA", "zip": "94103"}
    verified = components.AddressValidationResults(is_valid=True)
    address = components.Address(
        country="US", validation_results=verified, **{**answered, **changes}
    )
    assert check_of(THERE, address).verdict == verdict


def test_a_label_has_a_number_and_a_pdf(carriers: Carriers) -> None:
    _, label = bought(carriers)
    assert label.tracking_number
    assert carriers.pdf(label).startswith(b"%PDF")


def test_a_bought_label_is_found_by_rate_and_reference(carriers: Carriers) -> None:
    rate_id, label = bought(carriers)
    assert carriers.find(rate_id, reference=REFERENCE) == label
    assert carriers.find(rate_id, reference="rx_02TEST:shp_02TEST") is None


def test_a_rate_that_was_not_bought_has_no_label(carriers: Carriers) -> None:
    rate = carriers.rates(HERE, THERE, TODAY, reference=REFERENCE)[0]
    assert carriers.find(rate.id, reference=REFERENCE) is None


def test_a_rate_that_never_was_cannot_be_bought(carriers: Carriers) -> None:
    with pytest.raises(Rejected):
        carriers.buy("no_such_rate", reference=REFERENCE)


def test_voiding_twice_is_voiding_once(carriers: Carriers) -> None:
    rate_id, label = bought(carriers)
    carriers.void(label.transaction_id)
    carriers.void(label.transaction_id)
    assert carriers.find(rate_id, reference=REFERENCE) == label


def test_a_label_nobody_bought_cannot_be_voided(carriers: Carriers) -> None:
    with pytest.raises(Rejected):
        carriers.void("no_such_label")


def test_a_day_is_closed_once_per_label(carriers: Carriers) -> None:
    rates = carriers.rates(HERE, THERE, TODAY, reference=REFERENCE)
    rate = next(rate for rate in rates if rate.carrier == "usps")
    first, second, third = (
        carriers.buy(rate.id, reference=REFERENCE).transaction_id for _ in range(3)
    )
    made = carriers.manifest(HERE, rate.account, TODAY.leaves_on, [first, second])
    assert made.covers == {first, second}
    again = carriers.manifest(HERE, rate.account, TODAY.leaves_on, [third, second])
    assert again.id == made.id
    other = carriers.manifest(HERE, rate.account, TODAY.leaves_on, [third])
    assert (other.covers, other.id == made.id) == ({third}, False)
    pdf = carriers.manifest_pdf(made)
    assert pdf is not None
    assert pdf.startswith(b"%PDF")


def test_a_number_nobody_scanned_has_no_scan(carriers: Carriers) -> None:
    assert carriers.scan("usps", "9200000000000000000000") is None


def test_a_purchase_whose_answer_was_lost_is_found_and_not_repeated(sandbox: Sandbox) -> None:
    carriers = at_shippo(sandbox)
    rate = carriers.rates(HERE, THERE, TODAY, reference=REFERENCE)[0]
    lost = {"provider": "shippo", "kind": "error", "when": "after", "times": 1, "status": 502}
    sandbox.post("/faults", {**lost, "method": "POST", "path": "/transactions"})
    with pytest.raises(Unavailable):
        carriers.buy(rate.id, reference=REFERENCE)
    assert carriers.find(rate.id, reference=REFERENCE) is not None
    assert len(sandbox.items("/shippo/parcels", metadata=REFERENCE)) == 1


def test_shippo_is_told_to_wait_and_to_ask_for_a_signature(sandbox: Sandbox) -> None:
    monday = replace(TODAY, leaves_on=date(2026, 9, 21), waits_for="weekend", signed=True)
    at_shippo(sandbox).rates(HERE, THERE, monday, reference=REFERENCE)
    [call] = [c for c in sandbox.items("/calls", provider="shippo") if c["path"] == "/shipments"]
    asked = json.loads(call["request"])
    assert asked["shipment_date"] == "2026-09-21T23:00:00Z"
    assert asked["extra"] == {"signature_confirmation": "ADULT"}
    [box] = asked["parcels"]
    assert (box["weight"], box["height"], box["mass_unit"]) == ("7", "4", "oz")


def test_a_carrier_that_refuses_to_sell_says_so(sandbox: Sandbox) -> None:
    with pytest.raises(Rejected) as refusal:
        bought(at_shippo(sandbox), replace(THERE, line1="1 Label Error Street"))
    assert refusal.value.code == "label.refused"


def test_a_label_of_a_scanned_parcel_is_not_taken_back(sandbox: Sandbox) -> None:
    carriers = at_shippo(sandbox)
    _, label = bought(carriers)
    sandbox.post(f"/shippo/parcels/{label.tracking_number}/move", {"status": "TRANSIT"})
    for _ in ("once", "and however often it is tried again"):
        with pytest.raises(Rejected) as refusal:
            carriers.void(label.transaction_id)
        assert refusal.value.code == "label.void_refused"


def test_a_get_survives_one_bad_answer(sandbox: Sandbox) -> None:
    carriers = at_shippo(sandbox)
    rate_id, label = bought(carriers)
    sandbox.post("/faults", {"provider": "shippo", "kind": "error", "times": 1, "status": 503})
    assert carriers.find(rate_id, reference=REFERENCE) == label


def test_a_shippo_that_is_down_is_unavailable(sandbox: Sandbox) -> None:
    sandbox.post("/faults", {"provider": "shippo", "kind": "error", "times": -1, "status": 503})
    with pytest.raises(Unavailable) as failure:
        at_shippo(sandbox).rates(HERE, THERE, TODAY, reference=REFERENCE)
    assert failure.value.code == "shipping.provider_unavailable"


def test_an_answer_that_the_sdk_cannot_read_is_no_answer() -> None:
    class NewWords(requests.Session):
        """Shippo with a status that the SDK has not heard of."""

        def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
            answer = requests.Response()
            answer.status_code, answer.request = 200, request
            answer.headers["Content-Type"] = "application/json"
            track = {"carrier": "usps", "tracking_number": "1", "messages": []}
            said = {"status": "ON_A_DRONE", "status_details": "", "status_date": None}
            answer._content = json.dumps(track | {"tracking_status": said}).encode()
            return answer

    session = NewWords()
    client = shippo.Shippo("ShippoToken test", server_url="http://shippo.test", client=session)
    with pytest.raises(Unavailable):
        ShippoCarriers(client, session).scan("usps", "1")


def test_the_webhook_and_the_question_tell_the_same(sandbox: Sandbox, receiver: Receiver) -> None:
    carriers = at_shippo(sandbox)
    rate = carriers.rates(HERE, THERE, TODAY, reference=REFERENCE)[0]
    label = carriers.buy(rate.id, reference=REFERENCE)
    number = label.tracking_number
    sandbox.post(f"/shippo/parcels/{number}/move", {"status": "OUT_FOR_DELIVERY"})
    [(path, headers, body)] = receiver.wait_for(1)
    must_be_shippos(
        body.encode(),
        header=headers["Shippo-Auth-Signature"],
        secret=LOCAL_ONLY.shippo_webhook_secret,
        clock=SystemClock(),
    )
    told = read_scan(body.encode())
    assert path == "/webhook/shippo"
    assert told is not None
    assert told == carriers.scan(rate.carrier, number)
    assert meaning(told) is Status.OUT_FOR_DELIVERY
