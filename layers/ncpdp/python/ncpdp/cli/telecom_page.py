"""What a D.0 message says: money as money, dates as dates, codes in words with their advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.cli.words import label, of, singular
from ncpdp.errors import InvalidValue
from ncpdp.telecom.checking.fields import leaves_of
from ncpdp.telecom.codes import entry
from ncpdp.telecom.json_values import name_of
from ncpdp.telecom.model import Request
from ncpdp.telecom.parts import Group, plan_of
from ncpdp.telecom.segments import SEGMENTS
from ncpdp.telecom.values import from_text, is_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.telecom.model import Field, Response, Segment
    from ncpdp.telecom.parts import Leaf, Part

TRANSACTIONS = {
    "B1": "Billing",
    "B2": "Reversal",
    "B3": "Rebilling",
    "E1": "Eligibility",
    "P1": "Prior authorization and billing",
    "P2": "Reversal of a prior authorization",
    "P3": "Inquiry about a prior authorization",
    "P4": "Prior authorization",
    "N1": "Information report",
    "N2": "Reversal of an information report",
    "N3": "Information report sent anew",
    "D1": "Predetermination of benefits",
    "S1": "Service billing",
    "S2": "Service reversal",
    "S3": "Service rebilling",
    "C1": "Controlled substance report",
    "C2": "Reversal of a controlled substance report",
    "C3": "Controlled substance report sent anew",
}


def lines(message: Request | Response) -> Iterator[str]:
    """Title and header, the common segments, then each transaction."""
    header = message.header
    kind = "request" if isinstance(message, Request) else "answer"
    name = TRANSACTIONS.get(header.transaction_code, "Transaction")
    yield f"{name} ({header.transaction_code}), {kind} · Telecommunication {header.version}"
    if isinstance(message, Request):
        yield f"  To BIN {message.header.bin}, PCN {message.header.pcn or '(none)'}"
    else:
        said = {"A": "accepted", "R": "rejected"}.get(message.header.status, message.header.status)
        yield f"  The transmission was {said}"
    yield f"  Pharmacy {header.provider_id}, date of service {_day(header.date_of_service)}"
    for segment in message.segments:
        yield from _segment(segment)
    for number, transaction in enumerate(message.transactions, 1):
        yield ""
        yield f"Transaction {number} of {len(message.transactions)}"
        for segment in transaction:
            yield from _segment(segment)


def _segment(segment: Segment) -> Iterator[str]:
    model = SEGMENTS.get(segment.id)
    yield f"  {label(name_of(segment.id) or 'unknown segment')} [{segment.id}]"
    names, leaves = (_names(model), leaves_of(model)) if model else ({}, {})
    for one in segment.fields:
        leaf = leaves.get(one.id)
        name = names.get(one.id, "Unknown field")
        value = _value(leaf, one) if leaf else one.value
        yield f"    {name}: {value} [{one.id}]"


def _names(model: type[Part]) -> dict[str, str]:
    """What each field of a segment and its groups is called."""
    found: dict[str, str] = {}
    for name, spec in plan_of(model).items:
        if isinstance(spec, Group):
            one = label(singular(name))
            found |= {key: of(one, words) for key, words in _names(spec.model).items()}
            derived = {spec.count: f"Number of {name}", spec.counter: "Number"}
            found |= {key: words.replace("_", " ") for key, words in derived.items() if key}
        else:
            found[spec.id] = label(name.removesuffix("_minor"))
    return found


def _value(leaf: Leaf, one: Field) -> str:
    bare = one.value.strip(" ")
    try:
        value = from_text(leaf, one.value)
    except InvalidValue:
        return f"{bare} (not readable)"
    if leaf.kind == "money" and value is not None:
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
    if leaf.kind in {"quantity", "rate"} and value is not None:
        return f"{value:f}"
    return _day(bare) if leaf.kind == "day" else _coded(leaf, bare)


def _coded(leaf: Leaf, bare: str) -> str:
    found = entry(leaf.table, bare) if leaf.table else None
    if found is None:
        return bare
    advice = f"; {found.advice.replace('_', ' ')}" if found.advice else ""
    return f"{bare} ({found.words}{advice})"


def _day(text: str) -> str:
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if is_day(text) else text
