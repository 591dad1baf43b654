"""How every prescription in flight is doing, by one call for all of them."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local.client import Client

PRESCRIPTIONS = "/api/v1/prescriptions"
AGE_S = 0.7
PAGE = "100"


class Board:
    """The newest hundred, read anew when what is known is too old; asked by many threads.

    The prescriber's system asks: reads by staff are sealed into the audit trail, one by one.
    """

    def __init__(self, provider: Client) -> None:
        self._provider = provider
        self._lock = threading.Lock()
        self._known: dict[str, str] = {}
        self._read_at = 0.0

    def status(self, prescription_id: str) -> str:
        """Its state, at most `AGE_S` old; one that is too far back is asked for alone."""
        with self._lock:
            if time.monotonic() - self._read_at > AGE_S:
                page = self._provider.read(PRESCRIPTIONS, limit=PAGE)
                self._known = {item["id"]: item["status"] for item in page["items"]}
                self._read_at = time.monotonic()
            known = self._known.get(prescription_id)
        return known or str(self._provider.read(f"{PRESCRIPTIONS}/{prescription_id}")["status"])
