"""What the page on reference data says of the tables is what they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.cli.imports import KINDS
from local.reference import interactions
from local.reference.medications import SYNTHETIC_LABELER, medications
from local.reference.places import places
from local.reference.tables import FOLDER, table

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "reference-data.md").read_text()
INVENTED = sum(row["ndc11"].startswith(SYNTHETIC_LABELER) for row in medications())


@pytest.mark.parametrize(
    "said",
    [
        f"{len(medications()):,}: {len(medications()) - INVENTED:,} of the FDA",
        f"{INVENTED} invented ones",
        f"{len(table('ingredients'))} in {len(table('classes'))} classes",
        (
            f"{len(interactions.pairs()) // 1000},000, compiled from "
            f"{len(table('interaction_pairs')):,} published pairs and "
            f"{len(table('interaction_rules'))} rules"
        ),
        f"{len(table('allergy_classes'))} and {len(table('allergy_crosses'))}",
        f"{len(table('doses'))} and {len(table('opioid_factors'))}",
        f"{len(table('ages'))} rules",
        f"{len(places()):,}",
        "needs a pharmacist's review",
        *(f"pharmonico import {kind} " for kind in KINDS),
    ],
)
def test_the_page_says_what_is_there(said: str) -> None:
    assert said in PAGE


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.csv")))
def test_every_table_is_described_beside_it(name: str) -> None:
    readme = (FOLDER.parent / "README.md").read_text()
    assert f"`{name}`" in readme


def test_the_decision_names_the_number_of_pairs() -> None:
    decision = (DOCS / "adr" / "0021-reference-tables-travel-with-the-code.md").read_text()
    assert f"{len(interactions.pairs()):,} interacting pairs" in decision
