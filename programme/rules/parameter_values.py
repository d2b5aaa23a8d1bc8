"""Numbers of the rules as people type them: percent, EUR, whole months, days and years."""

import re
from decimal import Decimal

from programme.enums import ParameterKey
from programme.errors import RuleBroken
from programme.rules.funding.parameters import EUR, LEGAL_MAXIMA, SHARE, YES_NO
from programme.rules.money import parse_amount, percent

HINTS = {
    "Tage": "Ganze Zahl in Tagen.",
    "Monate": "Ganze Zahl in Monaten.",
    "Jahre": "Ganze Zahl in Jahren.",
    SHARE: "In Prozent, zum Beispiel 75 oder 47,17.",
    EUR: "Betrag in EUR, zum Beispiel 1.234,56.",
    YES_NO: "1 für ja, 0 für nein.",
}
_PERCENT = re.compile(r"([0-9]{1,3})(?:[,.]([0-9]{1,2}))? ?%?")
_WHOLE = re.compile(r"[0-9]{1,4}")
HUNDRED = Decimal(100)


def hint(unit: str) -> str:
    """Say how a number of this unit is typed."""
    return HINTS.get(unit, f"Ganze Zahl, Einheit {unit}.")


def typed(value: Decimal, unit: str) -> str:
    """Write a number as it is typed: 0.75 as "75", months as "6", EUR as "100000,00"."""
    if unit == SHARE:
        return f"{(value * HUNDRED).normalize():f}".replace(".", ",")
    if unit == EUR:
        return f"{value:.2f}".replace(".", ",")
    return f"{value.normalize():f}"


def parse_value(text: str, unit: str) -> Decimal:
    """Read a number of a rule in its unit; refuses (RuleBroken) what is unclear or impossible."""
    told = text.strip()
    if unit == EUR:
        return parse_amount(told, may_be_zero=True)
    if unit == SHARE:
        return _share(told)
    if not _WHOLE.fullmatch(told) or (unit == YES_NO and told not in {"0", "1"}):
        raise RuleBroken(f"Bitte prüfen Sie den Wert. {hint(unit)}", field="value")
    return Decimal(told)


def lawful(value: Decimal, key: ParameterKey) -> None:
    """Refuse (RuleBroken, rule F03) a share above what the law itself allows (0.75 = 75 %)."""
    legal = LEGAL_MAXIMA.get(key)
    if legal is not None and value > legal.share:
        raise RuleBroken(
            f"Regel F03: Mehr als {percent(legal.share)} sind nicht zulässig ({legal.basis}). "
            "Bitte geben Sie höchstens diesen Wert an.",
            field="value",
        )


def _share(told: str) -> Decimal:
    match = _PERCENT.fullmatch(told)
    share = Decimal(f"{match[1]}.{match[2] or 0}") / HUNDRED if match else Decimal(2)
    if share > 1:
        raise RuleBroken(
            "Bitte geben Sie einen Anteil zwischen 0 und 100 Prozent mit höchstens zwei "
            "Nachkommastellen an, zum Beispiel 47,17.",
            field="value",
        )
    if match and match[1] == "0" and match[2]:
        raise RuleBroken(
            f"„{told}“ ist nicht eindeutig. Der Wert steht in Prozent: Für drei Viertel schreiben "
            "Sie 75.",
            field="value",
        )
    return share
