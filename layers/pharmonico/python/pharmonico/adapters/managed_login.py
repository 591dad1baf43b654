"""The token endpoint of the identity provider's own sign-in pages."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import urllib3

from pharmonico.fulfillment.staff.ports import Proof
from pharmonico.kit.errors import Unauthenticated, Unavailable

TIMEOUT = urllib3.Timeout(connect=3.0, read=10.0)
BYTES_MAX = 64 * 1024
OK, REFUSED = 200, 400
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


def exchanged(code: str, *, domain: str, client_id: str, callback: str, verifier: str) -> Proof:
    """The tokens for the code; `Unauthenticated` for a code that is wrong or was used."""
    form = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "code": code,
        "redirect_uri": callback,
        "code_verifier": verifier,
    }
    try:
        answer = urllib3.PoolManager().request(
            "POST",
            f"{domain}/oauth2/token",
            body=urlencode(form),
            headers=_HEADERS,
            timeout=TIMEOUT,
            retries=False,
            redirect=False,
        )
    except urllib3.exceptions.HTTPError as error:
        raise _unavailable() from error
    if answer.status == REFUSED:
        raise Unauthenticated("sign_in.refused", "This way in is over: start again.")
    if answer.status != OK or len(answer.data) > BYTES_MAX:
        raise _unavailable()
    try:
        said = json.loads(answer.data)
        return Proof(access_token=said["access_token"], refresh_token=said["refresh_token"])
    except (ValueError, KeyError, TypeError) as error:
        raise _unavailable() from error


def _unavailable() -> Unavailable:
    return Unavailable("sign_in.unavailable", "Nobody can sign in now: try again soon.")
