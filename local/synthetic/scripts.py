"""The messages themselves: SCRIPT XML as a prescriber's system sends it, byte for byte the same.

Each is made from the seed, its number and the day it is sent on. Answers to requests of the
pharmacy (renewals, changes) relate to message ids that are made up as well: whoever has asked for
one puts the id of the real request in its place by `answering`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import ncpdp

from local.synthetic.cases import case
from local.synthetic.draws import dice_of, weighted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pharmonico.fulfillment.directory import Pharmacy, Place

    from local.synthetic.addresses import Address
    from local.synthetic.cases import Case
    from local.synthetic.patients import Patient
    from local.synthetic.prescribers import Prescriber
    from local.synthetic.regimens import Regimen

Clinical = Callable[["Case"], "Case"]
SENDER = "1000000000001"
"""The clinic's mailbox; the seed binds the demo's client to it."""
SOFTWARE = {"developer": "EXAMPLE EHR CO", "product": "SyntheticScribe", "version_release": "7.2"}
TYPES = {
    "new": "NewRx",
    "replay": "NewRx",
    "cancel": "CancelRx",
    "renewal": "RxRenewalResponse",
    "change": "RxChangeResponse",
}
VERSIONS = {"2017071": 0.8, "2023011": 0.2}
_RENEWALS = {"approved": 0.75, "denied": 0.15, "denied_new_to_follow": 0.1}
NAME_CHARS = 70
_CHANGES = {"approved": 0.7, "denied": 0.3}
_ASCII = str.maketrans("áéíóúüñÁÉÍÓÚÑ", "aeiouunAEIOUN")
"""SCRIPT's text is printable ASCII."""


@dataclass(frozen=True, slots=True)
class Sent:
    """`xml` is what goes over the wire; `outcome` how a renewal or change is answered."""

    case: Case
    message_id: str
    xml: bytes
    outcome: str | None = None


def scripts(
    count: int, *, seed: int = 1, day: date, clinical: Clinical = lambda found: found
) -> Iterator[Sent]:
    """So many messages in the order they are sent; `clinical` may prescribe something else."""
    return (script(number, seed=seed, day=day, clinical=clinical) for number in range(count))


def script(
    number: int, *, seed: int = 1, day: date, clinical: Clinical = lambda found: found
) -> Sent:
    """One message; a replay is the earlier message again."""
    found = clinical(case(number, seed=seed))
    if found.kind == "replay" and found.about is not None:
        earlier = script(found.about, seed=seed, day=day, clinical=clinical)
        return Sent(case=found, message_id=earlier.message_id, xml=earlier.xml)
    form, outcome = _form(found, seed, day)
    return Sent(
        case=found, message_id=form["header"]["message_id"], xml=_written(form), outcome=outcome
    )


def answering(sent: Sent, *, request_id: str, seed: int = 1, day: date) -> bytes:
    """The same answer to the request that was really sent."""
    form, _ = _form(sent.case, seed, day)
    form["header"]["relates_to_message_id"] = request_id
    return _written(form)


def message_id_of(number: int, *, seed: int) -> str:
    """Unique per seed and number."""
    return f"SYN-{seed}-{number:06d}"


def _written(form: dict[str, Any]) -> bytes:
    return ncpdp.write(ncpdp.from_json(form))


def _form(found: Case, seed: int, day: date) -> tuple[dict[str, Any], str | None]:
    dice = dice_of("script", seed, found.number)
    version = weighted(dice, VERSIONS)
    form = {
        "standard": "SCRIPT",
        "version": version,
        "type": TYPES[found.kind],
        "header": _header(found, seed, day),
        **_answer(found, outcome := _outcome(found, dice)),
        "patient": _patient(found.patient),
        "pharmacy": _pharmacy(found.pharmacy),
        "prescriber": _prescriber(found),
        "medication": _medication(found, day),
    }
    if found.kind == "new":
        form["benefits"] = [_benefits(found)]
    if found.kind == "new" and found.patient.allergies:
        form["allergies"] = {"items": [_allergy(words) for words in found.patient.allergies]}
    return form, outcome


def _outcome(found: Case, dice: Any) -> str | None:
    if found.kind == "renewal":
        return weighted(dice, _RENEWALS)
    return weighted(dice, _CHANGES) if found.kind == "change" else None


def _answer(found: Case, outcome: str | None) -> dict[str, Any]:
    if outcome is None:
        return {}
    said: dict[str, Any] = {outcome: {} if outcome == "approved" else {"reason": "See the visit."}}
    return {"message_request_code": "G", **said} if found.kind == "change" else said


def _header(found: Case, seed: int, day: date) -> dict[str, Any]:
    sent = datetime.combine(day, time(), UTC) + timedelta(seconds=found.number % 86_400)
    header = {
        "to": {"id": found.pharmacy.ncpdp_id, "qualifier": "P"},
        "from": {"id": SENDER, "qualifier": "D"},
        "message_id": message_id_of(found.number, seed=seed),
        "sent_time": f"{sent:%Y-%m-%dT%H:%M:%SZ}",
        "sender_software": SOFTWARE,
    }
    if found.kind == "cancel" and found.about is not None:
        header["relates_to_message_id"] = message_id_of(found.about, seed=seed)
        header["prescriber_order_number"] = f"PON-{message_id_of(found.about, seed=seed)}"
    elif found.kind == "new":
        header["prescriber_order_number"] = f"PON-{header['message_id']}"
    else:
        header["relates_to_message_id"] = f"REQ-{header['message_id']}"
    if found.regimen.schedule:
        header["digital_signature"] = {"version": "1.1", "indicator": "true"}
    return header


def _benefits(found: Case) -> dict[str, Any]:
    plan, who = found.coverage.plan, found.patient
    return {
        "bin": plan.bin,
        "pcn": plan.pcn,
        "payer_name": plan.name,
        "cardholder_id": found.coverage.member_id,
        "group_id": found.coverage.group,
        "payer_responsibility_code": "P",
        "patient_relationship": "3" if who.guardian else "1",
        "person_code": who.membership.person_code,
    }


def _patient(who: Patient) -> dict[str, Any]:
    return {
        "name": _name(who.last_name, who.first_name, who.middle_name),
        "gender": who.sex,
        "date_of_birth": who.born.isoformat(),
        "address": _address(who.address, who.address.line2),
        "contact": {"primary_telephone": {"number": who.phone}, "email": who.email},
    }


def _prescriber(found: Case) -> dict[str, Any]:
    who: Prescriber = found.prescriber
    npi, dea = who.npi, who.dea_number
    return {
        "npi": _off_by_one(npi) if found.flaw == "npi" else npi,
        **({"dea_number": _off_by_one(dea) if found.flaw == "dea" else dea} if dea else {}),
        "specialty": who.taxonomy,
        "practice_name": who.practice[:NAME_CHARS],
        "name": {**_name(who.last_name, who.first_name), "suffix": who.credentials},
        "address": _address(who.address),
        "contact": {"primary_telephone": {"number": who.phone}, "fax": {"number": who.fax}},
    }


def _pharmacy(shop: Pharmacy) -> dict[str, Any]:
    return {
        "ncpdp_id": shop.ncpdp_id,
        "npi": shop.npi,
        "business_name": shop.name[:NAME_CHARS],
        "address": _address(shop.address),
        "contact": {"primary_telephone": {"number": shop.phone}},
    }


def _address(place: Address | Place, line2: str = "") -> dict[str, Any]:
    return {
        "line1": place.line1,
        **({"line2": line2} if line2 else {}),
        "city": place.city,
        "state": place.state,
        "postal_code": place.postal_code,
        "country": "US",
    }


def _medication(found: Case, day: date) -> dict[str, Any]:
    taken: Regimen = found.regimen
    drug = {
        # A check that cannot be made: nine digits are neither ten nor eleven.
        "product_code": taken.ndc11[:9] if found.flaw == "ndc" else taken.ndc11,
        "product_code_qualifier": "ND",
        "strength_value": taken.strength,
        "strength_form_code": taken.form_code,
        "strength_unit_code": taken.strength_code,
        "dea_schedule_code": taken.schedule_code,
    }
    return {
        "drug_description": taken.description,
        "drug": {name: value for name, value in drug.items() if value},
        "quantity": {
            "value": str(taken.quantity),
            "code_list_qualifier": "38",
            "unit_code": taken.unit_code,
        },
        "days_supply": str(taken.days),
        "written_date": day.isoformat(),
        "substitutions": "0",
        "number_of_refills": str(taken.refills),
        **({"diagnoses": [_diagnosis(taken.icd10)]} if taken.icd10 else {}),
        "sig": {"text": taken.sig},
    }


def _diagnosis(code: str) -> dict[str, Any]:
    """SCRIPT sends ICD-10 without its dot."""
    primary = {"code": code.replace(".", ""), "qualifier": "ABF"}
    return {"clinical_information_qualifier": "1", "primary": primary}


def _allergy(words: str) -> dict[str, Any]:
    return {"source": "P", "drug": {"text": words}}


def _name(last: str, first: str, middle: str | None = None) -> dict[str, str]:
    name = {"last_name": last, "first_name": first, **({"middle_name": middle} if middle else {})}
    return {part: text.translate(_ASCII) for part, text in name.items()}


def _off_by_one(identifier: str) -> str:
    """The last digit is the check digit."""
    return f"{identifier[:-1]}{(int(identifier[-1]) + 1) % 10}"
