"""A catalogue in memory and small files in the official layouts; every drug in them is invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from local.importing.running import Files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pharmonico.fulfillment.directory import Medication

PRODUCT_COLUMNS = [
    "PRODUCTID",
    "PRODUCTNDC",
    "PRODUCTTYPENAME",
    "PROPRIETARYNAME",
    "PROPRIETARYNAMESUFFIX",
    "NONPROPRIETARYNAME",
    "DOSAGEFORMNAME",
    "ROUTENAME",
    "STARTMARKETINGDATE",
    "ENDMARKETINGDATE",
    "MARKETINGCATEGORYNAME",
    "APPLICATIONNUMBER",
    "LABELERNAME",
    "SUBSTANCENAME",
    "ACTIVE_NUMERATOR_STRENGTH",
    "ACTIVE_INGRED_UNIT",
    "PHARM_CLASSES",
    "DEASCHEDULE",
    "NDC_EXCLUDE_FLAG",
    "LISTING_RECORD_CERTIFIED_THROUGH",
]
PACKAGE_COLUMNS = [
    "PRODUCTID",
    "PRODUCTNDC",
    "NDCPACKAGECODE",
    "PACKAGEDESCRIPTION",
    "STARTMARKETINGDATE",
    "ENDMARKETINGDATE",
    "NDC_EXCLUDE_FLAG",
    "SAMPLE_PACKAGE",
]
PRODUCT = {
    "PRODUCTID": "99991-001_a",
    "PRODUCTNDC": "99991-001",
    "PRODUCTTYPENAME": "HUMAN PRESCRIPTION DRUG",
    "PROPRIETARYNAME": "Testolol",
    "NONPROPRIETARYNAME": "Metoprolol tartrate",
    "DOSAGEFORMNAME": "TABLET, FILM COATED",
    "ROUTENAME": "ORAL",
    "STARTMARKETINGDATE": "20200101",
    "LABELERNAME": "Example Labs, Inc.",
    "SUBSTANCENAME": "METOPROLOL TARTRATE",
    "ACTIVE_NUMERATOR_STRENGTH": "50",
    "ACTIVE_INGRED_UNIT": "mg/1",
    "NDC_EXCLUDE_FLAG": "N",
}
PACKAGE = {
    "PRODUCTID": "99991-001_a",
    "PRODUCTNDC": "99991-001",
    "NDCPACKAGECODE": "99991-001-01",
    "STARTMARKETINGDATE": "20200101",
    "NDC_EXCLUDE_FLAG": "N",
    "SAMPLE_PACKAGE": "N",
}


@dataclass
class MemoryCatalogue:
    """Packages by NDC; `writes` counts the calls, and `fail_at` kills the one with that number."""

    entries: dict[str, Medication] = field(default_factory=dict)
    writes: int = 0
    fail_at: int | None = None

    def known(self, ndc11s: Iterable[str]) -> dict[str, Medication]:
        return {code: self.entries[code] for code in ndc11s if code in self.entries}

    def put(self, entries: Iterable[Medication]) -> None:
        self.writes += 1
        if self.writes == self.fail_at:
            raise KeyboardInterrupt
        self.entries.update({entry.ndc11: entry for entry in entries})


@pytest.fixture
def catalogue() -> MemoryCatalogue:
    return MemoryCatalogue()


@pytest.fixture
def files(tmp_path: Path) -> Callable[[bytes], Files]:
    """A source with this content, and where its state and report go."""

    def make(content: bytes) -> Files:
        source = tmp_path / "source"
        source.write_bytes(content)
        return Files(source, tmp_path / "state.json", tmp_path / "rejected.csv")

    return make


def tabbed(columns: list[str], *rows: dict[str, Any], ends: str = "\r\n") -> str:
    """A tab-separated file as the FDA writes it."""
    lines = [
        "\t".join(columns),
        *("\t".join(row.get(name, "") for name in columns) for row in rows),
    ]
    return "".join(line + ends for line in lines)
