"""Events of the fulfillment area, named as `docs/glossary.md` has them."""

from __future__ import annotations

from typing import ClassVar, Literal

from pharmonico.events.envelope import Event, EventData


class OrderChange(EventData):
    """The ids a prescription has so far and the move it made."""

    prescription_id: str
    run: int
    status_from: str | None
    status_to: str
    patient_id: str | None = None
    pharmacy_id: str | None = None
    claim_id: str | None = None
    payment_id: str | None = None
    shipment_id: str | None = None


class Resumption(OrderChange):
    """A new execution shall start at the named stage."""

    resume_at: str


class ReasonedChange(OrderChange):
    """A move with a stable reason code (never free text, which may hold PHI)."""

    reason: str


class CodeRequest(OrderChange):
    """A portal session asks for its code; `session` is a hash, which opens nothing."""

    session: str


class RefundedChange(OrderChange):
    """Which refund of which attempt went back; absent in older events."""

    attempt: int | None = None
    refund: str | None = None


class Asking(OrderChange):
    """What of the enrollment is asked for."""

    what: Literal["insurance", "card"]


class FulfillmentEvent(Event[OrderChange]):
    source: ClassVar[str] = "pharmonico.fulfillment"


class ReasonedEvent(Event[ReasonedChange]):
    source: ClassVar[str] = "pharmonico.fulfillment"


class IntakeReceived(FulfillmentEvent):
    detail_type: ClassVar[str] = "intake_received"


class PrescriptionValidated(FulfillmentEvent):
    detail_type: ClassVar[str] = "prescription_validated"


class ValidationFailed(FulfillmentEvent):
    detail_type: ClassVar[str] = "validation_failed"


class PrescriptionCorrected(FulfillmentEvent):
    """Ops put something right, and findings hold it still."""

    detail_type: ClassVar[str] = "prescription_corrected"


class EnrollmentStarted(FulfillmentEvent):
    detail_type: ClassVar[str] = "enrollment_started"


class EnrollmentReopened(FulfillmentEvent):
    """Checked anew after a change while the patient's invitation was out: the same link goes on."""

    detail_type: ClassVar[str] = "enrollment_reopened"


class EnrollmentReminderRequired(FulfillmentEvent):
    """The patient has not answered for days; a new link goes out with the reminder."""

    detail_type: ClassVar[str] = "enrollment_reminder_required"


class PatientAsked(Event[Asking]):
    """Ops ask the patient for one thing of the enrollment; a new link goes out with it."""

    source: ClassVar[str] = "pharmonico.fulfillment"
    detail_type: ClassVar[str] = "patient_asked"


class EnrollmentLocked(FulfillmentEvent):
    """Too many wrong dates of birth: nobody gets further before ops sends a new link."""

    detail_type: ClassVar[str] = "enrollment_locked"


class EnrollmentCompleted(FulfillmentEvent):
    detail_type: ClassVar[str] = "enrollment_completed"


class EnrollmentExpired(FulfillmentEvent):
    detail_type: ClassVar[str] = "enrollment_expired"


class VerificationCodeRequested(Event[CodeRequest]):
    """The code itself is made where it is sent, so that no event and no table holds it."""

    source: ClassVar[str] = "pharmonico.fulfillment"
    detail_type: ClassVar[str] = "verification_code_requested"


class PharmaciesRecommended(FulfillmentEvent):
    detail_type: ClassVar[str] = "pharmacies_recommended"


class NoPharmacyFound(FulfillmentEvent):
    detail_type: ClassVar[str] = "no_pharmacy_found"


class PharmacySelected(FulfillmentEvent):
    detail_type: ClassVar[str] = "pharmacy_selected"


class PharmacyOverridden(ReasonedEvent):
    """Told beside `pharmacy_selected` when a person chose against the ranking."""

    detail_type: ClassVar[str] = "pharmacy_overridden"


class ClaimAdjudicated(FulfillmentEvent):
    detail_type: ClassVar[str] = "claim_adjudicated"


class ClaimRejected(FulfillmentEvent):
    detail_type: ClassVar[str] = "claim_rejected"


class ClaimReversed(FulfillmentEvent):
    detail_type: ClassVar[str] = "claim_reversed"


class PaymentLinkRequired(FulfillmentEvent):
    detail_type: ClassVar[str] = "payment_link_required"


class PaymentReminderRequired(FulfillmentEvent):
    """The checkout is still open; the reminder leads to it once more."""

    detail_type: ClassVar[str] = "payment_reminder_required"


class PaymentSuccessful(FulfillmentEvent):
    detail_type: ClassVar[str] = "payment_successful"


class PaymentFailed(ReasonedEvent):
    detail_type: ClassVar[str] = "payment_failed"


class PaymentRefunded(Event[RefundedChange]):
    source: ClassVar[str] = "pharmonico.fulfillment"
    detail_type: ClassVar[str] = "payment_refunded"


class PrescriptionDispensed(FulfillmentEvent):
    detail_type: ClassVar[str] = "prescription_dispensed"


class DispenseRefused(ReasonedEvent):
    """The pharmacy would not dispense it; `reason` is a stable code."""

    detail_type: ClassVar[str] = "dispense_refused"


class ShippingLabelGenerated(FulfillmentEvent):
    detail_type: ClassVar[str] = "shipping_label_generated"


class ShippingLabelVoided(FulfillmentEvent):
    detail_type: ClassVar[str] = "shipping_label_voided"


class ShipmentUpdated(FulfillmentEvent):
    detail_type: ClassVar[str] = "shipment_updated"


class Delivered(FulfillmentEvent):
    detail_type: ClassVar[str] = "delivered"


class DeliveryException(ReasonedEvent):
    detail_type: ClassVar[str] = "delivery_exception"


class WaitExpired(ReasonedEvent):
    """A wait other than enrollment's ran out (payment, selection, dispense, delivery)."""

    detail_type: ClassVar[str] = "wait_expired"


class PrescriptionCompleted(FulfillmentEvent):
    detail_type: ClassVar[str] = "prescription_completed"


class PrescriptionCancelled(ReasonedEvent):
    detail_type: ClassVar[str] = "prescription_cancelled"


class PrescriptionFailed(ReasonedEvent):
    detail_type: ClassVar[str] = "prescription_failed"


class PrescriptionResumed(Event[Resumption]):
    source: ClassVar[str] = "pharmonico.fulfillment"
    detail_type: ClassVar[str] = "prescription_resumed"


class CompensationResumed(FulfillmentEvent):
    detail_type: ClassVar[str] = "compensation_resumed"
