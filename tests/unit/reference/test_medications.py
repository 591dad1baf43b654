"""Packages by NDC, as the curated table has them."""

from __future__ import annotations

import pytest
from pharmonico.reference.medications import by_ndc

from local.reference import medications as curated
from local.reference.tables import listed


def test_every_package_is_found_by_its_ndc() -> None:
    for row in curated.medications():
        found = by_ndc(row["ndc11"])
        assert found is not None
        assert (found.name, found.generic, found.dosage_form) == (
            row["name"],
            row["generic"],
            row["dosage_form"],
        )
        assert found.ingredients == listed(row["ingredients"])
        assert found.strengths == listed(row["strength"])
        assert (found.dea_schedule or "", found.source) == (row["dea_schedule"], row["source"])


@pytest.mark.parametrize("code", ["00000000000", "0007101562", "", "0007101562\t", "000710156233"])
def test_an_unknown_code_has_no_package(code: str) -> None:
    assert by_ndc(code) is None


def test_what_stays_on_the_skin_is_not_systemic() -> None:
    by_route = {row["route"]: row["ndc11"] for row in curated.medications()}
    oral, skin = by_ndc(by_route["oral"]), by_ndc(by_route["topical"])
    assert oral is not None
    assert skin is not None
    assert (oral.is_systemic, skin.is_systemic) == (True, False)
