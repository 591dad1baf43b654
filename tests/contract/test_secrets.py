"""The providers' keys in Secrets Manager."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from pharmonico.adapters.secrets import SecretReader, Secrets
from pharmonico.kit.errors import Unavailable
from pydantic import ValidationError

from tests.builders import a_clock

if TYPE_CHECKING:
    from pharmonico.kit.clock import FixedClock

KEYS = {"stripe_api_key": "stripe-key", "signing_key": "s" * 32, "unknown": "kept out"}


@pytest.fixture
def manager(aws_cloud: None) -> Any:
    client = boto3.client("secretsmanager")
    client.create_secret(Name="providers", SecretString=json.dumps(KEYS))
    return client


@pytest.fixture
def clock() -> FixedClock:
    return a_clock()


@pytest.fixture
def reader(manager: Any, clock: FixedClock) -> SecretReader:
    return SecretReader(manager, "providers", clock=clock)


def test_the_keys_are_read_by_name(reader: SecretReader) -> None:
    assert (reader.read().stripe_api_key, reader.read().twilio_auth_token) == ("stripe-key", "")


def test_a_changed_key_is_seen_after_five_minutes(
    reader: SecretReader, manager: Any, clock: FixedClock
) -> None:
    reader.read()
    changed = json.dumps({**KEYS, "stripe_api_key": "new"})
    manager.put_secret_value(SecretId="providers", SecretString=changed)
    clock.advance(timedelta(minutes=4))
    assert reader.read().stripe_api_key == "stripe-key"
    clock.advance(timedelta(minutes=1))
    assert reader.read().stripe_api_key == "new"


def test_known_keys_serve_while_aws_does_not_answer(
    reader: SecretReader, manager: Any, clock: FixedClock
) -> None:
    reader.read()
    manager.delete_secret(SecretId="providers", ForceDeleteWithoutRecovery=True)
    clock.advance(timedelta(minutes=6))
    assert reader.read().stripe_api_key == "stripe-key"


def test_unread_keys_are_unavailable(manager: Any) -> None:
    with pytest.raises(Unavailable):
        SecretReader(manager, "nowhere", clock=a_clock()).read()


def test_no_key_shows_in_a_repr_or_an_error() -> None:
    assert "stripe-key" not in repr(Secrets.model_validate(KEYS))
    with pytest.raises(ValidationError) as refused:
        Secrets.model_validate({"signing_key": "too-short-secret"})
    assert "too-short-secret" not in str(refused.value)
