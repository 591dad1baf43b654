"""The NewRx of the benchmark as pydantic-xml reads it: every value that the message has."""

from __future__ import annotations

from typing import Any

from pydantic_xml import BaseXmlModel, attr, element


def _leaf(tag: str) -> Any:
    return element(tag=tag, default=None)


class _Loose(BaseXmlModel, search_mode="unordered"):
    """As with ours, elements may stand in any order, and others among them."""


class _Name(_Loose, tag="Name"):
    last_name: str | None = _leaf("LastName")
    first_name: str | None = _leaf("FirstName")
    suffix: str | None = _leaf("Suffix")


class _Address(_Loose, tag="Address"):
    line1: str | None = _leaf("AddressLine1")
    city: str | None = _leaf("City")
    state: str | None = _leaf("StateProvince")
    postal_code: str | None = _leaf("PostalCode")
    country: str | None = _leaf("CountryCode")


class _Phone(_Loose):
    number: str | None = _leaf("Number")


class _Contact(_Loose, tag="CommunicationNumbers"):
    primary_telephone: _Phone | None = _leaf("PrimaryTelephone")
    email: str | None = _leaf("ElectronicMail")
    fax: _Phone | None = _leaf("Fax")


class _Date(_Loose):
    date: str | None = _leaf("Date")


class _Code(_Loose):
    code: str | None = _leaf("Code")
    qualifier: str | None = _leaf("Qualifier")
    description: str | None = _leaf("Description")


class _Allergies(_Loose, tag="AllergyOrAdverseEvent"):
    no_known_allergies: str | None = _leaf("NoKnownAllergies")


class _Payer(_Loose, tag="PayerIdentification"):
    pcn: str | None = _leaf("ProcessorIdentificationNumber")
    bin: str | None = _leaf("IINNumber")


class _Benefits(_Loose, tag="BenefitsCoordination"):
    payer: _Payer | None = None
    payer_name: str | None = _leaf("PayerName")
    cardholder_id: str | None = _leaf("CardholderID")
    group_id: str | None = _leaf("GroupID")
    payer_responsibility_code: str | None = _leaf("PayerResponsibilityCode")
    patient_relationship: str | None = _leaf("PatientRelationship")
    person_code: str | None = _leaf("PersonCode")


class _Human(_Loose, tag="HumanPatient"):
    name: _Name | None = None
    gender: str | None = _leaf("Gender")
    date_of_birth: _Date | None = _leaf("DateOfBirth")
    address: _Address | None = None
    contact: _Contact | None = None


class _Patient(_Loose, tag="Patient"):
    human: _Human | None = None


class _Numbers(_Loose, tag="Identification"):
    ncpdp_id: str | None = _leaf("NCPDPID")
    dea_number: str | None = _leaf("DEANumber")
    npi: str | None = _leaf("NPI")


class _Pharmacy(_Loose, tag="Pharmacy"):
    numbers: _Numbers | None = None
    business_name: str | None = _leaf("BusinessName")
    address: _Address | None = None
    contact: _Contact | None = None


class _Practice(_Loose, tag="PracticeLocation"):
    business_name: str | None = _leaf("BusinessName")


class _NonVeterinarian(_Loose, tag="NonVeterinarian"):
    numbers: _Numbers | None = None
    specialty: str | None = _leaf("Specialty")
    practice: _Practice | None = None
    name: _Name | None = None
    address: _Address | None = None
    contact: _Contact | None = None


class _Prescriber(_Loose, tag="Prescriber"):
    human: _NonVeterinarian | None = None


class _Strength(_Loose, tag="Strength"):
    value: str | None = _leaf("StrengthValue")
    form: _Code | None = _leaf("StrengthForm")
    unit: _Code | None = _leaf("StrengthUnitOfMeasure")


class _Drug(_Loose, tag="DrugCoded"):
    product: _Code | None = _leaf("ProductCode")
    strength: _Strength | None = None
    database: _Code | None = _leaf("DrugDBCode")


class _Quantity(_Loose, tag="Quantity"):
    value: str | None = _leaf("Value")
    qualifier: str | None = _leaf("CodeListQualifier")
    unit: _Code | None = _leaf("QuantityUnitOfMeasure")


class _Diagnosis(_Loose, tag="Diagnosis"):
    clinical_information_qualifier: str | None = _leaf("ClinicalInformationQualifier")
    primary: _Code | None = _leaf("Primary")


class _Sig(_Loose, tag="Sig"):
    text: str | None = _leaf("SigText")


class _Medication(_Loose, tag="MedicationPrescribed"):
    description: str | None = _leaf("DrugDescription")
    drug: _Drug | None = None
    quantity: _Quantity | None = None
    days_supply: str | None = _leaf("DaysSupply")
    written_date: _Date | None = _leaf("WrittenDate")
    substitutions: str | None = _leaf("Substitutions")
    refills: str | None = _leaf("NumberOfRefills")
    diagnoses: tuple[_Diagnosis, ...] = ()
    sig: _Sig | None = None


class _NewRx(_Loose, tag="NewRx"):
    allergies: _Allergies | None = None
    benefits: tuple[_Benefits, ...] = ()
    patient: _Patient | None = None
    pharmacy: _Pharmacy | None = None
    prescriber: _Prescriber | None = None
    medication: _Medication | None = None


class _Body(_Loose, tag="Body"):
    newrx: _NewRx


class _End(BaseXmlModel):
    id: str
    qualifier: str | None = attr(name="Qualifier", default=None)


class _Software(_Loose, tag="SenderSoftware"):
    developer: str | None = _leaf("SenderSoftwareDeveloper")
    product: str | None = _leaf("SenderSoftwareProduct")
    version_release: str | None = _leaf("SenderSoftwareVersionRelease")


class _Header(_Loose, tag="Header"):
    to: _End = element(tag="To")
    sender: _End = element(tag="From")
    message_id: str = element(tag="MessageID")
    sent_time: str = element(tag="SentTime")
    software: _Software | None = None
    order_number: str | None = _leaf("PrescriberOrderNumber")


class Message(_Loose, tag="Message"):
    header: _Header
    body: _Body
