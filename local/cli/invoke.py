"""invoke: call one function of the running cloud with a sample of what it is called with."""

from __future__ import annotations

import base64
import json
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from local.cloud import running_cloud
from local.generate.events import IDS
from local.place import ROOT, LocalError
from local.seed.users import ROLES
from local.tokens import PROVIDER, bearer_token

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

SAMPLES = ROOT / "events" / "invoke"
BEARER = re.compile(rf'"Bearer ({"|".join((*ROLES, PROVIDER))})"')


def declare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add this module's command."""
    invoke = commands.add_parser("invoke", help="call one function with a sample event")
    invoke.add_argument("function", help="a folder of functions/")
    invoke.add_argument("file", nargs="?", help="an event; events/invoke/FUNCTION.json otherwise")
    invoke.add_argument("--prescription", metavar="ID", help="in place of the sample's own")
    invoke.set_defaults(run=run_invoke)


def run_invoke(options: argparse.Namespace) -> int:
    """Print what it logged, and its answer last; fails when it raised."""
    cloud = running_cloud(options.place)
    text = read(Path(options.file) if options.file else SAMPLES / f"{options.function}.json")
    event = filled_in(
        text, prescription=options.prescription, token=lambda role: bearer_token(cloud, role)
    )
    answer = cloud.engine.client("lambda").invoke(
        FunctionName=f"pharmonico-{cloud.stage}-{options.function}",
        Payload=event.encode(),
        LogType="Tail",
    )
    if logged := base64.b64decode(answer.get("LogResult", "")).decode().strip():
        print(logged, file=sys.stderr)
    print(shown(answer["Payload"].read()))
    return 1 if answer.get("FunctionError") else 0


def read(path: Path) -> str:
    """The event's text."""
    try:
        return path.read_text()
    except OSError as error:
        raise LocalError(f"{path} cannot be read: {error.strerror}") from error


def filled_in(text: str, *, prescription: str | None, token: Callable[[str], str]) -> str:
    """The event for this cloud: `Bearer ops` becomes the token of that role."""
    if prescription:
        text = text.replace(str(IDS["prescription_id"]), prescription)
    return BEARER.sub(lambda found: f'"Bearer {token(found[1])}"', text)


def shown(payload: bytes) -> str:
    """The answer, readable; an API function's body as what it is."""
    answer: Any = json.loads(payload or b"null")
    if isinstance(answer, dict) and isinstance(answer.get("body"), str):
        with suppress(ValueError):
            answer["body"] = json.loads(answer["body"])
    return json.dumps(answer, indent=2)
