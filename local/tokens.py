"""Bearer tokens of the local users, got as any client gets them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import httpx
from pharmonico.fulfillment.access import PHARMACY_GROUP

from local.place import LocalError
from local.seed.users import PASSWORD, ROLES, username

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.aws import Engine
    from local.cloud import Cloud

PROVIDER = "provider"
TIMEOUT_S = 10


def bearer_token(cloud: Cloud, role: str) -> str:
    """An access token: a password sign-in for staff, client credentials for a provider's system."""
    if role == PROVIDER:
        return provider_token(cloud.engine, cloud.outputs)
    if role not in ROLES:
        raise LocalError(f"no role {role!r}: choose one of {', '.join((*ROLES, PROVIDER))}")
    answer = cloud.engine.client("cognito-idp").initiate_auth(
        ClientId=cloud.outputs["StaffClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username(role), "PASSWORD": PASSWORD},
    )
    return str(answer["AuthenticationResult"]["AccessToken"])


def joins_pharmacy(cloud: Cloud, pharmacy_id: str) -> None:
    """Have the local pharmacist belong to this pharmacy from the next sign-in on."""
    cognito, pool = cloud.engine.client("cognito-idp"), cloud.outputs["UserPoolId"]
    group = f"{PHARMACY_GROUP}{pharmacy_id}"
    with contextlib.suppress(cognito.exceptions.GroupExistsException):
        cognito.create_group(UserPoolId=pool, GroupName=group)
    cognito.admin_add_user_to_group(
        UserPoolId=pool, Username=username("pharmacist"), GroupName=group
    )


def provider_secret(cloud: Cloud) -> tuple[str, str]:
    """The id and the secret of the provider's client."""
    return _secret_of(cloud.engine, cloud.outputs)


def _secret_of(engine: Engine, outputs: Mapping[str, str]) -> tuple[str, str]:
    client_id = outputs["ProviderClientId"]
    found = engine.client("cognito-idp").describe_user_pool_client(
        UserPoolId=outputs["UserPoolId"], ClientId=client_id
    )
    return client_id, str(found["UserPoolClient"]["ClientSecret"])


def provider_token(engine: Engine, outputs: Mapping[str, str]) -> str:
    """An access token of the provider's system, by its client credentials."""
    answer = httpx.post(
        f"{engine.address_of('cognito-idp')}/oauth2/token",
        auth=_secret_of(engine, outputs),
        data={"grant_type": "client_credentials"},
        timeout=TIMEOUT_S,
        trust_env=False,
    )
    answer.raise_for_status()
    return str(answer.json()["access_token"])
