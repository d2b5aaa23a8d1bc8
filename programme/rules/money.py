"""Amounts as people write them, as cents, and as the rules round and write them."""

import re
from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from programme.errors import RuleBroken
from programme.units import half_up

CENT = Decimal("0.01")
LONGEST_INPUT = 24
LARGEST_EUR = Decimal("999999999.99")

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_UNIT = re.compile(r"€|\beuro?\b", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]+")
_GERMAN = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+),[0-9]{1,2}")
_POINT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)\.[0-9]{1,2}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?: [0-9]{3})+|(?:\.[0-9]{3}){2,})")
_TOO_SMALL = (
    "Der Betrag muss größer als 0,00 EUR sein.",
    "Der Betrag darf nicht kleiner als 0,00 EUR sein.",
)
_MINUS = ("-", "\u2212", "\u2013")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def rounded(amount: Decimal) -> Decimal:
    """Return the amount in EUR with two places, rounded half up (rule F35)."""
    return half_up(amount, 2)


def at_most(limit_eur: Decimal) -> Decimal:
    """Return the highest amount in whole cents that does not exceed an exact limit."""
    return limit_eur.quantize(CENT, rounding=ROUND_FLOOR)


def to_cents(amount_eur: Decimal) -> int:
    """Return an amount in EUR as whole cents, rounded half up (rule F35)."""
    return int(rounded(amount_eur) * 100)


def from_cents(cents: int) -> Decimal:
    """Return whole cents as an amount in EUR with two places."""
    return Decimal(cents).scaleb(-2)


def written(amount_eur: Decimal) -> str:
    """Write an amount as "1.234,56 EUR" or "−1.234,56 EUR", for sentences and tables."""
    text = f"{rounded(amount_eur):,.2f}"
    return text.translate(str.maketrans(",.-", ".,\N{MINUS SIGN}")) + " EUR"


def as_typed(amount_eur: Decimal) -> str:
    """Write an amount as a person would type it into a form: "1.234,56", "-1.234,56"."""
    return written(amount_eur).removesuffix(" EUR").replace("\N{MINUS SIGN}", "-")


def with_sign(change_eur: Decimal) -> str:
    """Write a change as "+2.000,00 EUR" or "−2.000,00 EUR", none as "unverändert"."""
    if not change_eur:
        return "unverändert"
    return ("+" if change_eur > 0 else "\N{MINUS SIGN}") + written(abs(change_eur))


def read_back(text: str) -> Decimal:
    """Return the amount in EUR that `written` has written, also one below zero."""
    number = text.removesuffix(" EUR").replace(".", "").replace(",", ".")
    return Decimal(number.replace("\N{MINUS SIGN}", "-"))


def percent(share: Decimal) -> str:
    """Write a share (0.755) as "75,5 %", for sentences of rules."""
    return f"{(share * 100).normalize():f}".replace(".", ",") + " %"


def round_half_up(value: Fraction) -> int:
    """Return the whole number nearest to a value that is not negative, halves upwards (F35)."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def by_ratio(cents: int, weights: Sequence[int]) -> list[int]:
    """Divide cents in the ratio of the weights so that the parts always sum to the whole.

    Each running sum is rounded half up (F35), so no part is a whole cent off its exact value.
    """
    parts: list[int] = []
    reached = upto = 0
    for weight in weights:
        upto += weight
        border = round_half_up(Fraction(cents * upto, sum(weights)))
        parts.append(border - reached)
        reached = border
    return parts


def parse_amount(text: str, *, may_be_zero: bool = False) -> Decimal:
    """Read an amount in EUR as people in Germany write it.

    Understands "1.234,56", "1234.56", "1 234,56 €", "1234" and "1.234.567,00". Refuses
    (RuleBroken, rule F35) what has two readings, like "1.234", what is below zero, and zero
    itself unless `may_be_zero`.
    """
    least = Decimal(0) if may_be_zero else CENT
    typed = _SPACES.sub(" ", _UNIT.sub(" ", text)).strip()
    if typed.startswith(_MINUS):
        raise RuleBroken(_TOO_SMALL[may_be_zero])
    if _AMBIGUOUS.fullmatch(typed):
        whole, tail = re.split(r"[.,]", typed)
        cents = f"{rounded(Decimal(f'{whole}.{tail}'))}".replace(".", ",")
        raise RuleBroken(
            f"„{typed}“ ist nicht eindeutig. Meinen Sie {whole}.{tail},00 oder {cents}? "
            "Bitte schreiben Sie den Betrag mit zwei Nachkommastellen."
        )
    if len(typed) > LONGEST_INPUT:
        raise RuleBroken("Der Betrag ist zu lang. Bitte prüfen Sie die Zahl der Stellen.")
    amount = rounded(Decimal(_as_decimal_text(typed)))
    if amount < least:
        raise RuleBroken(_TOO_SMALL[may_be_zero])
    if amount > LARGEST_EUR:
        raise RuleBroken("Der Betrag ist zu groß. Bitte prüfen Sie die Zahl der Stellen.")
    return amount


def parse_signed(text: str, *, may_be_zero: bool = False) -> Decimal:
    """Read an amount in EUR that may be below zero, as on a credit note."""
    typed = _SPACES.sub(" ", text).strip()
    if typed.startswith(_MINUS):
        return -parse_amount(typed[1:], may_be_zero=may_be_zero)
    return parse_amount(typed, may_be_zero=may_be_zero)


def _as_decimal_text(typed: str) -> str:
    if _GERMAN.fullmatch(typed):
        return typed.replace(".", "").replace(" ", "").replace(",", ".")
    if _POINT.fullmatch(typed):
        return typed.replace(" ", "")
    if _PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed):
        return typed.replace(".", "").replace(" ", "")
    raise RuleBroken(
        "Bitte geben Sie einen Betrag in Euro mit höchstens zwei Nachkommastellen an, "
        "zum Beispiel 1.234,56."
    )
