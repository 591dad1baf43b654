"""What `parse` gives: a message of either standard."""

from __future__ import annotations

from typing import TypeAlias

from ncpdp.script.model.message import ScriptMessage
from ncpdp.telecom.model import Request, Response

Message: TypeAlias = ScriptMessage | Request | Response
