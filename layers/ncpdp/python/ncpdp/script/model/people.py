"""Patient, prescriber, pharmacy, facility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp.dates import day
from ncpdp.script.fields import leaf, moment, part
from ncpdp.script.model.contact import Address, Contact, Name

if TYPE_CHECKING:
    from datetime import date


def _any(path: str) -> tuple[str, str]:
    return f"NonVeterinarian/{path}", f"Veterinarian/{path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A person; an animal (NonHumanPatient) is kept in the source but not modelled."""

    medical_record_number: str | None = leaf(
        "HumanPatient/Identification/MedicalRecordIdentificationNumberEHR"
    )
    medicare_number: str | None = leaf("HumanPatient/Identification/MedicareNumber")
    medicaid_number: str | None = leaf("HumanPatient/Identification/MedicaidNumber")
    name: Name | None = part(Name, "HumanPatient/Name")
    gender: str | None = leaf("HumanPatient/Gender")
    date_of_birth: str | None = moment("HumanPatient/DateOfBirth")
    address: Address | None = part(Address, "HumanPatient/Address")
    contact: Contact | None = part(Contact, "HumanPatient/CommunicationNumbers")

    @property
    def born_on(self) -> date | None:
        return day(self.date_of_birth)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriber:
    state_license_number: str | None = leaf(*_any("Identification/StateLicenseNumber"))
    dea_number: str | None = leaf(*_any("Identification/DEANumber"))
    npi: str | None = leaf(*_any("Identification/NPI"))
    specialty: str | None = leaf(*_any("Specialty"))
    practice_name: str | None = leaf(*_any("PracticeLocation/BusinessName"), length_max=70)
    name: Name | None = part(Name, *_any("Name"))
    address: Address | None = part(Address, *_any("Address"))
    contact: Contact | None = part(Contact, *_any("CommunicationNumbers"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pharmacy:
    ncpdp_id: str | None = leaf("Identification/NCPDPID")
    dea_number: str | None = leaf("Identification/DEANumber")
    npi: str | None = leaf("Identification/NPI")
    business_name: str | None = leaf("BusinessName", length_max=70)
    address: Address | None = part(Address, "Address")
    contact: Contact | None = part(Contact, "CommunicationNumbers")
    transfer_type: str | None = leaf("TransferType")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    ncpdp_id: str | None = leaf("Identification/NCPDPID")
    npi: str | None = leaf("Identification/NPI")
    name: str | None = leaf("FacilityName", length_max=70)
    address: Address | None = part(Address, "Address")
    contact: Contact | None = part(Contact, "CommunicationNumbers")
