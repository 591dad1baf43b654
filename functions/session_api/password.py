"""By name and password, and by whatever else the user pool asks for."""

from typing import Annotated, Literal
from urllib.parse import quote

from pharmonico.adapters import aws
from pharmonico.adapters.identity import verifier
from pharmonico.adapters.sealing import FernetSealer
from pharmonico.events.envelope import Actor
from pharmonico.fulfillment.staff import signing_in
from pharmonico.fulfillment.staff.ports import Question
from pharmonico.fulfillment.staff.sessions import end_session, find_session, renew_session
from pharmonico.fulfillment.staff.signing_in import Asked, Known
from pharmonico.kit.errors import PharmonicoError, Unauthenticated
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, Field

from functions.session_api.api import (
    TAG,
    SignedIn,
    admitted,
    api,
    audited,
    provider,
    reference_of_call,
    refused,
    set_cookie,
    shown,
)

Short = Annotated[str, Field(min_length=1, max_length=256)]


class Credentials(BaseModel):
    username: Short
    password: Short


class Answer(BaseModel):
    """What was asked for: six digits, or the new password."""

    reference: Short
    answer: Short


class Step(BaseModel):
    """The pool asks for more; `secret` sets up an authenticator app (`otpauth://` as `uri`)."""

    state: Literal["question"] = "question"
    question: Question
    reference: str
    secret: str | None = None
    uri: str | None = None


@api.post("/api/v1/session", Action.SIGN_IN, tag=TAG)
def sign_in(given: Annotated[Credentials, Body()]) -> SignedIn | Step:
    """Name and password; the answer is a session's cookie or the pool's next question."""
    try:
        following = signing_in.sign_in(
            given.username,
            given.password,
            address=api.call.came_from,
            hop=api.call.source_ip,
            provider=provider(),
            tokens=aws.tokens(),
        )
    except PharmonicoError as error:
        refused(given.username, error.code)
        raise
    return _following(following)


@api.post("/api/v1/session/answer", Action.SIGN_IN, tag=TAG)
def answer(given: Annotated[Answer, Body()]) -> SignedIn | Step:
    """The answer to the question; three wrong ones end it."""
    username = signing_in.asked_whom(given.reference, tokens=aws.tokens())
    try:
        following = signing_in.answer(
            given.reference, given.answer, provider=provider(), tokens=aws.tokens()
        )
    except PharmonicoError as error:
        if username:
            refused(username, error.code)
        raise
    return _following(following)


@api.get("/api/v1/session", Action.READ_SESSION, tag=TAG)
def read_session() -> SignedIn:
    """Who is signed in here, and what they may do; it renews nothing."""
    session = find_session(reference_of_call(), tokens=aws.tokens(), clock=aws.CLOCK)
    if session is None:
        raise Unauthenticated("session.expired", "Your session has ended: sign in again.")
    return shown(session)


@api.post("/api/v1/session/renew", Action.READ_SESSION, tag=TAG)
def renew() -> SignedIn:
    """Half an hour more for somebody at work; the pool is asked whether they still may."""
    session = renew_session(
        reference_of_call(),
        provider=provider(),
        verifier=verifier(),
        sealer=FernetSealer(),
        tokens=aws.tokens(),
        clock=aws.CLOCK,
    )
    return shown(session)


@api.delete("/api/v1/session", Action.READ_SESSION, status=204, tag=TAG)
def sign_out() -> None:
    """End the session here and at the user pool."""
    session = end_session(
        reference_of_call(),
        provider=provider(),
        sealer=FernetSealer(),
        tokens=aws.tokens(),
        clock=aws.CLOCK,
    )
    set_cookie("", max_age_s=0)
    if session:
        audited("signed_out", Actor(id=session.user_id, role=min(session.roles)))


def _following(following: Known | Asked) -> SignedIn | Step:
    if isinstance(following, Known):
        return admitted(following)
    reference, challenge = following
    uri = None
    if challenge.secret:
        name = quote(f"Pharmonico:{challenge.username}")
        uri = f"otpauth://totp/{name}?secret={challenge.secret}&issuer=Pharmonico"
    return Step(question=challenge.question, reference=reference, secret=challenge.secret, uri=uri)
