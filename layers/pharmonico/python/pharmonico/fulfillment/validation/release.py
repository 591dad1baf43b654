"""Command: a person answers for the findings and lets a held prescription go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import PrescriptionValidated
from pharmonico.fulfillment.documents import Override, Validation
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.validation.catalog import Product
from pharmonico.fulfillment.validation.codes import PRODUCT_CODES, Release, code_of
from pharmonico.fulfillment.validation.examining import accepted, examine
from pharmonico.fulfillment.validation.stage import holding
from pharmonico.kit.errors import Conflict, FieldError, Forbidden, Invalid

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.directory import Medication
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.patients.papers import PatientPaper
    from pharmonico.fulfillment.validation.examining import Examined, Shelf

NOTE_MAX = 1_000
PHARMACIST = "pharmacist"
MISMATCH = "patient.mismatch"


def release(
    order_id: str,
    *,
    actor: Actor,
    note: str,
    shelf: Shelf,
    product: Medication | None = None,
    expected_revision: int | None = None,
) -> Order:
    """Record the override and ask for a new execution; `product` answers an open NDC.

    A product is held against the clinical rules as well: where it brings findings that hold and
    that nobody has seen yet, it is noted, and the prescription stays held until it is released
    once more.

    `Invalid` without a note or a needed product, `Forbidden` where the role does not suffice,
    `Conflict` for what nobody may release and for a prescription that is not held.
    """
    orders, clock = shelf.orders, shelf.clock
    order = orders.get(order_id)
    order.expect(expected_revision)
    now = clock.now()
    moved = order.moved(Status.VALIDATED, at=now, hold_reason=None)
    validation = orders.document(order_id, Validation)
    if validation is None or order.status is not Status.VALIDATION_ISSUE:
        raise Conflict("release.not_held", "The prescription is not held by a finding.")
    codes = holding(validation.findings)
    _check_note(note)
    _check_codes(codes, actor, is_controlled=validation.dea_schedule is not None)
    _check_product(codes, validation, product)
    papers: list[PatientPaper] = []
    if product is not None:
        examined = _screened(order, product, validation, shelf=shelf)
        validation, papers = examined
        if unseen := [code for code in holding(validation.findings) if code not in codes]:
            noted = order.changed(at=now, hold_reason=unseen[0], revision=order.revision + 1)
            return orders.save(noted, documents=[validation], papers=papers)
    if MISMATCH in codes:
        papers = [*papers, *accepted(order, shelf=shelf)]
    override = Override(codes=codes, note=note.strip(), by=actor.id, role=actor.role, at=now)
    answered = validation.model_copy(
        update={
            "overrides": (*validation.overrides, override),
        }
    )
    validated = record(PrescriptionValidated, moved, before=order, clock=clock, actor=actor)
    resumed, resumption = resume(moved, actor=actor, clock=clock)
    return orders.save(resumed, events=[validated, resumption], documents=[answered], papers=papers)


def _screened(
    order: Order, product: Medication, validation: Validation, *, shelf: Shelf
) -> Examined:
    """Examined as if the message had named the product; what was odd about the NDC stays said."""
    problem = next(each.code for each in validation.findings if each.code in PRODUCT_CODES)
    chosen = Product(product, problem)
    return examine(order, shelf=shelf, known=validation, chosen=chosen)


def _check_note(note: str) -> None:
    if not note.strip() or len(note) > NOTE_MAX:
        error = FieldError("/note", "note.required", f"Say why, in at most {NOTE_MAX} characters.")
        raise Invalid("release.note_required", "A release needs a note.", (error,))


def _check_codes(codes: tuple[str, ...], actor: Actor, *, is_controlled: bool) -> None:
    """Drug facts change by the prescriber's word alone, and never on a controlled substance."""
    rules = {code: code_of(code) for code in codes}
    final = [
        code
        for code, rule in rules.items()
        if rule.release is Release.NOBODY or (is_controlled and rule.is_drug_fact)
    ]
    if final:
        raise Conflict(
            "release.needs_prescriber",
            f"Only a new message of the prescriber mends this: {', '.join(final)}.",
        )
    clinical = [code for code, rule in rules.items() if rule.release is Release.PHARMACIST]
    if clinical and actor.role != PHARMACIST:
        raise Forbidden(
            "release.needs_pharmacist", f"Only a pharmacist may release {', '.join(clinical)}."
        )


def _check_product(
    codes: tuple[str, ...], validation: Validation, product: Medication | None
) -> None:
    """What will be billed has to be known; a controlled product is never put in by release."""
    is_open = bool(PRODUCT_CODES & set(codes)) and validation.ndc is None
    if is_open and product is None:
        error = FieldError("/ndc", "product.required", "Name a product of the catalogue.")
        raise Invalid("release.product_required", "The product is still open.", (error,))
    if product is not None and not is_open:
        raise Conflict("release.product_fixed", "The message already names the product.")
    if product is not None and product.dea_schedule:
        raise Conflict("release.product_controlled", "A controlled product needs a new message.")
