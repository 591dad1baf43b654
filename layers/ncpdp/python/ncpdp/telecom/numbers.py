"""Money and quantities as D.0 writes them: implied decimals, the sign over the last digit."""

from __future__ import annotations

from decimal import Decimal

from ncpdp.errors import InvalidValue

_POSITIVE = "{ABCDEFGHI"
_NEGATIVE = "}JKLMNOPQR"
_SIGNED = {sign: (digit, 1) for digit, sign in enumerate(_POSITIVE)} | {
    sign: (digit, -1) for digit, sign in enumerate(_NEGATIVE)
}
MONEY_DIGITS_MAX = 9
QUANTITY_DIGITS_MAX = 10
_QUANTITY_PLACES = 3


def money_to_text(amount_minor: int) -> str:
    """Cents to a signed field: 5570 is `557{`, -1 is `00J`; at least three digits."""
    if abs(amount_minor) >= 10**MONEY_DIGITS_MAX:
        raise InvalidValue("The amount has too many digits for its field.", code="money.range")
    digits = f"{abs(amount_minor):03d}"
    signs = _NEGATIVE if amount_minor < 0 else _POSITIVE
    return digits[:-1] + signs[int(digits[-1])]


def money_from_text(text: str) -> int:
    """A signed field to cents; a plain last digit counts as positive."""
    body, last = text[:-1].lstrip(" "), text[-1:]
    digit, sign = _SIGNED.get(last, (None, 1))
    if digit is None and last.isascii() and last.isdigit():
        digit = int(last)
    if digit is None or not _is_digits(body) or len(text) > 2 * MONEY_DIGITS_MAX:
        raise InvalidValue("This is not a signed overpunch amount.", code="money.malformed")
    return sign * (int(body or "0") * 10 + digit)


def quantity_to_text(quantity: Decimal) -> str:
    """A quantity to E7 and its like, three implied decimals: 30 is `30000`."""
    if not quantity.is_finite() or quantity < 0:
        raise InvalidValue("A quantity is zero or more.", code="quantity.malformed")
    if quantity >= 10 ** (QUANTITY_DIGITS_MAX - _QUANTITY_PLACES):
        raise InvalidValue("The quantity has too many digits.", code="quantity.range")
    exact = quantity.quantize(Decimal("0.001"))
    if exact != quantity:
        raise InvalidValue("A quantity has at most three decimals.", code="quantity.malformed")
    return str(int(exact.scaleb(_QUANTITY_PLACES)))


def quantity_from_text(text: str) -> Decimal:
    """A field with three implied decimals to a Decimal: `30000` is 30."""
    text = text.strip(" ")
    if not text or not _is_digits(text) or len(text) > 2 * QUANTITY_DIGITS_MAX:
        raise InvalidValue("This is not an implied-decimal quantity.", code="quantity.malformed")
    return Decimal(int(text)).scaleb(-_QUANTITY_PLACES).normalize() + Decimal(0)


def _is_digits(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit())
