"""Who did what, and who looked at a patient."""

from datetime import datetime
from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.adapters.secrets import secrets
from pharmonico.fulfillment.audit import Entry
from pharmonico.fulfillment.audit.searching import Found, Spot, Wanted, search
from pharmonico.kit.errors import Invalid
from pharmonico.kit.ids import fingerprint
from pharmonico.lambdas.http import Action, Query
from pharmonico.lambdas.http.cursors import LIMIT_MAX, read_cursor, write_cursor
from pydantic import BaseModel

from functions.audit_api.api import TAG, api, audited, must_be_names, span

From = Annotated[datetime | None, Query(alias="from", description="a week before the end")]
To = Annotated[datetime | None, Query(alias="to", description="now; at most 31 days on")]
Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX)]
Cursor = Annotated[str | None, Query(max_length=512)]
Name = Annotated[str, Query(max_length=128)]
_SEPARATOR = "\x1f"


class Entries(BaseModel):
    """A page; it may be short, or empty, and still have a `next_cursor`.

    `unreadable` are entries whose stored text was changed: verifying says where.
    """

    items: list[Entry]
    unreadable: int
    next_cursor: str | None = None


@api.get("/api/v1/audit", Action.READ_AUDIT, tag=TAG)
def list_audit(
    *,
    actor: Name = "",
    action: Name = "",
    patient: Name = "",
    prescription: Name = "",
    since: From = None,
    until: To = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Entries:
    """Entries of the audit, newest hour first; all that is given has to fit."""
    must_be_names(patient, prescription)
    chains = chains_of(patient) if patient else (prescription,)
    chains = tuple(chain for chain in chains if chain and prescription in {"", chain})
    start, end = span(since, until)
    is_of_all = not (patient or prescription)
    wanted = Wanted(start, end, actor, action, chains=chains, is_by_hours=is_of_all)
    page = _page(wanted, since=since, until=until, limit=limit, cursor=cursor)
    audited("audit_listed", actor=actor, action=action, patient=patient, prescription=prescription)
    return page


@api.get("/api/v1/audit/patients/<patient_id>", Action.READ_AUDIT, tag=TAG)
def list_looks(
    patient_id: str,
    *,
    since: From = None,
    until: To = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Entries:
    """Who looked at this patient: at the prescriptions, and in lists that showed them."""
    must_be_names(patient_id)
    chains = chains_of(patient_id)
    start, end = span(since, until)
    wanted = Wanted(start, end, is_look=True, chains=chains, showing=frozenset(chains))
    page = _page(wanted, since=since, until=until, limit=limit, cursor=cursor)
    audited("looks_listed", patient_id)
    return page


def chains_of(patient_id: str) -> tuple[str, ...]:
    """The patient's own chain and those of the prescriptions; a stranger has the first alone."""
    record = aws.patients().record(patient_id)
    known = (one.prescription_id for one in record.medications) if record else ()
    return (patient_id, *dict.fromkeys(known))


def _page(
    wanted: Wanted,
    *,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    cursor: str | None,
) -> Entries:
    asked = (wanted.actor, wanted.action, wanted.is_look, wanted.chains, since, until)
    scope, key = f"audit{fingerprint(repr(asked))}", secrets().signing_key
    after = _spot(read_cursor(cursor, scope=scope, key=key))
    found = search(wanted, trail=aws.audit_trail(), after=after, limit=limit)
    next_cursor = write_cursor(_text(found), scope=scope, key=key)
    return Entries(items=found.entries, unreadable=found.unreadable, next_cursor=next_cursor)


def _text(found: Found) -> str | None:
    spot = found.after
    if spot is None:
        return None
    return _SEPARATOR.join((spot.hour, spot.chain, "" if spot.place is None else str(spot.place)))


def _spot(text: str | None) -> Spot | None:
    if text is None:
        return None
    hour, chain, place = text.split(_SEPARATOR)
    if place and not place.isdecimal():
        raise Invalid("request.bad_cursor", "This cursor does not belong to this list.")
    return Spot(hour, chain, int(place) if place else None)
