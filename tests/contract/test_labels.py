"""One contract for every store of labels: memory, and S3 as moto plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.labels import S3Labels
from pharmonico.adapters.memory.shipping import MemoryLabels

if TYPE_CHECKING:
    from pharmonico.fulfillment.shipping.carriers import LabelStore

PDF = b"%PDF-1.4 a label"


@pytest.fixture(params=["memory", "s3"])
def labels(request: pytest.FixtureRequest) -> LabelStore:
    if request.param == "memory":
        return MemoryLabels()
    client = request.getfixturevalue("s3")
    client.create_bucket(Bucket="labels")
    return S3Labels(client, "labels")


def test_what_was_put_is_there(labels: LabelStore) -> None:
    labels.put("a.pdf", PDF)
    assert labels.get("a.pdf") == PDF


def test_a_label_put_twice_is_there_once(labels: LabelStore) -> None:
    labels.put("a.pdf", b"%PDF half")
    labels.put("a.pdf", PDF)
    assert labels.get("a.pdf") == PDF


def test_a_label_nobody_put_is_not_there(labels: LabelStore) -> None:
    assert labels.get("b.pdf") is None
