"""Patient, pharmacy, facility, and the people around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp.codes import GENDER, PATIENT_KIND, TRANSFER_TYPE
from ncpdp.dates import day
from ncpdp.script.fields import choice, leaf, moment, part, parts
from ncpdp.script.model.contact import Address, Contact, Name
from ncpdp.script.model.prescriber import Prescriber

if TYPE_CHECKING:
    from datetime import date

    from ncpdp.script.model.persons import AlternateContact, Pharmacist

__all__ = ["Facility", "Patient", "Pharmacy", "Prescriber"]


def _any(path: str) -> tuple[str, str]:
    return f"HumanPatient/{path}", f"NonHumanPatient/{path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A person, or (`kind` NonHumanPatient) an animal, modelled as far as it is like people."""

    kind: str | None = choice("HumanPatient", "NonHumanPatient", codes=PATIENT_KIND)
    medicare_number: str | None = leaf(*_any("Identification/MedicareNumber"))
    medicaid_number: str | None = leaf(*_any("Identification/MedicaidNumber"))
    medical_record_number: str | None = leaf(
        *_any("Identification/MedicalRecordIdentificationNumberEHR")
    )
    account_number: str | None = leaf(*_any("Identification/PatientAccountNumber"))
    social_security: str | None = leaf(*_any("Identification/SocialSecurity"))
    mutually_defined: str | None = leaf(*_any("Identification/MutuallyDefined"))
    rems_patient_id: str | None = leaf(*_any("Identification/REMSPatientID"))
    name: Name | None = part(Name, *_any("Name"))
    former_name: Name | None = part(Name, *_any("FormerName"))
    gender: str | None = leaf(*_any("Gender"), codes=GENDER)
    date_of_birth: str | None = moment(*_any("DateOfBirth"))
    address: Address | None = part(Address, *_any("Address"))
    contact: Contact | None = part(Contact, *_any("CommunicationNumbers"))
    facility_unit: str | None = leaf(*_any("PatientLocation/FacilityUnit"))
    room: str | None = leaf(*_any("PatientLocation/Room"))
    bed: str | None = leaf(*_any("PatientLocation/Bed"))
    language: str | None = leaf(*_any("LanguageNameCode"))
    alternate_contacts: tuple[AlternateContact, ...] = parts(
        "persons:AlternateContact", *_any("AlternateContact")
    )
    gestational_age: str | None = leaf(*_any("GestationalAge"))
    hospice_indicator: str | None = leaf(*_any("HospiceIndicator"))

    @property
    def is_animal(self) -> bool:
        return self.kind == "NonHumanPatient"

    @property
    def born_on(self) -> date | None:
        return day(self.date_of_birth)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pharmacy:
    """`transfer_type` says on a transfer whether the prescription comes from here or goes here."""

    ncpdp_id: str | None = leaf("Identification/NCPDPID")
    state_license_number: str | None = leaf("Identification/StateLicenseNumber")
    medicare_number: str | None = leaf("Identification/MedicareNumber")
    medicaid_number: str | None = leaf("Identification/MedicaidNumber")
    dea_number: str | None = leaf("Identification/DEANumber")
    hin: str | None = leaf("Identification/HIN")
    npi: str | None = leaf("Identification/NPI")
    specialty: str | None = leaf("Specialty")
    pharmacist: Pharmacist | None = part("persons:Pharmacist", "Pharmacist")
    business_name: str | None = leaf("BusinessName", length_max=70)
    address: Address | None = part(Address, "Address")
    contact: Contact | None = part(Contact, "CommunicationNumbers")
    transfer_type: str | None = leaf("TransferType", codes=TRANSFER_TYPE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    ncpdp_id: str | None = leaf("Identification/NCPDPID")
    state_license_number: str | None = leaf("Identification/StateLicenseNumber")
    facility_id: str | None = leaf("Identification/FacilityID")
    dea_number: str | None = leaf("Identification/DEANumber")
    npi: str | None = leaf("Identification/NPI")
    rems_setting_enrollment_id: str | None = leaf(
        "Identification/REMSHealthcareSettingEnrollmentID"
    )
    name: str | None = leaf("FacilityName", length_max=70)
    address: Address | None = part(Address, "Address")
    contact: Contact | None = part(Contact, "CommunicationNumbers")
