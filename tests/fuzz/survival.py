"""What may come of any bytes: a message to write, check and show, or an NcpdpError."""

from __future__ import annotations

from contextlib import suppress

import ncpdp
from ncpdp import sig, telecom
from ncpdp.cli.explaining import explain
from ncpdp.script import NewRx


def survives(data: bytes, *, as_json: bool = True) -> None:
    """Raise AssertionError, or whatever the library wrongly let out, for bytes it mistreats."""
    try:
        message = ncpdp.parse(data)
    except ncpdp.NcpdpError:
        return
    assert ncpdp.write(message) == data, "read and written is not what came in"
    ncpdp.check(message)
    _survives_reading(message)
    if as_json:
        explain(message)
        _survives_json(message)


def _survives_reading(message: ncpdp.Message) -> None:
    """What a payer, a pharmacy or a patient makes of the message."""
    with suppress(ncpdp.NcpdpError):
        if isinstance(message, telecom.Request):
            telecom.read_member(message)
            for index in range(len(message.transactions)):
                telecom.read_claim(message, index)
        elif isinstance(message, telecom.Response):
            telecom.read_answers(message)
        elif isinstance(message.body, NewRx) and message.body.medication:
            drug = message.body.medication
            sig.plain(drug.sig, "es")
            sig.days_supply(drug.sig, drug.quantity)


def _survives_json(message: ncpdp.Message) -> None:
    form = ncpdp.to_json(message)
    try:
        again = ncpdp.from_json(form, complete=False)
    except ncpdp.NcpdpError:
        return
    assert ncpdp.to_json(again) == form, "the JSON form is another one on the way back"
