"""Packages of the FDA and of openFDA: the same product becomes the same entry."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from local.importing.ndc import Packages, Products, Stage
from local.importing.openfda import OpenFda
from local.importing.running import Files, run
from tests.prescribing import a_medication
from tests.unit.importing.conftest import (
    PACKAGE,
    PACKAGE_COLUMNS,
    PRODUCT,
    PRODUCT_COLUMNS,
    tabbed,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from local.importing.records import Counts
    from tests.unit.importing.conftest import MemoryCatalogue

TODAY = date(2026, 9, 15)
NDC = "99991000101"


def show(_at: object, _counts: object) -> None:
    """Nobody watches."""


@pytest.fixture
def import_ndc(tmp_path: Path, catalogue: MemoryCatalogue) -> Callable[..., list[Counts]]:
    """Both files, given as rows that differ from the usual ones."""

    def doing(products: list[dict[str, str]], packages: list[dict[str, str]]) -> list[Counts]:
        texts = (
            tabbed(PRODUCT_COLUMNS, *({**PRODUCT, **row} for row in products)),
            tabbed(PACKAGE_COLUMNS, *({**PACKAGE, **row} for row in packages)),
        )
        done = []
        with closing(Stage(tmp_path / "stage")) as stage:
            importers = (Products(stage, TODAY), Packages(stage, catalogue, TODAY))
            for name, text, importer in zip("ab", texts, importers, strict=True):
                source = tmp_path / name
                source.write_bytes(text.encode("cp1252"))
                files = Files(source, tmp_path / f"{name}.json", tmp_path / f"{name}.csv")
                done.append(run(importer, files, show=show))
        return done

    return doing


def test_a_package_becomes_an_entry(
    import_ndc: Callable[..., list[Counts]], catalogue: MemoryCatalogue
) -> None:
    import_ndc([{"PROPRIETARYNAMESUFFIX": "Forte", "LABELERNAME": "Préparations, S.A."}], [{}])
    entry = catalogue.entries[NDC]
    assert (entry.name, entry.generic, entry.labeler) == (
        "Testolol Forte",
        "metoprolol tartrate",
        "Préparations, S.A.",
    )
    assert (entry.ingredients, entry.strength) == (("metoprolol",), "50 mg")
    assert (entry.dosage_form, entry.routes) == ("tablet, film coated", ("oral",))
    assert (entry.unit_price_minor, entry.price_source, entry.source) == (0, "NONE", "FDA-NDC")


def test_a_combination_has_a_strength_for_each_ingredient(
    import_ndc: Callable[..., list[Counts]], catalogue: MemoryCatalogue
) -> None:
    combination = {
        "SUBSTANCENAME": "HYDROCHLOROTHIAZIDE; LISINOPRIL",
        "ACTIVE_NUMERATOR_STRENGTH": "12.5; .5",
        "ACTIVE_INGRED_UNIT": "mg/1; mg/1",
    }
    import_ndc([combination], [{}])
    entry = catalogue.entries[NDC]
    assert entry.ingredients == ("hydrochlorothiazide", "lisinopril")
    assert entry.strength == "12.5 mg; 0.5 mg"


def test_what_only_the_catalogue_knows_stays(
    import_ndc: Callable[..., list[Counts]], catalogue: MemoryCatalogue
) -> None:
    catalogue.entries[NDC] = a_medication(
        ndc11=NDC, name="Old name", cold_chain=True, specialty="hiv", unit_price_minor=77
    )
    import_ndc([{}], [{}])
    entry = catalogue.entries[NDC]
    assert entry.name == "Testolol"
    assert (entry.cold_chain, entry.specialty, entry.unit_price_minor, entry.price_source) == (
        True,
        "hiv",
        77,
        "SYNTHETIC",
    )


def test_a_new_package_takes_the_flags_of_a_curated_one_with_the_same_contents(
    import_ndc: Callable[..., list[Counts]], catalogue: MemoryCatalogue
) -> None:
    import_ndc(
        [{"SUBSTANCENAME": "LENALIDOMIDE", "DOSAGEFORMNAME": "CAPSULE", "PROPRIETARYNAME": "New"}],
        [{}],
    )
    entry = catalogue.entries[NDC]
    assert (entry.specialty, entry.rems, entry.limited_distribution) == (
        "oncology",
        "lenalidomide",
        True,
    )


@pytest.mark.parametrize(
    ("product", "package", "reason"),
    [
        ({"PRODUCTTYPENAME": "HUMAN OTC DRUG"}, {}, "not_a_prescription_drug"),
        ({"NDC_EXCLUDE_FLAG": "E"}, {}, "excluded_by_the_fda"),
        ({"ENDMARKETINGDATE": "20260914"}, {}, "no_longer_marketed"),
        ({}, {"ENDMARKETINGDATE": "20260914"}, "no_longer_marketed"),
        ({}, {"NDC_EXCLUDE_FLAG": "I"}, "excluded_by_the_fda"),
        ({}, {"SAMPLE_PACKAGE": "Y"}, "sample"),
        ({}, {"PRODUCTID": "99991-002_b"}, "product_not_wanted"),
    ],
)
def test_what_nobody_is_prescribed_is_skipped_by_its_reason(
    import_ndc: Callable[..., list[Counts]],
    catalogue: MemoryCatalogue,
    product: dict[str, str],
    package: dict[str, str],
    reason: str,
) -> None:
    products, packages = import_ndc([product], [package])
    assert reason in {**products.skipped, **packages.skipped}
    assert catalogue.entries == {}


def test_a_drug_marketed_until_today_is_kept(
    import_ndc: Callable[..., list[Counts]], catalogue: MemoryCatalogue
) -> None:
    import_ndc([{"ENDMARKETINGDATE": "20260915"}], [{}])
    assert NDC in catalogue.entries


@pytest.mark.parametrize(
    ("product", "package", "code"),
    [
        ({"PROPRIETARYNAME": ""}, {}, "name.missing"),
        ({"DOSAGEFORMNAME": ""}, {}, "dosage_form.missing"),
        ({"DEASCHEDULE": "CI"}, {}, "dea_schedule.unknown"),
        ({"ACTIVE_INGRED_UNIT": "mg/1; mg/1"}, {}, "strength.count"),
        ({}, {"NDCPACKAGECODE": "99991-1-1"}, "ndc.malformed"),
        ({}, {"NDCPACKAGECODE": "9999100101"}, "ndc.ambiguous"),
        ({}, {"NDCPACKAGECODE": ""}, "ndc.malformed"),
    ],
)
def test_a_row_that_cannot_be_right_is_rejected_with_its_code(
    import_ndc: Callable[..., list[Counts]],
    catalogue: MemoryCatalogue,
    product: dict[str, str],
    package: dict[str, str],
    code: str,
) -> None:
    products, packages = import_ndc([product], [package])
    assert code in {**products.rejected, **packages.rejected}
    assert catalogue.entries == {}


OPEN_FDA: dict[str, Any] = {
    "product_ndc": "99991-001",
    "generic_name": "Metoprolol tartrate",
    "labeler_name": "Example Labs, Inc.",
    "brand_name": "Testolol",
    "active_ingredients": [{"name": "METOPROLOL TARTRATE", "strength": "50 mg/1"}],
    "finished": True,
    "packaging": [
        {"package_ndc": "99991-001-01", "description": "100 TABLET in 1 BOTTLE", "sample": False},
        {"package_ndc": "99991-001-02", "description": "1 TABLET in 1 BOTTLE", "sample": True},
    ],
    "product_type": "HUMAN PRESCRIPTION DRUG",
    "route": ["ORAL"],
    "dosage_form": "TABLET, FILM COATED",
    "marketing_start_date": "20200101",
}


def open_fda(*changes: dict[str, Any]) -> bytes:
    results = [{**OPEN_FDA, **change} for change in changes]
    return json.dumps({"meta": {"results": {"total": 1}}, "results": results}).encode()


def test_openfda_and_the_fda_make_the_same_entry(
    import_ndc: Callable[..., list[Counts]],
    catalogue: MemoryCatalogue,
    files: Callable[[bytes], Files],
) -> None:
    import_ndc([{}], [{}])
    of_fda = catalogue.entries.pop(NDC)
    counts = run(OpenFda(catalogue, TODAY), files(open_fda({})), show=show)
    assert counts.kept == 1
    assert set(catalogue.entries) == {NDC}
    assert catalogue.entries[NDC].model_copy(update={"source": of_fda.source}) == of_fda


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"product_type": "HUMAN OTC DRUG"}, "not_a_prescription_drug"),
        ({"finished": False}, "unfinished"),
        ({"packaging": []}, "no_package"),
        ({"marketing_end_date": "2026-09-14"}, "no_longer_marketed"),
        ({"packaging": [{"package_ndc": "1"}]}, "ndc.malformed"),
        ({"packaging": "none"}, "json.not_a_list"),
        ({"generic_name": 7}, "json.not_text"),
        ({"dea_schedule": "CX"}, "dea_schedule.unknown"),
        ({"generic_name": None, "brand_name": None}, "name.missing"),
    ],
)
def test_an_openfda_product_that_is_not_kept_says_why(
    catalogue: MemoryCatalogue,
    files: Callable[[bytes], Files],
    change: dict[str, Any],
    reason: str,
) -> None:
    counts = run(OpenFda(catalogue, TODAY), files(open_fda(change, {})), show=show)
    assert {**counts.skipped, **counts.rejected} == {reason: 1}
    assert counts.kept == 1
