"""Synthetic messages to try things with: `pharmonico send --sample newrx --fresh`."""

from __future__ import annotations

import random
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING

from local.place import LocalError

if TYPE_CHECKING:
    from datetime import datetime

FOLDER = Path(__file__).parent
MARK_LETTERS = 6
MESSAGE_ID_CHARS_MAX = 35


def sample_names() -> list[str]:
    """The samples there are."""
    return sorted(path.stem for path in FOLDER.glob("*.xml"))


def sample(name: str) -> bytes:
    """One sample's bytes."""
    path = FOLDER / f"{name}.xml"
    if path.stem not in sample_names():
        raise LocalError(f"no sample {name!r}: choose one of {', '.join(sample_names())}")
    return path.read_bytes()


def freshened(message: bytes, *, now: datetime, mark: str | None = None) -> bytes:
    """The message as a new one, written today: other ids, and a patient nobody has met.

    The same message again is a replay, so the message gets a mark of its own, and so does the
    patient: each is to be found by it in the lists and in the mailbox.
    """
    mark = mark or new_mark()
    text = message.decode()
    text = _replace(text, "MessageID", f"{mark}-{now:%Y%m%dT%H%M%S}"[:MESSAGE_ID_CHARS_MAX])
    text = _replace(text, "PrescriberOrderNumber", f"PON-{mark}")
    text = _replace(text, "SentTime", f"{now:%Y-%m-%dT%H:%M:%SZ}")
    text = _replace(text, "ElectronicMail", f"patient.{mark.lower()}@example.org")
    text = re.sub(r"(<Patient>.*?<LastName>)[^<]*", rf"\g<1>{mark}", text, count=1, flags=re.DOTALL)
    text = re.sub(
        r"(<WrittenDate>\s*<Date>)[^<]*", rf"\g<1>{now:%Y-%m-%d}", text, count=1, flags=re.DOTALL
    )
    return text.encode()


def new_mark() -> str:
    """A made-up surname that nobody has."""
    return "".join(random.choices(string.ascii_uppercase, k=MARK_LETTERS)).capitalize()  # noqa: S311 - a name, not a secret


def _replace(text: str, element: str, value: str) -> str:
    return re.sub(rf"(<{element}>)[^<]*", rf"\g<1>{value}", text, count=1)
