"""SMS by Twilio; the only module that imports its SDK, which is slow to import."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException  # type: ignore[import-untyped]  # Twilio ships no types
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]  # Twilio ships no types
from twilio.rest import Client  # type: ignore[import-untyped]  # Twilio ships no types

from pharmonico.adapters.partners import watched
from pharmonico.adapters.secrets import secrets
from pharmonico.kit.errors import Rejected, Unavailable
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from twilio.http.response import Response  # type: ignore[import-untyped]  # Twilio ships no types

    from pharmonico.fulfillment.notification.templates import Message

TIMEOUT_S = 8.0
UNSUBSCRIBED = 21610
US_PREFIX = "+1"


class _RoutedHttpClient(TwilioHttpClient):  # type: ignore[misc]  # Twilio ships no types
    """Sends to another base address: the SDK itself builds its hosts from region and edge."""

    def __init__(self, base_url: str) -> None:
        super().__init__(timeout=TIMEOUT_S)
        self._base_url = base_url.rstrip("/")

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        asked = urlsplit(url)
        query = f"?{asked.query}" if asked.query else ""
        return super().request(method, f"{self._base_url}{asked.path}{query}", *args, **kwargs)


class TwilioSender:
    def __init__(self, client: Client, sender: str) -> None:
        self._client = client
        self._sender = sender

    def send(self, to: str, message: Message) -> str:
        """Twilio's SID; `Rejected` for a number that will never take it (or that said STOP)."""
        try:
            sent = self._client.messages.create(to=_e164(to), from_=self._sender, body=message.sms)
        except TwilioRestException as error:
            if error.code == UNSUBSCRIBED:
                raise Rejected("sms.stopped", "This number wants no SMS.") from error
            if error.status == HTTPStatus.BAD_REQUEST:
                raise Rejected("sms.refused", "The SMS was refused for good.") from error
            raise Unavailable("sms.unavailable", "SMS cannot be sent now.") from error
        except (TwilioException, RequestException) as error:
            raise Unavailable("sms.unavailable", "SMS cannot be sent now.") from error
        return str(sent.sid)


def twilio_client(account_sid: str, auth_token: str, base_url: str = "") -> Client:
    """A client of Twilio itself, or of whatever answers at `base_url` in its place."""
    http = _RoutedHttpClient(base_url) if base_url else TwilioHttpClient(timeout=TIMEOUT_S)
    return Client(account_sid, auth_token, http_client=http)


def sender() -> TwilioSender:
    keys = secrets()
    client = _kept_client(keys.twilio_account_sid, keys.twilio_auth_token, settings().TWILIO_URL)
    return watched("twilio", TwilioSender(client, settings().SMS_FROM))


@lru_cache(maxsize=2)
def _kept_client(account_sid: str, auth_token: str, base_url: str) -> Client:
    """One per process and key: a key that was exchanged gets a client of its own."""
    return twilio_client(account_sid, auth_token, base_url)


def _e164(number: str) -> str:
    return number if number.startswith("+") else f"{US_PREFIX}{number}"
