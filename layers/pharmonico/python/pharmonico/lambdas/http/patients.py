"""The door of the portal: a call's session is read once, by whoever asks for it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.fulfillment.enrollment.codes import require_code
from pharmonico.fulfillment.enrollment.sessions import PortalSessions, read_session, renewed
from pharmonico.lambdas.http.guard import SESSION_COOKIE

if TYPE_CHECKING:
    from pharmonico.fulfillment.enrollment.sessions import Session
    from pharmonico.fulfillment.ports import Tokens
    from pharmonico.kit.clock import Clock
    from pharmonico.lambdas.http.call import Call

_NOTE = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDoor:
    """Admits patients by the portal's cookie; `call` is the request in hand, `otp` when a code
    is asked for.

    The guard has found the session before a route asks whose it is: what it found is noted on the
    call, and dies with it.
    """

    call: Call
    otp: str
    tokens: Tokens
    clock: Clock

    def sessions(self) -> PortalSessions:
        """For the guard."""
        return PortalSessions(tokens=self.tokens, clock=self.clock, found=self._note)

    def current(self) -> Session:
        """The session of the call, whatever the code says; `Unauthenticated` without one."""
        found: Session | None = self.call.notes.get(_NOTE)
        if found is None:  # a public route, which no guard asks about
            reference = self.call.cookie(SESSION_COOKIE)
            return read_session(reference, tokens=self.tokens, clock=self.clock)
        return renewed(found, tokens=self.tokens, clock=self.clock)

    def admitted(self, *, phi: bool = False) -> Session:
        """The session, once the code was confirmed where the portal asks for it."""
        session = self.current()
        require_code(session, otp=self.otp, phi=phi, tokens=self.tokens)
        return session

    def _note(self, session: Session) -> None:
        self.call.notes[_NOTE] = session
