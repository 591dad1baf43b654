"""One staff user per role, with a known password: LOCAL ONLY, public on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from local.aws import Engine

ROLES = ("ops", "pharmacist", "pharmacy_manager", "ledger_admin", "auditor")
PASSWORD = "Pharmonico-local-1"  # noqa: S105 - local only, see above


def username(role: str) -> str:
    """The sign-in name of a role's user."""
    return f"{role}@pharmonico.example"


def seed_users(engine: Engine, outputs: dict[str, str]) -> int:
    """Make the users that are missing; says how many there are."""
    cognito, pool = engine.client("cognito-idp"), outputs["UserPoolId"]
    for role in ROLES:
        _ensure_user(cognito, pool, role)
    return len(ROLES)


def _ensure_user(cognito: Any, pool: str, role: str) -> None:
    """Every step is repeated each time: an earlier start may have ended between two of them."""
    name = username(role)
    try:
        cognito.admin_create_user(
            UserPoolId=pool,
            Username=name,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": name},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
    except ClientError as refused:
        if refused.response["Error"]["Code"] != "UsernameExistsException":
            raise
    cognito.admin_set_user_password(
        UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True
    )
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=role)
