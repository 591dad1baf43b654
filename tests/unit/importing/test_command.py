"""`pharmonico import`: the FDA's two files, a summary, and words for what is wrong."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from local.cli import imports
from local.cli.imports import Wanted, import_nadac, import_ndc
from local.place import LocalError
from tests.unit.importing.conftest import (
    PACKAGE,
    PACKAGE_COLUMNS,
    PRODUCT,
    PRODUCT_COLUMNS,
    MemoryCatalogue,
    tabbed,
)
from tests.unit.importing.test_pharmacies import MemoryPharmacies

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def wanted(tmp_path: Path, catalogue: MemoryCatalogue, said: list[str]) -> Wanted:
    product = tmp_path / "product.txt"
    product.write_text(tabbed(PRODUCT_COLUMNS, PRODUCT))
    packages = [{**PACKAGE, "NDCPACKAGECODE": f"99991-001-{at:02}"} for at in range(1, 6)]
    (tmp_path / "package.txt").write_text(
        tabbed(PACKAGE_COLUMNS, *packages, {**PACKAGE, "NDCPACKAGECODE": "1"})
    )
    return Wanted(
        file=product,
        folder=tmp_path / "imports",
        catalogue=catalogue,
        pharmacies=MemoryPharmacies(),
        today=date(2026, 9, 15),
        say=said.append,
    )


def test_both_files_are_imported_and_summed_up(
    wanted: Wanted, catalogue: MemoryCatalogue, said: list[str]
) -> None:
    import_ndc(wanted)
    assert sorted(catalogue.entries) == [f"999910001{at:02}" for at in range(1, 6)]
    assert said[0].startswith("product.txt: 1 kept")
    assert said[1].splitlines()[0] == "package.txt: 5 kept, 0 skipped, 1 rejected"
    assert "1 rejected: ndc.malformed" in said[1]
    assert [path.name for path in sorted(wanted.folder.iterdir())] == [
        "package.txt.rejected.csv",
        "product.txt.rejected.csv",
    ]


def test_a_stopped_import_of_packages_does_not_read_the_products_again(
    wanted: Wanted, catalogue: MemoryCatalogue, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.importing.running.BATCH", 2)
    catalogue.fail_at = 2
    with pytest.raises(KeyboardInterrupt):
        import_ndc(wanted)
    said.clear()
    import_ndc(wanted)
    assert len(catalogue.entries) == 5
    assert [line.split(":")[0] for line in said] == ["package.txt"]


def test_another_package_file_begins_with_the_products_again(
    wanted: Wanted, catalogue: MemoryCatalogue, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.importing.running.BATCH", 2)
    catalogue.fail_at = 2
    with pytest.raises(KeyboardInterrupt):
        import_ndc(wanted)
    packages = wanted.file.with_name("package.txt")
    packages.write_text(packages.read_text() + "\r\n")
    said.clear()
    import_ndc(wanted)
    assert [line.split(":")[0] for line in said] == ["product.txt", "package.txt"]


def test_a_missing_second_file_is_named(wanted: Wanted) -> None:
    wanted.file.with_name("package.txt").unlink()
    with pytest.raises(LocalError, match=r"package\.txt is missing"):
        import_ndc(wanted)


def test_another_kind_of_file_is_named_with_what_it_lacks(wanted: Wanted) -> None:
    with pytest.raises(LocalError, match="cannot be imported as nadac: it lacks the columns"):
        import_nadac(wanted)


def test_every_kind_has_words_and_an_importer() -> None:
    assert set(imports.KINDS) == set(imports.IMPORTS)
