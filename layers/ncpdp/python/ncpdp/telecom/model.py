"""A D.0 message: a fixed header, segments of fields, one to four transactions."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ncpdp.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Iterator

TRANSACTIONS_MAX = 4


class Field(NamedTuple):
    """A two-character field id and its value exactly as it stands in the message."""

    id: str
    value: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment id (`07` claim) and its fields in their order; groups repeat field ids."""

    id: str
    fields: tuple[Field, ...] = ()

    def get(self, field_id: str) -> str | None:
        """The first value of that field, without padding."""
        return next((f.value.strip(" ") for f in self.fields if f.id == field_id), None)

    def all(self, field_id: str) -> tuple[str, ...]:
        """Every value of a repeating field."""
        return tuple(f.value.strip(" ") for f in self.fields if f.id == field_id)


Segments: TypeAlias = tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHeader:
    """The 56 bytes; dates are CCYYMMDD, the provider qualifier 01 is an NPI."""

    bin: str
    version: str = "D0"
    transaction_code: str
    pcn: str = ""
    transaction_count: str = "1"
    provider_id_qualifier: str = "01"
    provider_id: str
    date_of_service: str
    vendor_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHeader:
    """The 31 bytes; status A accepted, R rejected concerns the transmission as a whole."""

    version: str = "D0"
    transaction_code: str
    transaction_count: str = "1"
    status: str = "A"
    provider_id_qualifier: str = "01"
    provider_id: str
    date_of_service: str


@dataclass(frozen=True, slots=True)
class Wire:
    """The bytes as they came and what was read from them, where the framing was loose."""

    data: bytes
    original: Request | Response


@dataclass(frozen=True, slots=True, kw_only=True)
class _Transmission:
    header: RequestHeader | ResponseHeader
    segments: Segments = ()
    transactions: tuple[Segments, ...] = ()
    wire: Wire | None = field(default=None, compare=False, repr=False)

    @property
    def sent(self) -> bytes | None:
        """The loosely framed bytes it came in, for as long as nothing was changed."""
        wire = self.wire
        if wire is None or (self is not wire.original and self != wire.original):
            return None
        return wire.data

    def own(self, transaction: int = 0) -> Segments:
        """The segments of one transaction; without a group separator there is one only."""
        if not self.transactions and transaction == 0:
            return self.segments
        return self.transactions[transaction] if transaction < len(self.transactions) else ()

    def segment(self, segment_id: str, transaction: int = 0) -> Segment | None:
        """The segment of one transaction, or of the transmission as a whole."""
        own = self.transactions[transaction] if transaction < len(self.transactions) else ()
        return next((s for s in (*own, *self.segments) if s.id == segment_id), None)

    def get(self, segment_id: str, field_id: str, transaction: int = 0) -> str | None:
        """One value, by segment and field id."""
        segment = self.segment(segment_id, transaction)
        return segment.get(field_id) if segment else None

    def every_segment(self) -> Iterator[Segment]:
        yield from self.segments
        for transaction in self.transactions:
            yield from transaction

    def ensure_text(self) -> None:
        """Raise InvalidValue unless every field is text, as in each message that was read."""
        try:
            # Joining is the quickest look at many texts.
            "".join([getattr(self.header, one) for one in self.header.__dataclass_fields__])
            for segment in self.every_segment():
                "".join(chain((segment.id,), *segment.fields))
        except TypeError as error:
            words = "A header, a segment's id, a field's id and its value are text."
            raise InvalidValue(words, code="value.type") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(_Transmission):
    header: RequestHeader

    @property
    def type(self) -> str:
        """The transaction code, such as `B1`."""
        return self.header.transaction_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(_Transmission):
    header: ResponseHeader

    @property
    def type(self) -> str:
        return self.header.transaction_code
