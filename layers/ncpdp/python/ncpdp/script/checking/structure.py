"""Elements that the model does not know, that are there twice, or that stand in the wrong order."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from ncpdp.findings import Finding
from ncpdp.script.fields import Spec, class_of, model_of, specs
from ncpdp.script.model.bodies import ENVELOPED, OtherBody
from ncpdp.script.model.header import Header
from ncpdp.script.model.version import Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
        "FollowUpRequest",
        "Specialty",
        "FormerName",
        "AddressType",
    }
)
# Of an animal only what it has in common with people is known.
_ANIMAL = "NonHumanPatient"
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
_MESSAGE = "Header Body"
_ORDERS = (_MESSAGE, _HEADER, _BODY, _MEDICATION, _PAYER, *_SMALL)
_RANKS = tuple({tag: rank for rank, tag in enumerate(order.split())} for order in _ORDERS)


@dataclass(slots=True)
class Shape:
    """What may stand below an element; `single` children only once, in a `text` none at all."""

    children: dict[str, Shape | Spec] = field(default_factory=dict)
    kind: Literal["element", "text", "date"] = "element"

    def below(self, tag: str) -> Shape | None:
        known = self.children.get(tag)
        if isinstance(known, Spec):
            return shape_of(model_of(known)) if known.model else _leaf(known)
        return known

    def is_single(self, tag: str) -> bool:
        known = self.children.get(tag)
        return isinstance(known, Shape) or (
            known is not None and known.kind in {"text", "date", "part"}
        )


@cache
def shape_of(model: Any) -> Shape:
    """The elements below one of the class."""
    shape = Shape()
    for _, spec in specs(model):
        for path in () if spec.kind == "choice" else spec.paths:
            *containers, last = path.split("/")
            here = shape
            for tag in containers:
                inner = here.children.setdefault(tag, Shape())
                here = inner if isinstance(inner, Shape) else here
            if last != "." and not last.startswith("@"):
                here.children[last] = spec
    return shape


def _leaf(spec: Spec) -> Shape:
    if spec.kind == "date":
        return Shape({"Date": Shape(kind="text"), "DateTime": Shape(kind="text")}, "date")
    return Shape(kind="text")


def structure(root: Element, message: ScriptMessage) -> list[Finding]:
    """Findings on elements of the message's own namespace, root in the shape of the model."""
    return list(islice(_structure(root, message), FINDINGS_MAX))


def _structure(root: Element, message: ScriptMessage) -> Iterator[Finding]:
    """10.6 has names and an order of its own; of some messages only the people are typed."""
    parts = [*_walk(root, _FRAME, "Message", deep=False), *_part(root, "Header", Header)]
    if not isinstance(message.body, OtherBody) and message.type not in ENVELOPED:
        parts += _part(root, f"Body/{message.type}", class_of(message.body))
    for finding in parts:
        if message.version is not Version.V10_6 or finding.code == "element.repeated":
            yield finding


def _part(root: Element, path: str, model: type) -> Iterator[Finding]:
    element = root.find(path)
    if element is not None:
        yield from _walk(element, shape_of(model), str(element.tag))


_FRAME = Shape({"Header": Shape(), "Body": Shape()})


def _walk(element: Element, shape: Shape, path: str, *, deep: bool = True) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    before: dict[str, None] = {}  # each tag once, in the order of the document
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag.startswith("{"):
            continue
        count = seen[tag] = seen.get(tag, 0) + 1
        here = f"{path}/{tag}" if count == 1 and shape.is_single(tag) else f"{path}/{tag}[{count}]"
        below = shape.below(tag)
        if below is None:
            if tag not in KEPT:
                yield _unknown(here, shape)
            continue
        if shape.is_single(tag) and (count > 1 or (shape.kind == "date" and before)):
            words = "This element may be here only once; what stands first counts."
            yield Finding("element.repeated", "error", here, None, words)
        elif later := _out_of_order(tag, before):
            words = f"This element belongs before {later}."
            yield Finding("element.order", "warning", here, None, words)
        before[tag] = None
        if below.kind == "date" and not len(child) and (child.text or "").strip():
            words = "A date stands in an element Date or DateTime."
            yield Finding("date.malformed", "error", here, (child.text or "").strip(), words)
        if deep and tag != _ANIMAL:
            yield from _walk(child, below, here)


def _unknown(path: str, shape: Shape) -> Finding:
    if shape.kind == "text":
        words = "This element stands in a text, which is read only up to it."
        return Finding("element.unknown", "warning", path, None, words)
    words = "This element is not known here; it is kept as it came."
    return Finding("element.unknown", "info", path, None, words)


def _out_of_order(tag: str, before: Iterable[str]) -> str | None:
    """The first neighbour that should have come later, where the order is certain."""
    for ranks in _RANKS:
        rank = ranks.get(tag)
        if rank is not None:
            later = next((one for one in before if ranks.get(one, -1) > rank), None)
            if later:
                return later
    return None
