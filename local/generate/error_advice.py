"""What to do about an error: by its code where that says more than its status."""

from __future__ import annotations

GATEWAY: dict[str, tuple[int, str]] = {
    "gateway.refused": (400, "The gateway refused the request before any function saw it."),
    "gateway.failed": (500, "The gateway could not get an answer from the function."),
    "gateway.timeout": (504, "The function took longer than the gateway waits."),
    "body.too_large": (413, "The body is larger than the gateway takes."),
    "rate.exceeded": (429, "More requests came at once than the stage allows."),
    "route.unknown": (404, "No site and no function answers this path."),
    "internal.error": (500, "Something went wrong on our side."),
    "field.missing": (422, "A required field is absent."),
    "field.extra_forbidden": (422, "A field is not known here."),
    "field.string_too_short": (422, "A text is too short."),
    "field.string_too_long": (422, "A text is too long."),
    "field.string_pattern_mismatch": (422, "A text does not have the expected form."),
    "field.enum": (422, "A value is not one of the allowed ones."),
    "field.literal_error": (422, "A value is not one of the allowed ones."),
    "field.less_than_equal": (422, "A number is too large."),
    "field.greater_than_equal": (422, "A number is too small."),
    "field.greater_than": (422, "A number is too small."),
    "field.less_than": (422, "A number is too large."),
    "field.too_long": (422, "A list has too many items."),
    "field.too_short": (422, "A list has too few items."),
    "field.value_error": (422, "The values do not fit together."),
}
"""Codes no source raises in so many words: the gateway's, and those made from a validator's."""

WRONG_TYPES = {
    "a text": ("string_type", "string_unicode"),
    "a whole number": ("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
    "a number": ("float_type", "float_parsing", "finite_number"),
    "a decimal number with as many digits as are taken": (
        *("decimal_type", "decimal_parsing", "decimal_max_digits", "decimal_max_places"),
        "decimal_whole_digits",
    ),
    "true or false": ("bool_type", "bool_parsing"),
    "a date": (
        *("date_type", "date_parsing", "date_from_datetime_parsing"),
        "date_from_datetime_inexact",
    ),
    "a time": (
        *("datetime_type", "datetime_parsing", "datetime_from_date_parsing"),
        *("datetime_object_invalid", "timezone_aware", "time_parsing", "time_type"),
    ),
    "a list": ("list_type", "tuple_type", "frozen_set_type"),
    "an object": ("model_type", "model_attributes_type", "dict_type"),
    "one of the forms that its tag names": ("union_tag_invalid", "union_tag_not_found"),
    "absent": ("none_required",),
}
"""What a value is not, and the validator's names for that."""

GATEWAY |= {
    f"field.{kind}": (422, f"A value is not {wanted}.")
    for wanted, kinds in WRONG_TYPES.items()
    for kind in kinds
}

SAID = {
    "override.note": "The note of an override is missing or too long.",
    "override.reason": "The reason of an override is none of those that there are.",
    "prescriber.turned_away": "The prescriber's system refused the message by HTTP.",
    "quantity.out_of_range": "More than was prescribed, or nothing.",
    "refund.out_of_range": "More than is left, or nothing.",
    "refund.reason": "The reason of a refund is none of those that there are.",
    "rems.missing": "The product is dispensed under an authorization alone.",
    "transfer.pharmacies": "A transfer names the pharmacy it comes from and the one it goes to.",
    "webhook.audience": "Whose events are meant is not said, or is not the caller's to say.",
    "webhook.url_refused": "Webhooks go to a public name by https, on port 443 or 8443.",
    "xml.not_well_formed": "The content is not well-formed XML.",
}
"""Words of codes whose own are made at run time."""

BY_CODE = {
    "access.unauthenticated": "Send a valid access token as `Authorization: Bearer …`, or open the"
    " portal's link again.",
    "access.bad_token": "Get a new access token; it may have expired.",
    "access.cross_site": "Use the portal's own pages; scripts send `Sec-Fetch-Site: same-origin`.",
    "message.id_reused": "Send the changed message under a MessageID of its own.",
    "message.controlled_needs_signature": "Send the signed SCRIPT XML to /api/v1/script.",
    "prescriber.not_bound": "Ask us to bind the prescriber's NPI to your client.",
    "sender.not_bound": "Ask us to bind the sender (header From) to your client.",
    "idempotency.key_reused": "Use a new Idempotency-Key for a new request.",
    "order.illegal_move": "Read the prescription again; its status has moved on.",
}
BY_STATUS = {
    400: "Correct the request; the same bytes will be refused again.",
    401: "Sign in again.",
    403: "Ask for a role or a binding that allows this.",
    404: "Check the address; what others own is not shown either.",
    405: "Use a method from the Allow header.",
    409: "Read the present state and decide again.",
    410: "Ask for a new link or sign in again.",
    412: "Read the record again and repeat the change on its present version.",
    413: "Send less.",
    415: "Send one of the media types the problem names.",
    422: "Correct the fields that `errors` points at.",
    428: "Read the record and send its ETag as If-Match.",
    429: "Wait as long as Retry-After says.",
    500: "Quote `instance` to us; the same request may work later.",
    503: "Repeat the same request after Retry-After.",
    504: "Repeat the same request with the same Idempotency-Key.",
}
FIELD = "Correct the place that the pointer names."
FINDING = "Look at the place the finding names; who may release it depends on the finding."


def advice_on(code: str, status: int | None, *, is_finding: bool) -> str:
    plain = FINDING if is_finding else FIELD
    return BY_CODE.get(code) or (BY_STATUS[status] if status else plain)
