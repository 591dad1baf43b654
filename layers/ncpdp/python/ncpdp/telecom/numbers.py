"""Money, quantities and rates as D.0 writes them: implied decimals, a sign over the last digit."""

from __future__ import annotations

from decimal import Decimal

from ncpdp.errors import InvalidValue

_POSITIVE = "{ABCDEFGHI"
_NEGATIVE = "}JKLMNOPQR"
_SIGNED = {sign: (digit, 1) for digit, sign in enumerate(_POSITIVE)} | {
    sign: (digit, -1) for digit, sign in enumerate(_NEGATIVE)
}
MONEY_DIGITS_MAX = 8
QUANTITY_DIGITS_MAX = 10
RATE_DIGITS_MAX = 9
_QUANTITY_PLACES = 3
_RATE_PLACES = 4


def money_to_text(amount_minor: int) -> str:
    """Cents to a signed field: 5570 is `557{`, -1 is `00J`; at least three digits.

    Raises InvalidValue for anything but a whole number of at most eight digits.
    """
    if isinstance(amount_minor, bool) or not isinstance(amount_minor, int):
        raise InvalidValue("An amount is a whole number of minor units.", code="money.malformed")
    return _signed(amount_minor, MONEY_DIGITS_MAX, "money")


def money_from_text(text: str) -> int:
    """A signed field to cents; a plain last digit counts as positive."""
    return _unsigned(text, MONEY_DIGITS_MAX, "money")


def quantity_to_text(quantity: Decimal | int) -> str:
    """A quantity to E7 and its like, three implied decimals: 30 is `30000`."""
    number = _decimal(quantity)
    if number is None or number < 0:
        raise InvalidValue("A quantity is zero or more.", code="quantity.malformed")
    return str(_implied(number, _QUANTITY_PLACES, QUANTITY_DIGITS_MAX, "quantity"))


def quantity_from_text(text: str) -> Decimal:
    """A field with three implied decimals to a Decimal: `30000` is 30."""
    text = text.strip(" ") if isinstance(text, str) else ""
    if not text or not _is_digits(text) or len(text) > 2 * QUANTITY_DIGITS_MAX:
        raise InvalidValue("This is not an implied-decimal quantity.", code="quantity.malformed")
    return _plain(int(text), _QUANTITY_PLACES)


def rate_to_text(rate: Decimal | int) -> str:
    """A rate in percent to a signed field with four implied decimals: 6.25 is `6250{`."""
    number = _decimal(rate)
    if number is None:
        raise InvalidValue("A rate is a number.", code="rate.malformed")
    return _signed(_implied(number, _RATE_PLACES, RATE_DIGITS_MAX, "rate"), RATE_DIGITS_MAX, "rate")


def rate_from_text(text: str) -> Decimal:
    """A signed field with four implied decimals to a Decimal."""
    return _plain(_unsigned(text, RATE_DIGITS_MAX, "rate"), _RATE_PLACES)


def _signed(number: int, digits_max: int, what: str) -> str:
    if abs(number) >= 10**digits_max:
        raise InvalidValue(f"The {what} has too many digits for its field.", code=f"{what}.range")
    digits = f"{abs(number):03d}"
    signs = _NEGATIVE if number < 0 else _POSITIVE
    return digits[:-1] + signs[int(digits[-1])]


def _unsigned(text: str, digits_max: int, what: str) -> int:
    text = text if isinstance(text, str) else ""
    body, last = text[:-1].lstrip(" "), text[-1:]
    digit, sign = _SIGNED.get(last, (None, 1))
    if digit is None and last.isascii() and last.isdigit():
        digit = int(last)
    if digit is None or not _is_digits(body) or len(text) > 2 * digits_max:
        raise InvalidValue("This is not a signed overpunch number.", code=f"{what}.malformed")
    return sign * (int(body or "0") * 10 + digit)


def _decimal(value: object) -> Decimal | None:
    """A finite number; a float is none, because it is not exactly what was written."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _implied(number: Decimal, places: int, digits_max: int, what: str) -> int:
    """The number without its point, when it has no more decimals than are implied."""
    if number.copy_abs() >= 10 ** (digits_max - places):
        raise InvalidValue(f"The {what} has too many digits.", code=f"{what}.range")
    if number.quantize(Decimal(1).scaleb(-places)) != number:
        words = f"A {what} has at most {places} decimals."
        raise InvalidValue(words, code=f"{what}.malformed")
    return int(number.scaleb(places))


def _plain(number: int, places: int) -> Decimal:
    """Without an exponent and without blank decimals."""
    return Decimal(number).scaleb(-places).normalize() + Decimal(0)


def _is_digits(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit())
