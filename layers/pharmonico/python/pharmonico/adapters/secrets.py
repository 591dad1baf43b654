"""The providers' keys: one Secrets Manager entry, read once and again every five minutes."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, ConfigDict, Field

from pharmonico.adapters.clients import client
from pharmonico.kit.clock import SystemClock
from pharmonico.kit.errors import Unavailable
from pharmonico.kit.settings import settings

if TYPE_CHECKING:
    from datetime import datetime

    from types_boto3_secretsmanager import SecretsManagerClient

    from pharmonico.kit.clock import Clock

TTL = timedelta(minutes=5)


class Secrets(BaseModel):
    """Every key the providers gave us; none of them shows in a repr or a log."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    stripe_api_key: str = Field("", repr=False)
    stripe_webhook_secret: str = Field("", repr=False)
    shippo_token: str = Field("", repr=False)
    shippo_webhook_secret: str = Field("", repr=False)
    shippo_webhook_token: str = Field("", repr=False)  # counts only while there is no secret
    twilio_account_sid: str = Field("", repr=False)
    twilio_auth_token: str = Field("", repr=False)
    prescriber_tokens: dict[str, str] = Field(default={}, repr=False)
    signing_key: str = Field(min_length=32, repr=False)


class SecretReader:
    """Reads the entry when it is older than `TTL`; an old one serves while AWS does not answer."""

    def __init__(self, client: SecretsManagerClient, name: str, *, clock: Clock) -> None:
        self._client = client
        self._name = name
        self._clock = clock
        self._kept: Secrets | None = None
        self._read_at: datetime | None = None

    def read(self) -> Secrets:
        now = self._clock.now()
        if self._kept and self._read_at and now - self._read_at < TTL:
            return self._kept
        try:
            text = self._client.get_secret_value(SecretId=self._name)["SecretString"]
        except (ClientError, BotoCoreError) as error:
            if self._kept is None:
                raise Unavailable("secrets.unavailable", "Keys cannot be read now.") from error
            return self._kept
        self._kept, self._read_at = Secrets.model_validate_json(text), now
        return self._kept


@lru_cache(maxsize=1)
def _reader() -> SecretReader:
    name = settings().need("PROVIDERS_SECRET")
    return SecretReader(client("secretsmanager"), name, clock=SystemClock())


def secrets() -> Secrets:
    """The providers' keys as they are now."""
    return _reader().read()
