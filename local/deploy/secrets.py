"""Put the played providers' keys into the deployment's secret."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from local.sandbox.credentials import LOCAL_ONLY

if TYPE_CHECKING:
    from local.aws import Engine


def put_provider_keys(engine: Engine, secret: str) -> None:
    """Lay the local-only keys over the secret, keeping the signing key it made for itself."""
    secrets = engine.client("secretsmanager")
    kept = json.loads(secrets.get_secret_value(SecretId=secret)["SecretString"])
    wanted = kept | asdict(LOCAL_ONLY)
    if wanted != kept:
        secrets.put_secret_value(SecretId=secret, SecretString=json.dumps(wanted))
