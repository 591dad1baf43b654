"""The user pool, where the engine has none: deployed at its companion, known as an issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.aws import Engine
from local.deploy.stacks import deploy_assembly
from local.deploy.synth import synthesise
from local.place import REGION, read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.place import Place

SERVICE = "cognito-idp"
ALONE = {"parts": "identity"}
# Nothing else decides what the user pool's template says.
INPUTS = ("infra_cdk", "requirements")


def deploy_identity(
    engine: Engine, place: Place, *, stage: str, say: Callable[[str], None]
) -> dict[str, str]:
    """Deploy it and tell the stage's settings; its outputs, or none where the engine has pools."""
    if SERVICE not in engine.elsewhere:
        return {}
    settings, assembly = place.data / "identity.json", place.data / "identity.out"
    write_json(settings, ALONE)
    synthesise(assembly, stage=stage, settings=settings, inputs=INPUTS)
    outputs = deploy_assembly(Engine(engine.address_of(SERVICE)), assembly, say=say)
    known = read_json(place.settings)
    told = issuer_settings(outputs, keys=known["identity_url"])
    if known | told != known:
        write_json(place.settings, known | told)
    return outputs


def issuer_settings(outputs: dict[str, str], *, keys: str) -> dict[str, str]:
    """What the rest of the deployment must know to verify the pool's tokens."""
    pool = outputs["UserPoolId"]
    clients = (outputs["StaffClientId"], outputs["ProviderClientId"])
    return {
        "token_issuer": f"https://cognito-idp.{REGION}.amazonaws.com/{pool}",
        "token_jwks_url": f"{keys}/{pool}/.well-known/jwks.json",
        "token_client_ids": ",".join(clients),
        "staff_client_id": clients[0],
    }
