"""`pharmonico webhooks`: what it asks the API for and what it prints."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from local.cli.webhooks import log_line, replay_all


@dataclass
class Api:
    """Answers what it was given, and keeps what it was asked."""

    answers: list[dict[str, Any]]
    asked: list[dict[str, Any]] = field(default_factory=list)

    def act(self, _path: str, body: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(body)
        return self.answers.pop(0)


def test_a_replay_goes_on_until_nothing_is_left() -> None:
    api: Any = Api([{"queued": 100, "more": True}, {"queued": 3, "more": False}])
    options = argparse.Namespace(since=timedelta(hours=2), delivered=True)
    assert replay_all(api, "/endpoint", options) == 103
    assert api.asked[0] == api.asked[1]
    assert api.asked[0]["statuses"] == ["failed", "held", "delivered"]


def test_a_line_says_what_the_last_try_brought() -> None:
    delivery = {
        "created_at": "2026-11-20T16:13:33.1Z",
        "message_id": "msg_1",
        "event_type": "delivered",
        "prescription_id": None,
        "status": "pending",
        "tries": 2,
        "attempts": [{"status": 503}, {"problem": "webhook.timeout"}],
    }
    assert log_line(delivery).endswith("pending (2: webhook.timeout)")
    assert log_line({**delivery, "attempts": [], "tries": 0}).endswith("pending (0: -)")
