"""What may come of any bytes: a message to write, check and show, or an NcpdpError."""

from __future__ import annotations

import ncpdp


def survives(data: bytes, *, as_json: bool = True) -> None:
    """Raise AssertionError, or whatever the library wrongly let out, for bytes it mistreats."""
    try:
        message = ncpdp.parse(data)
    except ncpdp.NcpdpError:
        return
    assert ncpdp.write(message) == data, "read and written is not what came in"
    ncpdp.check(message)
    if as_json:
        _survives_json(message)


def _survives_json(message: ncpdp.Message) -> None:
    form = ncpdp.to_json(message)
    try:
        again = ncpdp.from_json(form, complete=False)
    except ncpdp.NcpdpError:
        return
    assert ncpdp.to_json(again) == form, "the JSON form is another one on the way back"
