"""The user pool by AWS's own API, as moto plays it: passwords, second factors, renewal, end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from botocore.session import get_session
from moto import mock_aws
from pharmonico.adapters.cognito import CognitoIdentity
from pharmonico.fulfillment.staff.ports import Challenge, Proof
from pharmonico.kit.errors import (
    Forbidden,
    Invalid,
    PharmonicoError,
    TooMany,
    Unauthenticated,
    Unavailable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME, PASSWORD = "ops@pharmonico.example", "Synthetic-pass-1"


@pytest.fixture
def cognito(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        yield get_session().create_client("cognito-idp", region_name="us-east-1")


@pytest.fixture
def pool_id(cognito: Any) -> str:
    pool = str(cognito.create_user_pool(PoolName="staff")["UserPool"]["Id"])
    cognito.admin_create_user(UserPoolId=pool, Username=NAME)
    return pool


@pytest.fixture
def identity(cognito: Any, pool_id: str) -> CognitoIdentity:
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="staff",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )
    return CognitoIdentity(cognito, client_id=client["UserPoolClient"]["ClientId"])


@pytest.fixture
def known(cognito: Any, pool_id: str) -> None:
    cognito.admin_set_user_password(
        UserPoolId=pool_id, Username=NAME, Password=PASSWORD, Permanent=True
    )


@pytest.mark.usefixtures("known")
def test_a_password_is_proven_renewed_and_ended(identity: CognitoIdentity) -> None:
    proof = identity.sign_in(NAME, PASSWORD)
    assert isinstance(proof, Proof)
    assert identity.renew(proof.refresh_token)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("pair", [(NAME, "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_reads_like_a_wrong_password(
    identity: CognitoIdentity, pair: tuple[str, str]
) -> None:
    with pytest.raises(Unauthenticated) as refused:
        identity.sign_in(*pair)
    assert refused.value.code == "sign_in.refused"


@pytest.mark.parametrize("name", ["", "a b", "ops\x00", "ops\n"])
def test_what_can_be_no_name_is_refused_like_a_wrong_one(name: str) -> None:
    client: Any = Refusing(refusal("InvalidParameterException"))
    with pytest.raises(Unauthenticated) as refused:
        CognitoIdentity(client, client_id="c").sign_in(name, PASSWORD)
    assert refused.value.code == "sign_in.refused"


@pytest.mark.parametrize("said", ["123", "1234567", "12345x", "\u0661" * 6])
@pytest.mark.parametrize("question", ["totp", "totp_setup"])
def test_what_can_be_no_code_is_a_wrong_one(question: Any, said: str) -> None:
    client: Any = Refusing(refusal("InvalidParameterException"))
    challenge = Challenge(question=question, username=NAME, state="s")
    with pytest.raises(Unauthenticated) as refused:
        CognitoIdentity(client, client_id="c").answer(challenge, said)
    assert refused.value.code == "sign_in.code_refused"


def test_an_invited_person_sets_a_password_first(
    identity: CognitoIdentity, cognito: Any, pool_id: str
) -> None:
    cognito.admin_set_user_password(
        UserPoolId=pool_id, Username=NAME, Password=PASSWORD, Permanent=False
    )
    asked = identity.sign_in(NAME, PASSWORD)
    assert isinstance(asked, Challenge)
    assert asked.question == "new_password"
    assert isinstance(identity.answer(asked, "Another-pass-2"), Proof)
    assert isinstance(identity.sign_in(NAME, "Another-pass-2"), Proof)


class Scripted:
    """A pool that demands an authenticator app, as AWS documents the steps; each call is kept."""

    def __init__(self) -> None:
        self.called: list[tuple[str, str]] = []

    def initiate_auth(self, **_: Any) -> dict[str, Any]:
        name = {"USER_ID_FOR_SRP": "0b6f"}
        return {"ChallengeName": "MFA_SETUP", "Session": "s1", "ChallengeParameters": name}

    def associate_software_token(self, *, Session: str) -> dict[str, Any]:  # noqa: N803 - AWS's name
        self.called.append(("associate", Session))
        return {"SecretCode": "JBSWY3DP", "Session": "s2"}

    def verify_software_token(self, *, Session: str, UserCode: str) -> dict[str, Any]:  # noqa: N803 - AWS's names
        self.called.append((f"verify {UserCode}", Session))
        return {"Status": "SUCCESS", "Session": "s3"}

    def respond_to_auth_challenge(self, **given: Any) -> dict[str, Any]:
        name = given["ChallengeResponses"]["USERNAME"]
        self.called.append((f"{given['ChallengeName']} of {name}", given["Session"]))
        return {"AuthenticationResult": {"AccessToken": "a", "RefreshToken": "r"}}


def test_a_second_factor_is_set_up_step_by_step() -> None:
    client: Any = Scripted()
    identity = CognitoIdentity(client, client_id="c")
    asked = identity.sign_in(NAME, PASSWORD)
    assert isinstance(asked, Challenge)
    assert (asked.question, asked.secret) == ("totp_setup", "JBSWY3DP")
    assert identity.answer(asked, "123456") == Proof(access_token="a", refresh_token="r")
    assert client.called == [
        ("associate", "s1"),
        ("verify 123456", "s2"),
        ("MFA_SETUP of 0b6f", "s3"),
    ]


class Refusing:
    """A pool that answers everything with one error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        def refuse(**_: Any) -> None:
            raise self._error

        return refuse


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "Jordan Doe"}}, "InitiateAuth")


MEANINGS: dict[str, type[PharmonicoError]] = {
    "NotAuthorizedException": Unauthenticated,
    "CodeMismatchException": Unauthenticated,
    "InvalidPasswordException": Invalid,
    "PasswordResetRequiredException": Forbidden,
    "TooManyRequestsException": TooMany,
    "InternalErrorException": Unavailable,
}


@pytest.mark.parametrize("code", MEANINGS)
def test_each_refusal_has_its_meaning_and_none_of_the_pools_words(code: str) -> None:
    client: Any = Refusing(refusal(code))
    identity = CognitoIdentity(client, client_id="c")
    challenge = Challenge(question="new_password", username=NAME, state="s")
    with pytest.raises(MEANINGS[code]) as error:
        identity.answer(challenge, "123456")
    assert "Jordan" not in error.value.detail


def test_a_pool_that_does_not_answer_is_unavailable() -> None:
    client: Any = Refusing(EndpointConnectionError(endpoint_url="http://pool.test"))
    with pytest.raises(Unavailable):
        CognitoIdentity(client, client_id="c").renew("token")


def test_a_token_that_is_spent_is_ended_already() -> None:
    client: Any = Refusing(refusal("NotAuthorizedException"))
    CognitoIdentity(client, client_id="c").end("token")
    client = Refusing(refusal("InternalErrorException"))
    with pytest.raises(Unavailable):
        CognitoIdentity(client, client_id="c").end("token")
