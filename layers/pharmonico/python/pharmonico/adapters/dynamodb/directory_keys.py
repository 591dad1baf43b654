"""Every key of the directory table's drugs, pharmacies, rosters and plans."""

from __future__ import annotations

from typing import Any

Item = dict[str, Any]

PHARMACY_SK = "pharmacy"
HEAD_SK = "head"


def medication_key(ndc11: str) -> Item:
    return _key(f"medication#{ndc11}", "medication")


def pharmacy_key(pharmacy_id: str) -> Item:
    return _key(f"pharmacy#{pharmacy_id}", PHARMACY_SK)


def roster_head_key(state: str) -> Item:
    return _key(f"roster#{state}", HEAD_SK)


def roster_page_key(state: str, page: int) -> Item:
    return _key(f"roster#{state}", f"page#{page:02d}")


def plan_key(bin_: str, pcn: str, group: str) -> Item:
    return _key(f"plan#{bin_}#{pcn}#{group}", "plan")


def _key(pk: str, sk: str) -> Item:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
