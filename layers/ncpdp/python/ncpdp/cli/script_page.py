"""What a SCRIPT message says, part by part, from its JSON form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ncpdp import codes
from ncpdp.door import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.message import Message

WORDS = {
    **codes.DOSAGE_UNITS,
    **{code: f"schedule {name}" for code, name in codes.SCHEDULE_BY_NCIT.items()},
    codes.NCIT_UNSCHEDULED: "not scheduled",
}
_QUALIFIERS = {"P": "pharmacy", "D": "prescriber", "C": "clinic", "M": "mailbox", "PY": "payer"}
_GENDERS = {"M": "male", "F": "female", "U": "unknown"}
_BY_KEY: dict[str, dict[str, str]] = {
    "gender": _GENDERS,
    "substitutions": {"0": "allowed", "1": "not allowed"},
    "payer_responsibility": {"P": "primary", "S": "secondary", "T": "tertiary", "U": "unknown"},
}
_ACRONYMS = frozenset({"bin", "pcn", "npi", "dea", "ndc", "ncpdp", "id", "daw", "sig", "rems"})
_FRAME = frozenset({"standard", "version", "type", "header"})
_PLUMBING = frozenset({"extensions", "prefixes", "indent", "attributes", "namespace", "xml"})


def lines(message: Message) -> Iterator[str]:
    """Title, who says it to whom, then every part that is there."""
    form = to_json(message)
    header = form["header"]
    yield f"{form['type']} · SCRIPT {form['version']}"
    yield f"  From {_party(header.get('from'))} to {_party(header.get('to'))}"
    yield f"  Message {header.get('message_id', 'without an id')}, sent {_or_never(header)}"
    for key in ("relates_to_message_id", "prescriber_order_number", "rx_reference_number"):
        if header.get(key):
            yield f"  {label(key)}: {header[key]}"
    for key, value in form.items():
        if key not in _FRAME | _PLUMBING:
            yield ""
            yield from _part(key, value, 0)


def label(key: str) -> str:
    """A key in words."""
    words = key.replace("_", " ").strip().capitalize().split(" ")
    return " ".join(word.upper() if word.lower() in _ACRONYMS else word for word in words)


def _party(value: Any) -> str:
    given = value or {}
    kind = _QUALIFIERS.get(given.get("qualifier", ""), "party")
    return f"{kind} {given.get('id', '(not named)')}"


def _or_never(header: dict[str, Any]) -> str:
    return str(header.get("sent_time", "at a time it does not tell"))


def _part(key: str, value: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, dict):
        yield f"{indent}{label(key)}"
        for name, content in value.items():
            if name not in _PLUMBING:
                yield from _part(name, content, depth + 1)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, one in enumerate(value, 1):
            yield from _part(f"{key} {number}" if len(value) > 1 else key, one, depth)
    elif isinstance(value, list):
        yield f"{indent}{label(key)}: {', '.join(map(str, value))}"
    else:
        yield f"{indent}{label(key)}: {_meant(key, str(value))}"


def _meant(key: str, text: str) -> str:
    words = _BY_KEY.get(key, {}).get(text) or WORDS.get(text)
    return f"{text} ({words})" if words else text
