"""Put the played providers' keys into the deployment's secret."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from local.place import read_json, write_json
from local.sandbox.credentials import LOCAL_ONLY

if TYPE_CHECKING:
    from pathlib import Path

    from local.aws import Engine

SIGNING_KEY = "signing_key"


def put_provider_keys(engine: Engine, secret: str, *, kept: Path) -> None:
    """Lay the local-only keys over the secret; the signing key is the one it made for itself first.

    It is kept in the file, because patients' links and ids hang on it and an engine may forget it.
    """
    secrets = engine.client("secretsmanager")
    found = json.loads(secrets.get_secret_value(SecretId=secret)["SecretString"])
    own = {SIGNING_KEY: read_json(kept).get(SIGNING_KEY) or found[SIGNING_KEY]}
    write_json(kept, own)
    wanted = found | own | asdict(LOCAL_ONLY)
    if wanted != found:
        secrets.put_secret_value(SecretId=secret, SecretString=json.dumps(wanted))
