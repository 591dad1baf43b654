"""Elements that the model does not know, that are there twice, or that stand in the wrong order."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from ncpdp.findings import Finding
from ncpdp.script.fields import Spec, class_of, model_of, specs
from ncpdp.script.model.header import Header

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from ncpdp.script.model.message import ScriptMessage

FINDINGS_MAX = 200
# The standard has them, this library keeps them as they are.
KEPT = frozenset(
    {
        "Security",
        "UsernameToken",
        "NonHumanPatient",
        "SubstanceUse",
        "IVAdministration",
        "Wound",
        "Titration",
        "Service",
        "FacilitySpecificHoursOfAdministrationTiming",
        "Vehicle",
        "MultipleTimingModifier",
        "Names",
        "GenderAndSex",
        "Attachment",
        "UPIN",
        "HIN",
        "MutuallyDefined",
        "MedicareNumber",
        "MedicaidNumber",
        "FacilityID",
        "StateLicenseNumber",
        "DEANumber",
        "NPI",
        "NCPDPID",
        "REMSHealthcareSettingEnrollmentID",
        "SocialSecurity",
        "SocialSecurityNumber",
        "DigestMethod",
        "SignatureMethod",
        "SignatureAlgorithm",
        "Consent",
        "RequestReferenceNumber",
        "ReturnReceipt",
        "Specialty",
        "FormerName",
        "AddressType",
    }
)
# Where the order is certain; elements outside of these lists may stand anywhere.
_HEADER = """To From MessageID RelatesToMessageID SentTime Security SenderSoftware Mailbox
    TestMessage RxReferenceNumber TertiaryIdentifier PrescriberOrderNumber DigitalSignature"""
_BODY = """AllergyOrAdverseEvent BenefitsCoordination Facility Patient Pharmacy Prescriber
    Observation MedicationPrescribed"""
_MEDICATION = """DrugDescription DrugCoded Quantity DaysSupply WrittenDate LastFillDate
    Substitutions NumberOfRefills Diagnosis PriorAuthorization Note DrugUseEvaluation Sig
    RxFillIndicator CompoundInformation NeedNoLaterThan"""
_PAYER = """PayerIdentification PayerName CardholderID CardHolderName GroupID
    PayerResponsibilityCode PatientRelationship PersonCode"""
_SMALL = (
    "Value CodeListQualifier QuantityUnitOfMeasure",
    "AddressLine1 AddressLine2 City StateProvince PostalCode CountryCode",
    "LastName FirstName MiddleName Suffix Prefix",
)
_ORDERS = (_HEADER, _BODY, _MEDICATION, _PAYER, *_SMALL)
_RANKS = tuple({tag: rank for rank, tag in enumerate(order.split())} for order in _ORDERS)


@dataclass(slots=True)
class Shape:
    """What may stand below an element; `single` children only once."""

    children: dict[str, Shape | Spec] = field(default_factory=dict)

    def below(self, tag: str) -> Shape | None:
        known = self.children.get(tag)
        if isinstance(known, Spec):
            return shape_of(model_of(known)) if known.model else _leaf(known)
        return known

    def is_single(self, tag: str) -> bool:
        known = self.children.get(tag)
        return isinstance(known, Spec) and known.kind in {"text", "date", "part"}


@cache
def shape_of(model: Any) -> Shape:
    """The elements below one of the class."""
    shape = Shape()
    for _, spec in specs(model):
        for path in spec.paths:
            *containers, last = path.split("/")
            here = shape
            for tag in containers:
                inner = here.children.setdefault(tag, Shape())
                here = inner if isinstance(inner, Shape) else here
            if last != "." and not last.startswith("@"):
                here.children[last] = spec
    return shape


def _leaf(spec: Spec) -> Shape:
    dates: dict[str, Shape | Spec] = {"Date": Shape(), "DateTime": Shape()}
    return Shape(dates if spec.kind == "date" else {})


def structure(root: Element, message: ScriptMessage) -> list[Finding]:
    """Findings on elements of the message's own namespace, root in the shape of the model."""
    found: list[Finding] = []
    header, body = root.find("Header"), root.find(f"Body/{message.type}")
    for element, model in ((header, Header), (body, class_of(message.body))):
        if element is not None:
            shape: Shape = shape_of(model)
            for finding in _walk(element, shape, str(element.tag)):
                found.append(finding)
                if len(found) == FINDINGS_MAX:
                    return found
    return found


def _walk(element: Element, shape: Shape, path: str) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    before: list[str] = []
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag.startswith("{"):
            continue
        count = seen[tag] = seen.get(tag, 0) + 1
        here = f"{path}/{tag}" if count == 1 and shape.is_single(tag) else f"{path}/{tag}[{count}]"
        below = shape.below(tag)
        if below is None:
            if tag not in KEPT:
                words = "This element is not known here; it is kept as it came."
                yield Finding("element.unknown", "info", here, None, words)
            continue
        if count > 1 and shape.is_single(tag):
            words = "This element may be here only once; the first one counts."
            yield Finding("element.repeated", "error", here, None, words)
        elif later := _out_of_order(tag, before):
            words = f"This element belongs before {later}."
            yield Finding("element.order", "warning", here, None, words)
        before.append(tag)
        yield from _walk(child, below, here)


def _out_of_order(tag: str, before: list[str]) -> str | None:
    """The first neighbour that should have come later, where the order is certain."""
    for ranks in _RANKS:
        rank = ranks.get(tag)
        if rank is not None:
            later = next((one for one in before if ranks.get(one, -1) > rank), None)
            if later:
                return later
    return None
