"""What only the HTTP door can refuse, under `kit.errors.Rejected`.

Rejected
├── Malformed             400  the bytes are not what they claim to be
├── MethodNotAllowed      405  the path exists, the method does not (carries `allow`)
├── PreconditionFailed    412  If-Match names another version
├── TooLarge              413
├── UnsupportedMedia      415
├── PreconditionRequired  428  If-Match is missing
└── Conflict
    └── StillRunning      409  the same Idempotency-Key is being worked on

`NotModified` is no error: it ends a conditional GET with 304.
"""

from __future__ import annotations

from pharmonico.kit.errors import Conflict, Rejected

BODY_BYTES_MAX = 1_048_576


class Malformed(Rejected):
    """The request cannot be read at all."""


class MethodNotAllowed(Rejected):
    def __init__(self, allow: list[str]) -> None:
        super().__init__("request.method_not_allowed", "This path does not answer that method.")
        self.allow = allow


class PreconditionFailed(Rejected):
    def __init__(self) -> None:
        super().__init__(
            "request.precondition_failed",
            "The record has changed since you read it; read it again and decide again.",
        )


class PreconditionRequired(Rejected):
    def __init__(self) -> None:
        super().__init__(
            "request.precondition_required",
            "Send If-Match with the ETag of the version you read.",
        )


class TooLarge(Rejected):
    def __init__(
        self,
        code: str = "request.too_large",
        detail: str = f"A body may have {BODY_BYTES_MAX} bytes.",
    ) -> None:
        super().__init__(code, detail)


class UnsupportedMedia(Rejected):
    def __init__(self, accepts: tuple[str, ...]) -> None:
        super().__init__(
            "request.unsupported_media_type", f"This path takes {' or '.join(accepts)}."
        )


class StillRunning(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "idempotency.still_running",
            "A request with this Idempotency-Key is still being worked on; ask again shortly.",
        )


class NotModified(Exception):
    """The caller's copy is the present version."""
