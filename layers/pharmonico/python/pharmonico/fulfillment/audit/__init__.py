"""The tamper-evident record: who did what, sealed; `checking` and `digests` find what was changed.

from pharmonico.fulfillment import audit
audit.append(audit.Act(…), trail=…)
"""

from pharmonico.fulfillment.audit.chain import (
    CHAIN_MAX,
    EVENTS,
    GENESIS,
    Act,
    Entry,
    act_of,
    append,
    seal,
)
from pharmonico.fulfillment.audit.ports import AuditTrail, Link, Tail

__all__ = [
    "CHAIN_MAX",
    "EVENTS",
    "GENESIS",
    "Act",
    "AuditTrail",
    "Entry",
    "Link",
    "Tail",
    "act_of",
    "append",
    "seal",
]
