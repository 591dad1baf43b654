"""The sandbox's credentials: LOCAL ONLY, public on purpose, worthless anywhere else.

Local deploys put the same values into the providers' secret, so that both sides agree. Never use
them for a stage that people can reach.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What the played providers expect from callers, and sign their webhooks with."""

    stripe_api_key: str = "sk_test_local_sandbox_only"
    stripe_webhook_secret: str = "whsec_local_sandbox_only"  # noqa: S105 - local only, see above
    shippo_token: str = "shippo_test_local_sandbox_only"  # noqa: S105 - local only, see above
    shippo_webhook_secret: str = "shippo-hmac-local-sandbox-only"  # noqa: S105 - local only
    twilio_account_sid: str = "AC00000000000000000000000000000000"
    prescriber_tokens: dict[str, str] = field(
        default_factory=lambda: {"sandbox": "prescriber_local_sandbox_only"}
    )
    twilio_auth_token: str = "twilio_local_sandbox_only"  # noqa: S105 - local only, see above


LOCAL_ONLY = Credentials()
