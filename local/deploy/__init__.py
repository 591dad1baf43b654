"""Bring a local engine to what the code says: synth, assets, stacks, keys, sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.deploy.api import republish_api
from local.deploy.identity import deploy_identity
from local.deploy.locking import lock_bucket
from local.deploy.mending import mend
from local.deploy.pretence import HalfUpdated
from local.deploy.secrets import put_provider_keys
from local.deploy.sites import upload_sites
from local.deploy.stacks import deploy_assembly
from local.deploy.synth import synthesise
from local.place import write_json
from local.web.building import build_sites

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.aws import Engine
    from local.place import Place


def deploy(
    engine: Engine, place: Place, *, stage: str, say: Callable[[str], None]
) -> dict[str, str]:
    """Create or update everything in place; returns the outputs of all stacks by name."""
    outputs = deploy_identity(engine, place, stage=stage, say=say)
    written = synthesise(place.assembly, stage=stage, settings=place.settings)
    say("templates written" if written else "templates unchanged")

    def fill_in(told: dict[str, str]) -> None:
        """A function that runs before it has its keys would remember having none."""
        if secret := told.get("ProvidersSecret"):
            put_provider_keys(engine, secret, kept=place.keys)

    try:
        outputs |= deploy_assembly(engine, place.assembly, say=say, then=fill_in)
    except HalfUpdated:
        place.half_updated.touch()
        raise
    if mended := mend(engine, place):
        say(f"watched functions back under their stacks: {mended}")
    if bucket := outputs.get("AuditBucket"):
        lock_bucket(engine, bucket)
    republish_api(engine, outputs)
    write_json(place.outputs, outputs)
    build_sites(say)
    if sites := upload_sites(engine, outputs):
        say(f"sites uploaded: {', '.join(sites)}")
    return outputs
