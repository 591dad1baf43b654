"""Wait for saves, and bring what was saved into the running cloud."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import watchfiles
from botocore.exceptions import BotoCoreError, ClientError

from infra_cdk.stages import stage_named
from local.cloud import running_cloud
from local.deploy import deploy
from local.deploy.sites import upload_sites
from local.place import ROOT, LocalError
from local.watching.bundle import Bundler
from local.watching.plan import WATCHED, faults, plan_of
from local.watching.push import SPECS, push
from local.web.building import build_sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from local.cloud import Cloud
    from local.place import Place
    from local.watching.plan import Plan

    Say = Callable[[str], None]

SETTLED_MS = 100  # an editor writes several files for one save, and a checkout hundreds
SHOWN = 3


def watch(place: Place, *, say: Say) -> None:
    """Deploy every save until Ctrl-C; what fails is said, and mended by the next save."""
    say(f"watching {', '.join(WATCHED)}: what you save is deployed. Ctrl-C ends this alone.")
    for changed in saves():
        take(changed, running_cloud(place), say=say)


def saves() -> Iterator[list[Path]]:
    """Files that changed together, named from the root."""
    folders = [ROOT / name for name in WATCHED]
    for changes in watchfiles.watch(*folders, debounce=SETTLED_MS * 10, step=SETTLED_MS):
        yield sorted({Path(name).relative_to(ROOT) for _, name in changes})


def take(changed: list[Path], cloud: Cloud, *, say: Say) -> None:
    """Bring one set of changes into the cloud; never raises what a developer can mend."""
    plan, start = plan_of(changed), time.monotonic()
    if not plan:
        return
    if wrong := faults(ROOT / path for path in changed):
        say(f"not deployed: {'; '.join(_short(line) for line in wrong[:SHOWN])}")
        return
    try:
        done = _carry_out(plan, cloud, say=say)
    except (LocalError, ClientError, BotoCoreError) as error:
        say(f"not deployed: {error}")
        return
    say(f"{_named(changed)}: {done} in {time.monotonic() - start:.1f} s")


def _carry_out(plan: Plan, cloud: Cloud, *, say: Say) -> str:
    if plan.deploy:
        deploy(cloud.engine, cloud.place, stage=cloud.stage, say=say)
        return "deployed"
    parts = []
    if names := SPECS.keys() if plan.all_functions else plan.functions:
        stage = stage_named(cloud.stage)
        bundler = Bundler(stage)
        count = push(names, engine=cloud.engine, place=cloud.place, stage=stage, bundler=bundler)
        parts.append(f"{count} function{'s' if count > 1 else ''} updated")
    if plan.sites:
        build_sites(say)
        parts.append(f"sites {', '.join(upload_sites(cloud.engine, cloud.outputs))} uploaded")
    return ", ".join(parts)


def _named(changed: Iterable[Path]) -> str:
    names = [str(path) for path in changed]
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _short(line: str) -> str:
    return line.removeprefix(f"{ROOT}/")
