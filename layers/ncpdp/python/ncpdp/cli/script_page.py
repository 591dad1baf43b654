"""What a SCRIPT message says, part by part, its codes in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ncpdp import codes
from ncpdp.cli.words import label
from ncpdp.script.fields import specs
from ncpdp.script.json_form import json_name
from ncpdp.script.model.bodies import OtherBody

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ncpdp.message import Message
    from ncpdp.script.fields import Spec
    from ncpdp.script.model.header import Endpoint
    from ncpdp.script.model.message import ScriptMessage


def lines(message: Message) -> Iterator[str]:
    """Title, who says it to whom, then every part that is there."""
    script = cast("ScriptMessage", message)
    header = script.header
    yield f"{script.type} · SCRIPT {script.version}"
    yield f"  From {_party(header.from_)} to {_party(header.to)}"
    sent = header.sent_time or "at a time it does not tell"
    yield f"  Message {header.message_id or 'without an id'}, sent {sent}"
    for name in ("relates_to_message_id", "prescriber_order_number", "rx_reference_number"):
        said = getattr(header, name)
        if said:
            yield f"  {label(name)}: {said}"
    yield ""
    if isinstance(script.body, OtherBody):
        yield "A type this library does not know: its content is kept as it is."
    else:
        yield from _part(script.body, 0)


def _party(endpoint: Endpoint | None) -> str:
    if endpoint is None:
        return "somebody not named"
    kind = codes.QUALIFIER.words.get(endpoint.qualifier or "", "party")
    return f"{kind} {endpoint.id or '(not named)'}"


def _part(part: Any, depth: int) -> Iterator[str]:
    for name, spec in specs(type(part)):
        content = getattr(part, name)
        if content is not None and content != ():
            yield from _field(json_name(name), spec, content, depth)


def _field(name: str, spec: Spec, content: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if spec.model is not None:
        several = content if isinstance(content, tuple) else (content,)
        for number, one in enumerate(several, 1):
            yield f"{indent}{label(name)}{f' {number}' if len(several) > 1 else ''}"
            yield from _part(one, depth + 1)
    else:
        texts = content if isinstance(content, tuple) else (content,)
        yield f"{indent}{label(name)}: {', '.join(_meant(spec, one) for one in texts)}"


def _meant(spec: Spec, text: str) -> str:
    words = spec.codes.words.get(text) if spec.codes else codes.DOSAGE_UNITS.get(text)
    return f"{text} ({words})" if words else text
