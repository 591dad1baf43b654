"""Every key of the directory table's drugs, pharmacies and plans."""

from __future__ import annotations

from typing import Any

Item = dict[str, Any]

AREAS_KEY: Item = {"pk": {"S": "areas"}, "sk": {"S": "areas"}}


def medication_key(ndc11: str) -> Item:
    return _key(f"medication#{ndc11}", "medication")


def pharmacy_key(pharmacy_id: str) -> Item:
    return _key(f"pharmacy#{pharmacy_id}", "pharmacy")


def area_key(area: str, pharmacy_id: str) -> Item:
    return _key(f"area#{area}", f"pharmacy#{pharmacy_id}")


def plan_key(bin_: str, pcn: str, group: str) -> Item:
    return _key(f"plan#{bin_}#{pcn}#{group}", "plan")


def _key(pk: str, sk: str) -> Item:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
