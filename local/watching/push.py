"""Give functions their code by the engine's own Lambda API, past the stacks.

The stacks then no longer say the truth about these functions, so each is noted first; the next
deployment gives them back what their template says.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from infra_cdk.functions import ALL
from local.deploy.assets import ensure_bucket
from local.deploy.mending import note
from local.place import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra_cdk.functions import FunctionSpec
    from infra_cdk.stages import Stage
    from local.aws import Engine
    from local.place import Place
    from local.watching.bundle import Bundler

KEY = "code.zip"  # one for all saves: an engine copies it
THREADS = 8
BUSY = "ResourceConflictException"
IN_PROGRESS = "InProgress"
PATIENCE_S = 20.0
PAUSE_S = 0.1
SPECS = {spec.name: spec for spec in ALL}


def push(
    names: Iterable[str], *, engine: Engine, place: Place, stage: Stage, bundler: Bundler
) -> int:
    """Update the code of these functions; says how many that were."""
    specs = [_spec(name) for name in sorted(names)]
    client = engine.client("lambda")
    layered, deployed = _deployed(client)
    if missing := [spec.name for spec in specs if stage.named(spec.name) not in deployed]:
        raise LocalError(f"not deployed yet: {', '.join(missing)}; make up deploys it")
    physical = [stage.named(spec.name) for spec in specs]
    note(place, physical)
    code = {"S3Bucket": stage.named("pushed"), "S3Key": KEY}
    s3 = engine.client("s3")
    ensure_bucket(s3, code["S3Bucket"])
    s3.put_object(Bucket=code["S3Bucket"], Key=KEY, Body=bundler.bundle(specs))

    def update(name: str) -> None:
        if name in layered:  # its packages come beside it: a layer must not stand before them
            _patiently(client.update_function_configuration, FunctionName=name, Layers=[])
        _patiently(client.update_function_code, FunctionName=name, **code)

    with ThreadPoolExecutor(THREADS) as pool:
        # The lists ask for every result, and so raise what any of them raised.
        list(pool.map(update, physical))
        return len(list(pool.map(lambda name: _settle(client, name), physical)))


def _spec(name: str) -> FunctionSpec:
    if name not in SPECS:
        raise LocalError(
            f"functions/{name} was not declared in infra_cdk/functions.py when this began:"
            " declare it, then Ctrl-C and make dev again"
        )
    return SPECS[name]


def _deployed(client: Any) -> tuple[set[str], set[str]]:
    """The physical names of functions with layers, and of all."""
    pages = client.get_paginator("list_functions").paginate()
    found = {each["FunctionName"]: each for page in pages for each in page["Functions"]}
    return {name for name, each in found.items() if each.get("Layers")}, set(found)


def _patiently(call: Any, **arguments: Any) -> None:
    """An engine refuses a change while it still works on the one before."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            call(**arguments)
        except ClientError as refused:
            if refused.response["Error"]["Code"] != BUSY or time.monotonic() > deadline:
                raise
            time.sleep(PAUSE_S)
        else:
            return


def _settle(client: Any, name: str) -> None:
    """Until the engine has done what it took on, the old code may still answer."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        found = client.get_function_configuration(FunctionName=name)
        if found.get("LastUpdateStatus") != IN_PROGRESS:
            return
        time.sleep(PAUSE_S)
    raise LocalError(f"{name} is still being updated: save again")
