"""What a made-up patient enters on the portal's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from local.synthetic.cases import Case


def pages_of(case: Case) -> dict[str, dict[str, Any]]:
    """Insurance, delivery and consent of the case's patient; a parent signs for a child."""
    who, place, plan = case.patient, case.patient.address, case.coverage.plan
    guardian = who.guardian
    signer = guardian or who
    return {
        "insurance": {
            "bin": plan.bin,
            "pcn": plan.pcn,
            "group": case.coverage.group,
            "member_id": case.coverage.member_id,
            "relationship": "3" if guardian else "1",
        },
        "delivery": {
            "name": f"{who.first_name} {who.last_name}",
            "line1": place.line1,
            **({"line2": place.line2} if place.line2 else {}),
            "city": place.city,
            "state": place.state,
            "postal_code": place.postal_code,
            "phone": who.phone,
            "window": "any",
        },
        "consent": {
            "signed_name": f"{signer.first_name} {signer.last_name}",
            "signer": "guardian" if guardian else "self",
            **({"relationship": guardian.relationship} if guardian else {}),
            "treatment": True,
            "privacy": True,
        },
    }
