"""Who may call: staff with roles, provider systems with scopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aws_cdk import Aws, Duration
from aws_cdk import aws_cognito as cognito

from infra_cdk.constructs.logs import removal_policy
from infra_cdk.stacks.base import PharmonicoStack

if TYPE_CHECKING:
    from constructs import Construct

    from infra_cdk.stages import Stage

ROLES = ("ops", "pharmacist", "pharmacy_manager", "ledger_admin", "auditor")
SCOPES = {
    "prescriptions.write": "Send prescriptions",
    "prescriptions.read": "Read one's own prescriptions",
}
ACCESS_TOKEN_LIFE = Duration.minutes(60)
REFRESH_TOKEN_LIFE = Duration.hours(12)


@dataclass(frozen=True)
class Issuer:
    """What a verifier of access tokens has to know."""

    url: str
    jwks_url: str
    client_ids: str
    staff_client_id: str
    sign_in_url: str = ""


class IdentityStack(PharmonicoStack):
    """A user pool with the staff's groups, and clients for the sites and for provider systems."""

    def __init__(self, scope: Construct, *, stage: Stage) -> None:
        super().__init__(scope, "identity", stage=stage)
        self.pool = self._pool()
        for role in ROLES:
            cognito.UserPoolGroup(self, f"Group-{role}", user_pool=self.pool, group_name=role)
        self.domain = self.pool.add_domain(
            "Domain",
            cognito_domain=cognito.CognitoDomainOptions(
                domain_prefix=f"{stage.named('sign-in')}-{Aws.ACCOUNT_ID}"
            ),
        )
        self.staff = self._staff_client()
        self.provider = self._provider_client()
        self.tell(
            UserPoolId=self.pool.user_pool_id,
            StaffClientId=self.staff.user_pool_client_id,
            ProviderClientId=self.provider.user_pool_client_id,
        )

    @property
    def issuer(self) -> Issuer:
        """The pool as an issuer; its keys may be served elsewhere by a local engine."""
        url = f"https://cognito-idp.{Aws.REGION}.amazonaws.com/{self.pool.user_pool_id}"
        served = self.stage_settings.identity_url
        keys = f"{served}/{self.pool.user_pool_id}" if served else url
        clients = (self.staff.user_pool_client_id, self.provider.user_pool_client_id)
        return Issuer(
            url,
            f"{keys}/.well-known/jwks.json",
            ",".join(clients),
            self.staff.user_pool_client_id,
            self.domain.base_url() if self.stage_settings.managed_login else "",
        )

    def _pool(self) -> cognito.UserPool:
        local = self.stage_settings.local
        return cognito.UserPool(
            self,
            "Staff",
            user_pool_name=self.stage_settings.named("staff"),
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(username=True, email=True),
            password_policy=cognito.PasswordPolicy(
                min_length=12, require_digits=True, require_lowercase=True, require_uppercase=True
            ),
            mfa=cognito.Mfa.OFF if local else cognito.Mfa.REQUIRED,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            deletion_protection=self.stage_settings.removal == "retain",
            removal_policy=removal_policy(self.stage_settings),
        )

    def _staff_client(self) -> cognito.UserPoolClient:
        return self.pool.add_client(
            "StaffClient",
            # The session door hands names and passwords on; they reach no browser's script.
            auth_flows=cognito.AuthFlow(user_srp=True, user_password=True),
            access_token_validity=ACCESS_TOKEN_LIFE,
            id_token_validity=ACCESS_TOKEN_LIFE,
            refresh_token_validity=REFRESH_TOKEN_LIFE,
            prevent_user_existence_errors=True,
            **self._managed_login(),
        )

    def _managed_login(self) -> dict[str, Any]:
        """Cognito's own pages, by a code that only the session door can use (PKCE)."""
        if not self.stage_settings.managed_login:
            return {"disable_o_auth": True}
        place = f"{self.stage_settings.ops_url}/api/v1/session/callback"
        return {
            "o_auth": cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                scopes=[cognito.OAuthScope.OPENID],
                callback_urls=[place],
            )
        }

    def _provider_client(self) -> cognito.UserPoolClient:
        scopes = [
            cognito.ResourceServerScope(scope_name=name, scope_description=description)
            for name, description in SCOPES.items()
        ]
        server = self.pool.add_resource_server("Api", identifier="pharmonico", scopes=scopes)
        return self.pool.add_client(
            "ProviderClient",
            generate_secret=True,
            access_token_validity=ACCESS_TOKEN_LIFE,
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(client_credentials=True),
                scopes=[cognito.OAuthScope.resource_server(server, scope) for scope in scopes],
            ),
        )


def outside_issuer(stage: Stage) -> Issuer:
    """The issuer the settings name, where Cognito is no part of the deployment."""
    jwks_url = stage.token_jwks_url or f"{stage.token_issuer}/.well-known/jwks.json"
    return Issuer(stage.token_issuer, jwks_url, stage.token_client_ids, stage.staff_client_id)
