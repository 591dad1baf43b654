"""The error dictionary: every code that the sources raise, found by reading them."""

from __future__ import annotations

import json
from http import HTTPStatus
from pathlib import Path

from pharmonico.fulfillment.validation.codes import CODES
from pharmonico.lambdas.http.problems import STATUS

from local.generate.error_advice import GATEWAY, SAID, advice_on
from local.generate.error_codes import Found, codes_in

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("layers/pharmonico/python", "layers/ncpdp/python", "functions")
STATUS_BY_CLASS = {cls.__name__: status for cls, status in STATUS.items()}
UNREADABLE = {
    "NotReadable": 400,
    "Forbidden": 400,
    "TooLarge": 413,
    "MissingElement": 422,
    "missing": 422,
    "add": 422,
    "WrongVersion": 422,
    "UnsupportedMessage": 422,
    "InvalidJson": 422,
}
"""The codec's errors as the intake door answers them; on the SCRIPT door 422 is Error 900."""


def entries() -> dict[str, dict[str, object]]:
    """Code to status, title, meaning and advice, in order of the codes."""
    found: dict[str, Found] = {}
    for source in SOURCES:
        statuses = UNREADABLE if "ncpdp" in source else STATUS_BY_CLASS
        for path in sorted((ROOT / source).rglob("*.py")):
            for code, one in codes_in(path.read_text(), statuses).items():
                found[code] = found[code].or_else(one) if code in found else one
    for code in CODES:
        said = Found(None, _finding(code))
        found[code] = found[code].or_else(said) if code in found else said
    found |= {code: Found(status, detail) for code, (status, detail) in GATEWAY.items()}
    return {code: _entry(code, found[code]) for code in sorted(found)}


def _finding(code: str) -> str:
    """What a finding of validation says, where no source says it in other words."""
    thing, _, fault = code.replace("_", " ").partition(".")
    hold = "holds the prescription" if CODES[code].holds else "is shown and holds nothing"
    return f"Validation finding: {thing}, {fault}. It {hold}."


def _entry(code: str, found: Found) -> dict[str, object]:
    """`KeyError` for a code whose words are made at run time and do not stand in `SAID`."""
    is_finding = code in CODES
    part = "Finding" if is_finding else "Field error"
    return {
        "status": found.status,
        "title": HTTPStatus(found.status).phrase if found.status else part,
        "detail": found.detail or SAID[code],
        "advice": advice_on(code, found.status, is_finding=is_finding),
    }


def files() -> dict[str, str]:
    known = entries()
    text = json.dumps(known, indent=1, ensure_ascii=False) + "\n"
    return {"functions/system_api/static/errors.json": text, "docs/errors.md": _table(known)}


def _table(known: dict[str, dict[str, object]]) -> str:
    head = (
        "# Error dictionary\n\nEvery code of a problem, of a field error and of a finding. Written"
        " from the sources:\nrun `python -m local.generate errors`. The same pages are served at"
        " `/api/errors`.\n\n| code | status | meaning | what to do |\n|---|---|---|---|\n"
    )
    rows = (
        f"| `{code}` | {entry['status'] or ''} | {entry['detail']} | {entry['advice']} |\n"
        for code, entry in known.items()
    )
    return head + "".join(rows)
