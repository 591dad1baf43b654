"""What can go wrong, in the words of the domain.

    PharmonicoError
    ├── Rejected          the caller's input breaks a rule; nothing was changed
    │   ├── Invalid       a field is missing or malformed (carries `errors`)
    │   ├── NotFound      the thing does not exist, or the caller may not know that it does
    │   ├── Forbidden     known caller, not allowed
    │   ├── Unauthenticated
    │   ├── Conflict      the state does not allow it (now)
    │   │   ├── VersionConflict   somebody wrote between our read and our write: read again
    │   │   └── StaleRevision     it has moved on since the caller decided: decide again
    │   ├── Gone          it was there: a spent link, an expired session
    │   └── TooMany       a limit was reached; try later
    └── Unavailable       infrastructure or a partner; retrying may help
        └── Pending       the partner has answered, and is still at work on it

Each carries a stable `code` (`area.reason`); status codes live at the edge, in `lambdas.http`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One bad field: JSON pointer, stable code, plain words that never echo the value."""

    pointer: str
    code: str
    detail: str


class PharmonicoError(Exception):
    """Root of the tree; `code` is stable and documented in the error dictionary."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        """Code first: this is what a failure record keeps of an error that ended a stage."""
        return f"{self.code}: {self.detail}"


class Rejected(PharmonicoError):
    """The caller's doing; repeating the same request will not help."""


class Invalid(Rejected):
    """One or more fields are wrong."""

    def __init__(self, code: str, detail: str, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(code, detail)
        self.errors = errors


class NotFound(Rejected):
    """No such thing for this caller."""


class Unauthenticated(Rejected):
    """No valid proof of who is calling."""


class Forbidden(Rejected):
    """The caller is known and may not do this."""


class Conflict(Rejected):
    """The thing's present state refuses the move."""


class VersionConflict(Conflict):
    """Somebody wrote between our read and our write; `on_conflict` reads again."""

    def __init__(self, detail: str = "The record was changed by somebody else.") -> None:
        super().__init__("record.version_conflict", detail)


class StaleRevision(Conflict):
    """The caller decided upon a state that is no longer the present one."""

    def __init__(self) -> None:
        super().__init__("record.stale", "The record has moved on since it was read.")


class Gone(Rejected):
    """It was there once: a spent or expired link, a closed session."""


class TooMany(Rejected):
    """A limit was reached; `retry_after_s` says when another try makes sense."""

    def __init__(self, code: str, detail: str, *, retry_after_s: int) -> None:
        super().__init__(code, detail)
        self.retry_after_s = retry_after_s


class Unavailable(PharmonicoError):
    """A partner or a service did not answer usefully; the same call may work later."""


class Pending(Unavailable):
    """The partner has answered, and is still doing what it was asked."""
