"""The developer's environment, read in this one file; children get a chosen part of it."""

from __future__ import annotations

import os

from local.place import REGION

# Nothing else of the shell reaches the engine: its functions inherit what it has, and a stray
# ORDERS_TABLE or AWS_PROFILE would change what they do.
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")

# Never valid anywhere but on the embedded engine, which asks for no real ones.
ENGINE_KEY = ENGINE_SECRET = "test"  # noqa: S105 - the engine takes any

AWS = {
    "AWS_ACCESS_KEY_ID": ENGINE_KEY,
    "AWS_SECRET_ACCESS_KEY": ENGINE_SECRET,
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "NO_PROXY": "127.0.0.1,localhost",
    "no_proxy": "127.0.0.1,localhost",
}


def given(name: str) -> str:
    """What the shell says for a name of the command line, such as PORT; empty when it does not."""
    return os.environ.get(name, "")  # noqa: TID251 - a developer's switch, not a function's setting


def child_environment(extra: dict[str, str]) -> dict[str, str]:
    """The environment of a background process."""
    shell = {name: given(name) for name in INHERITED if given(name)}
    return shell | AWS | extra
