"""The staff's user pool, asked with the names and passwords that people give.

The pool's own words go no further: whether a name exists is nobody's business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from pharmonico.fulfillment.staff.ports import Challenge, Proof
from pharmonico.kit.errors import Forbidden, Invalid, TooMany, Unauthenticated, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from types_boto3_cognito_idp import CognitoIdentityProviderClient

    from pharmonico.fulfillment.staff.ports import Question

_QUESTIONS: dict[str, Question] = {
    "SOFTWARE_TOKEN_MFA": "totp",
    "MFA_SETUP": "totp_setup",
    "NEW_PASSWORD_REQUIRED": "new_password",
}
_NAMES = {question: name for name, question in _QUESTIONS.items()}
_WRONG_PAIR = frozenset({"NotAuthorizedException", "UserNotFoundException"})
_WRONG_CODE = frozenset(
    {"CodeMismatchException", "EnableSoftwareTokenMFAException", "ExpiredCodeException"}
)
_WEAK = frozenset({"InvalidPasswordException", "PasswordHistoryPolicyViolationException"})
_LATER = frozenset({"TooManyRequestsException", "LimitExceededException"})
_RETRY_S = 60
_CODE = re.compile(r"[0-9]{6}")
_SPENT = frozenset({"NotAuthorizedException", "UnauthorizedException", "InvalidParameterException"})


class CognitoIdentity:
    """One pool by one of its clients that allows USER_PASSWORD_AUTH."""

    def __init__(self, client: CognitoIdentityProviderClient, *, client_id: str) -> None:
        self._client = client
        self._client_id = client_id

    def sign_in(self, username: str, password: str) -> Proof | Challenge:
        if not username or any(each.isspace() or not each.isprintable() for each in username):
            raise _meaning("UserNotFoundException")  # the pool would call it a bad parameter
        answer = _asked(
            lambda: self._client.initiate_auth(
                ClientId=self._client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": username, "PASSWORD": password},
            )
        )
        return self._step(answer, username)

    def answer(self, challenge: Challenge, answer: str) -> Proof | Challenge:
        state = challenge.state
        if challenge.question != "new_password" and not _CODE.fullmatch(answer):
            raise _meaning("CodeMismatchException")
        if challenge.question == "totp_setup":
            checked = _asked(
                lambda: self._client.verify_software_token(Session=state, UserCode=answer)
            )
            state = checked.get("Session", state)
        responses = {"USERNAME": challenge.username}
        if challenge.question == "totp":
            responses["SOFTWARE_TOKEN_MFA_CODE"] = answer
        elif challenge.question == "new_password":
            responses["NEW_PASSWORD"] = answer
        name: Any = _NAMES[challenge.question]
        following = _asked(
            lambda: self._client.respond_to_auth_challenge(
                ClientId=self._client_id,
                ChallengeName=name,
                Session=state,
                ChallengeResponses=responses,
            )
        )
        return self._step(following, challenge.username)

    def renew(self, refresh_token: str) -> str:
        answer = _asked(
            lambda: self._client.initiate_auth(
                ClientId=self._client_id,
                AuthFlow="REFRESH_TOKEN_AUTH",
                AuthParameters={"REFRESH_TOKEN": refresh_token},
            )
        )
        return str(answer["AuthenticationResult"]["AccessToken"])

    def end(self, refresh_token: str) -> None:
        try:
            self._client.revoke_token(Token=refresh_token, ClientId=self._client_id)
        except ClientError as error:
            if _code(error) not in _SPENT:
                raise _unavailable() from error
        except BotoCoreError as error:
            raise _unavailable() from error

    def _step(self, answer: Any, username: str) -> Proof | Challenge:
        if result := answer.get("AuthenticationResult"):
            return Proof(access_token=result["AccessToken"], refresh_token=result["RefreshToken"])
        question = _QUESTIONS.get(answer.get("ChallengeName", ""))
        if question is None:
            raise Forbidden("sign_in.unsupported", "This account signs in in a way unknown here.")
        # Cognito may answer for an alias: the challenge is the user's own name's.
        name = answer.get("ChallengeParameters", {}).get("USER_ID_FOR_SRP") or username
        state, secret = answer["Session"], None
        if question == "totp_setup":
            begun = _asked(lambda: self._client.associate_software_token(Session=state))
            state, secret = begun["Session"], begun["SecretCode"]
        return Challenge(question=question, username=name, state=state, secret=secret)


def _asked(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except ClientError as error:
        raise _meaning(_code(error)) from error
    except BotoCoreError as error:
        raise _unavailable() from error


def _meaning(code: str) -> Exception:
    if code in _WRONG_PAIR:
        return Unauthenticated("sign_in.refused", "Name and password do not fit together.")
    if code in _WRONG_CODE:
        return Unauthenticated("sign_in.code_refused", "This code is not the right one.")
    if code in _WEAK:
        return Invalid("sign_in.password_refused", "The new password is too weak or was used.")
    if code == "PasswordResetRequiredException":
        return Forbidden("sign_in.reset_required", "Your password has to be set anew first.")
    if code in _LATER:
        words = "Too many tries: wait a while."
        return TooMany("sign_in.too_many_tries", words, retry_after_s=_RETRY_S)
    return _unavailable()


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _unavailable() -> Unavailable:
    return Unavailable("sign_in.unavailable", "Nobody can sign in now: try again soon.")
