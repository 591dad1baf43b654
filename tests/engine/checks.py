"""What an engine is judged by, and what one is known not to serve."""

from __future__ import annotations

CHECKS = {
    "straight_way": "a prescription goes from NewRx to completed",
    "rejected_claim": "a rejected claim ends the machine and waits for people",
    "payment_webhook": "a signed webhook wakes the machine, a forged, stale or repeated one not",
    "cancel": "a cancellation stops the machine and takes everything back",
    "redrive": "a stage that gives up is recorded, and its redrive goes on from there",
    "wait_timeout": "a token nobody answers times out",
    "repeated_message": "20 copies of a message at once are one prescription",
    "publisher_killed": "stream to bus: the publisher is killed in between, nothing lost or twice",
    "schedule": "the scheduled poller finds what no webhook told",
    "presigned_upload": "the bucket refuses an upload of another type, size or place",
    "authorization": "no token, a false one or another role's is refused",
    "restart": "killed with prescriptions under way and started again, all are completed",
}
"""By name, in the order of the page; the tests of each are in `test_<name>.py`."""

NOT_SERVED: dict[str, dict[str, str]] = {
    "localstack": {
        "restart": "it keeps nothing: tables, queues and executions end with its container.",
    },
}
"""By engine and check, why the engine cannot pass it; such a check is not run there.

A failure that is not declared here is a failure.
"""


def not_served(engine: str) -> dict[str, str]:
    """The reasons by check."""
    return NOT_SERVED.get(engine, {})
