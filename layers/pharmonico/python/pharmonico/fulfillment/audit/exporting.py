"""An export: every entry that is wanted as a line, and a last line with our signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.fulfillment.audit.searching import search
from pharmonico.fulfillment.audit.signing import canonical, signed
from pharmonico.kit.errors import Invalid
from pharmonico.kit.ids import new_id

if TYPE_CHECKING:
    from pharmonico.fulfillment.audit.ports import AuditTrail, Signer, Vault
    from pharmonico.fulfillment.audit.searching import Found, Spot, Wanted
    from pharmonico.kit.clock import Clock

PREFIX = "exports/"
ENTRIES_MAX = 20_000
PAGES_MAX = 60
PAGE = 1_000
LINK_TTL_S = 15 * 60


class ExportTooLarge(Invalid):
    """More than one answer can carry: a shorter time is to be asked for."""

    def __init__(self) -> None:
        super().__init__(
            "audit.export_too_large", "This is too much for one export; ask for a shorter time."
        )


@dataclass(frozen=True, slots=True)
class Export:
    """`url` is good for `LINK_TTL_S`; the file goes after some days."""

    export_id: str
    entries: int
    url: str


def export(
    wanted: Wanted, *, trail: AuditTrail, vault: Vault, signer: Signer, clock: Clock
) -> Export:
    """Write the file; raises `ExportTooLarge`."""
    lines: list[bytes] = []
    after: Spot | None = None
    for _ in range(PAGES_MAX):
        page: Found = search(wanted, trail=trail, after=after, limit=PAGE)
        lines += [canonical(entry.model_dump(mode="json")) for entry in page.entries]
        after = page.after
        if after is None or len(lines) > ENTRIES_MAX:
            break
    if after is not None:
        raise ExportTooLarge
    export_id = new_id("exp", clock=clock)
    about = {"export": export_id, "entries": len(lines), "made_at": clock.now().isoformat()}
    data = signed(canonical(about) + b"".join(lines), signer=signer)
    url = vault.share(f"{PREFIX}{export_id}.ndjson", data, ttl_s=LINK_TTL_S)
    return Export(export_id, len(lines), url)
