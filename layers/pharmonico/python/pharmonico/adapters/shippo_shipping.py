"""Rates, labels and tracking at Shippo.

A GET is repeated on a bad answer; a purchase is not, because Shippo has no idempotency keys:
its caller finds a label that was bought before it buys another.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import requests
from requests.adapters import HTTPAdapter
from shippo import Shippo
from shippo.models import components, errors, operations
from urllib3.util import Retry

from pharmonico.adapters.partners import watched
from pharmonico.adapters.secrets import secrets
from pharmonico.adapters.shippo_words import (
    address_of,
    check_of,
    extra_of,
    label_of,
    manifest_of,
    parcel_of,
    rate_of,
    scan_of,
)
from pharmonico.fulfillment.shipping.carriers import NoAnswer, PurchasePending
from pharmonico.kit.errors import Invalid, Pending, Rejected, Unavailable
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from pharmonico.fulfillment.shipping.parcels import (
        Address,
        AddressCheck,
        Handling,
        Label,
        Manifest,
        Rate,
        Scan,
    )

T = TypeVar("T")

TIMEOUT_S = (3.0, 15.0)
RETRIES_MAX = 2
PDF_BYTES_MAX = 5_000_000
HANDED_OVER_AT = "23:00:00Z"
"""Afternoon in every American zone, and the same day there; Shippo takes no date without a time."""

PAGES_MAX = 5
PAGE_SIZE = 100
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500
_BAD_GATEWAY, _GATEWAY_TIMEOUT = 502, 504
_NOT_ITS_OWN = (_BAD_GATEWAY, _GATEWAY_TIMEOUT)
"""Said by something before the server, which may be working on it still."""

_Status = components.TransactionStatusEnum
_BOUGHT = (_Status.SUCCESS, _Status.REFUNDED, _Status.REFUNDPENDING, _Status.REFUNDREJECTED)
_PENDING = (_Status.QUEUED, _Status.WAITING)
_VOIDED = (_Status.REFUNDED, _Status.REFUNDPENDING)
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class ShippoCarriers:
    def __init__(self, client: Shippo, session: requests.Session) -> None:
        self._client = client
        self._session = session

    def check(self, address: Address) -> AddressCheck:
        wanted = address_of(address, validate=True)
        return check_of(address, _asked(lambda: self._client.addresses.create(wanted)))

    def rates(
        self, origin: Address, to: Address, handling: Handling, *, reference: str
    ) -> tuple[Rate, ...]:
        if self.check(to).verdict == "invalid":
            raise Invalid("address.invalid", "The carrier does not know the delivery address.")
        request = components.ShipmentCreateRequest(
            address_from=address_of(origin),
            address_to=address_of(to),
            parcels=[parcel_of(handling.box)],
            metadata=reference,
            shipment_date=_handed_over(handling),
            extra=extra_of(handling),
            async_=False,
        )
        shipment = _asked(lambda: self._client.shipments.create(request))
        return tuple(rate_of(rate) for rate in shipment.rates)

    def buy(self, rate_id: str, *, reference: str) -> Label:
        request = components.TransactionCreateRequest(
            rate=rate_id,
            async_=False,
            label_file_type=components.LabelFileTypeEnum.PDF_4X6,
            metadata=reference,
        )
        made = _asked(lambda: self._client.transactions.create(request))
        if made.status in _PENDING:
            raise PurchasePending
        if made.status is not _Status.SUCCESS:
            raise Rejected("label.refused", "The carrier refused to sell the label.")
        return label_of(made)

    def find(self, rate_id: str, *, reference: str) -> Label | None:
        for page in range(1, PAGES_MAX + 1):
            found = self._page(rate_id, page)
            mine = [made for made in found.results or [] if made.metadata == reference]
            if any(made.status in _PENDING for made in mine):
                raise PurchasePending
            bought = next((made for made in mine if made.status in _BOUGHT), None)
            if bought is not None:
                return label_of(bought)
            if not found.next:
                break
        return None

    def void(self, transaction_id: str) -> None:
        label = _asked(lambda: self._client.transactions.get(transaction_id))
        if label.status in _VOIDED:
            return
        is_refused = label.status is _Status.REFUNDREJECTED
        if not is_refused:
            made = _asked(lambda: self._client.refunds.create(transaction_id, async_=False))
            is_refused = made.status is components.RefundStatus.ERROR
        if is_refused:
            raise Rejected("label.void_refused", "The carrier has scanned it: it is on its way.")

    def scan(self, carrier: str, number: str) -> Scan | None:
        return scan_of(_asked(lambda: self._client.tracking_status.get(number, carrier)))

    def manifest(
        self, origin: Address, account: str, day: date, transactions: Sequence[str]
    ) -> Manifest:
        for page in range(1, PAGES_MAX + 1):
            found = self._manifests(page)
            for made in found.results or []:
                if _is_good(made) and {*(made.transactions or [])} & {*transactions}:
                    return manifest_of(made)
            if not found.next:
                break
        request = components.ManifestCreateRequest(
            carrier_account=account,
            shipment_date=f"{day}T{HANDED_OVER_AT}",
            address_from=address_of(origin),
            transactions=list(transactions),
            async_=False,
        )
        made = _asked(lambda: self._client.manifests.create(request))
        if made.status is components.ManifestStatus.QUEUED:
            raise Pending("manifest.pending", "The carrier is still making the manifest.")
        if not _is_good(made):
            raise Rejected("manifest.refused", "The carrier refused to close the day.")
        return manifest_of(made)

    def manifest_pdf(self, manifest: Manifest) -> bytes | None:
        return self._file(manifest.pdf_url) if manifest.pdf_url else None

    def pdf(self, label: Label) -> bytes:
        return self._file(label.pdf_url)

    def _file(self, url: str) -> bytes:
        try:
            answer = self._session.get(url, timeout=TIMEOUT_S, stream=True)
            answer.raise_for_status()
            content = answer.raw.read(PDF_BYTES_MAX + 1, decode_content=True)
        except requests.RequestException as error:
            raise Unavailable("label.unavailable", "The label cannot be fetched now.") from error
        if not content.startswith(b"%PDF") or len(content) > PDF_BYTES_MAX:
            raise Unavailable("label.unreadable", "What came is not a label.")
        return bytes(content)

    def _manifests(self, page: int) -> components.ManifestPaginatedList:
        return _asked(lambda: self._client.manifests.list(page=page, results=PAGE_SIZE))

    def _page(self, rate_id: str, page: int) -> components.TransactionPaginatedList:
        request = operations.ListTransactionsRequest(rate=rate_id, page=page, results=PAGE_SIZE)
        return _asked(lambda: self._client.transactions.list(request))


class _PatientSession(requests.Session):
    """The SDK sends without a timeout of its own."""

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        options.setdefault("timeout", TIMEOUT_S)
        return super().send(request, **options)


def _is_good(made: components.Manifest) -> bool:
    return made.status is components.ManifestStatus.SUCCESS


def _handed_over(handling: Handling) -> str | None:
    return f"{handling.leaves_on}T{HANDED_OVER_AT}" if handling.waits_for else None


def _asked(call: Callable[[], T]) -> T:
    """Shippo's errors in our words.

    They are not chained: their text holds the answer's body, which may quote an address, and a
    chain ends up in the log. What the SDK cannot read (a status it does not know) is no answer, and
    without one nobody knows what was done.
    """
    try:
        return call()
    except errors.SDKError as error:
        status = error.status_code
        if status < SERVER_ERROR and status != TOO_MANY_REQUESTS:
            raise Rejected("shipping.provider_rejected", "The shipping provider refused.") from None
        raise _unavailable(NoAnswer if status in _NOT_ITS_OWN else Unavailable) from None
    except requests.RequestException as error:
        raise _unavailable(NoAnswer) from error
    except _UNREADABLE:
        raise _unavailable(NoAnswer) from None


def _unavailable(kind: type[Unavailable]) -> Unavailable:
    return kind("shipping.provider_unavailable", "The shipping provider does not answer now.")


@lru_cache(maxsize=1)
def _session() -> requests.Session:
    session = _PatientSession()
    retry = Retry(
        total=RETRIES_MAX,
        backoff_factor=0.5,
        status_forcelist=(TOO_MANY_REQUESTS, 500, 502, 503, 504),
        allowed_methods=("GET",),
        raise_on_status=False,
    )
    session.mount("https://", HTTPAdapter(max_retries=retry))
    session.mount("http://", HTTPAdapter(max_retries=retry))
    return session


@lru_cache(maxsize=2)
def _client(token: str, url: str) -> Shippo:
    return Shippo(f"ShippoToken {token}", server_url=url or None, client=_session())


def carriers() -> ShippoCarriers:
    client = _client(secrets().shippo_token, settings().SHIPPO_URL)
    return watched("shippo", ShippoCarriers(client, _session()))
