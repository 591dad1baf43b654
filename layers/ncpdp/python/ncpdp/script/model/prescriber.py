"""Whoever prescribes, supervises or follows up: one shape for all three."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp.codes import PRESCRIBER_KIND
from ncpdp.script.fields import choice, leaf, part
from ncpdp.script.model.contact import Address, Contact, Name

if TYPE_CHECKING:
    from ncpdp.script.model.persons import Agent


def _any(path: str) -> tuple[str, str]:
    return f"NonVeterinarian/{path}", f"Veterinarian/{path}"


def _id(name: str) -> tuple[str, str]:
    return _any(f"Identification/{name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriber:
    """`rems_enrollment_id` is given by the REMS administrator, `data_2000_waiver_id` by the DEA;
    `kind` is Veterinarian for who treats animals."""

    kind: str | None = choice("NonVeterinarian", "Veterinarian", codes=PRESCRIBER_KIND)
    state_license_number: str | None = leaf(*_id("StateLicenseNumber"))
    medicare_number: str | None = leaf(*_id("MedicareNumber"))
    medicaid_number: str | None = leaf(*_id("MedicaidNumber"))
    upin: str | None = leaf(*_id("UPIN"))
    dea_number: str | None = leaf(*_id("DEANumber"))
    hin: str | None = leaf(*_id("HIN"))
    npi: str | None = leaf(*_id("NPI"))
    certificate_to_prescribe: str | None = leaf(*_id("CertificateToPrescribe"))
    data_2000_waiver_id: str | None = leaf(*_id("Data2000WaiverID"))
    mutually_defined: str | None = leaf(*_id("MutuallyDefined"))
    rems_enrollment_id: str | None = leaf(*_id("REMSHealthcareProviderEnrollmentID"))
    state_controlled_substance_number: str | None = leaf(*_id("StateControlSubstanceNumber"))
    specialty: str | None = leaf(*_any("Specialty"))
    practice_name: str | None = leaf(*_any("PracticeLocation/BusinessName"), length_max=70)
    name: Name | None = part(Name, *_any("Name"))
    former_name: Name | None = part(Name, *_any("FormerName"))
    address: Address | None = part(Address, *_any("Address"))
    agent: Agent | None = part("persons:Agent", *_any("PrescriberAgent"))
    contact: Contact | None = part(Contact, *_any("CommunicationNumbers"))
    place_of_service: str | None = leaf(*_any("PrescriberPlaceOfService"))

    @property
    def is_veterinarian(self) -> bool:
        return self.kind == "Veterinarian"
