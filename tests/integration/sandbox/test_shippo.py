"""Addresses, rates, labels and tracks as Shippo's own SDK sees them."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any

import httpx
import pytest
import shippo
from shippo.models import components, errors, operations

from local.sandbox.credentials import LOCAL_ONLY


def address(**changes: Any) -> components.AddressCreateRequest:
    given = {"name": "Pat Test", "street1": "1 Main (St)", "city": "Columbus", "state": "OH"}
    return components.AddressCreateRequest(**given | {"zip": "43201", "country": "US"} | changes)


def shipment(parcels: shippo.Shippo, **changes: Any) -> components.Shipment:
    box = components.ParcelCreateRequest(
        mass_unit=components.WeightUnitEnum.OZ,
        weight="8",
        distance_unit=components.DistanceUnitEnum.IN,
        length="6",
        width="4",
        height="2",
    )
    to = address(**changes)
    order = components.ShipmentCreateRequest(
        address_from=address(), address_to=to, parcels=[box], metadata="rx_1", async_=False
    )
    return parcels.shipments.create(order)


def buy(parcels: shippo.Shippo, *, metadata: str = "rx_1/1", **changes: Any) -> Any:
    rates = shipment(parcels, **changes).rates
    cheapest = next(rate for rate in rates if components.Attributes.CHEAPEST in rate.attributes)
    order = components.TransactionCreateRequest(
        rate=cheapest.object_id, metadata=metadata, async_=False
    )
    return parcels.transactions.create(order)


def test_a_good_address_is_valid_and_zip_99999_is_not(parcels: shippo.Shippo) -> None:
    verdicts = []
    for zip_code in ("43201", "99999"):
        made = parcels.addresses.create(address(zip=zip_code, validate=True))
        assert made.validation_results is not None
        verdicts.append(made.validation_results.is_valid)
    assert verdicts == [True, False]
    assert shipment(parcels, zip="99999").rates == []


def test_rates_come_from_several_carriers_with_their_promises(parcels: shippo.Shippo) -> None:
    rates = shipment(parcels).rates
    assert {rate.provider for rate in rates} == {"USPS", "UPS", "FedEx"}
    assert {rate.estimated_days for rate in rates} >= {1, 2, 3}
    fastest = [r for r in rates if components.Attributes.FASTEST in r.attributes]
    assert [rate.estimated_days for rate in fastest] == [1]


def test_a_bought_label_is_a_4_by_6_pdf_and_is_found_again_by_its_metadata(
    parcels: shippo.Shippo,
) -> None:
    label = buy(parcels, metadata="rx_7/1")
    buy(parcels, metadata="rx_8/1")
    assert label.status == components.TransactionStatusEnum.SUCCESS
    pdf = httpx.get(label.label_url, trust_env=False).content
    assert pdf.startswith(b"%PDF-1.4")
    assert b"/MediaBox [0 0 288 432]" in pdf
    assert label.tracking_number.encode() in pdf
    [table] = re.findall(rb"startxref\n(\d+)\n%%EOF", pdf)
    assert pdf[int(table) :].startswith(b"xref")
    listed = parcels.transactions.list(operations.ListTransactionsRequest(results=100)).results
    assert [t.object_id for t in listed or [] if t.metadata == "rx_7/1"] == [label.object_id]


def test_labels_are_listed_in_pages_newest_first(parcels: shippo.Shippo) -> None:
    for number in range(3):
        buy(parcels, metadata=f"rx_{number}")
    request = operations.ListTransactionsRequest(page=1, results=2)
    first = parcels.transactions.list(request)
    request.page = 2
    second = parcels.transactions.list(request)
    pages = [[label.metadata for label in page.results or []] for page in (first, second)]
    assert pages == [["rx_2", "rx_1"], ["rx_0"]]
    assert first.next is not None
    assert second.next is None


def test_without_async_false_the_label_is_only_queued(parcels: shippo.Shippo) -> None:
    rate = shipment(parcels).rates[0].object_id
    queued = parcels.transactions.create(components.TransactionCreateRequest(rate=rate))
    assert (queued.status, queued.label_url) == (components.TransactionStatusEnum.QUEUED, None)
    later = parcels.transactions.get(str(queued.object_id))
    assert later.status == components.TransactionStatusEnum.SUCCESS


def test_a_carrier_that_cannot_print_answers_with_status_error(parcels: shippo.Shippo) -> None:
    label = buy(parcels, street1="1 Label Error Rd")
    assert label.status == components.TransactionStatusEnum.ERROR
    assert label.messages[0].code == "carrier_error"


def test_an_unscanned_label_is_voided_once(parcels: shippo.Shippo) -> None:
    label = buy(parcels)
    refund = parcels.refunds.create(label.object_id, async_=False)
    assert refund.status == components.RefundStatus.SUCCESS
    voided = parcels.transactions.get(label.object_id)
    assert voided.status == components.TransactionStatusEnum.REFUNDED
    with pytest.raises(errors.SDKError) as refused:
        parcels.refunds.create(label.object_id, async_=False)
    assert refused.value.status_code == 400


def test_a_scanned_label_is_not_voided(sandbox: Any, parcels: shippo.Shippo) -> None:
    label = buy(parcels)
    sandbox.post(f"/shippo/parcels/{label.tracking_number}/move", {"status": "TRANSIT"})
    refund = parcels.refunds.create(label.object_id, async_=False)
    assert refund.status == components.RefundStatus.ERROR


def test_a_moved_parcel_is_told_in_a_signed_webhook_and_on_the_track(
    sandbox: Any, parcels: shippo.Shippo, receiver: Any
) -> None:
    label = buy(parcels)
    move = f"/shippo/parcels/{label.tracking_number}/move"
    sandbox.post(move, {"status": "OUT_FOR_DELIVERY"})
    [(path, headers, body)] = receiver.wait_for(1)
    assert path == "/webhook/shippo"
    signed = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["Shippo-Auth-Signature"])
    assert signed is not None
    stamp, signature = signed.groups()
    secret = LOCAL_ONLY.shippo_webhook_secret.encode()
    wanted = hmac.new(secret, f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
    assert signature == wanted
    told = json.loads(body)
    assert told["event"] == "track_updated"
    status = told["data"]["tracking_status"]
    assert (status["status"], status["substatus"]["code"]) == ("TRANSIT", "out_for_delivery")
    sandbox.post(move, {"status": "DELIVERED"})
    track = parcels.tracking_status.get(label.tracking_number, "usps")
    assert track.tracking_status is not None
    assert track.tracking_status.status == components.TrackingStatusEnum.DELIVERED
    assert track.metadata == "rx_1/1"
    assert len(track.tracking_history) == 3


@pytest.mark.parametrize("status", ["DELIVERED", "FAILURE", "RETURNED", "TRANSIT", "PRE_TRANSIT"])
def test_magic_numbers_tell_their_story(parcels: shippo.Shippo, status: str) -> None:
    track = parcels.tracking_status.get(f"SHIPPO_{status}", "shippo")
    assert track.tracking_status is not None
    assert track.tracking_status.status.value == status


def test_registering_a_magic_number_sends_its_webhook(
    parcels: shippo.Shippo, receiver: Any
) -> None:
    parcels.tracking_status.create("shippo", "SHIPPO_DELIVERED", "rx_9")
    [(_, _, body)] = receiver.wait_for(1)
    assert json.loads(body)["data"]["metadata"] == "rx_9"


def test_a_wrong_token_is_refused(sandbox: Any) -> None:
    stranger = shippo.Shippo(api_key_header="shippo_test_other", server_url=f"{sandbox.url}/shippo")
    with pytest.raises(errors.SDKError) as refused:
        stranger.addresses.create(address())
    assert refused.value.status_code == 401
