"""Numbers in words, and words after a number: "1 Antwort"; the unit is kept in its plural."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

WORDS = (
    *("null", "ein", "zwei", "drei", "vier", "fünf", "sechs"),
    *("sieben", "acht", "neun", "zehn", "elf", "zwölf"),
)
ONE = {
    "Anrufe": "Anruf",
    "Anträge": "Antrag",
    "Antworten": "Antwort",
    "Antworten fehlen noch": "Antwort fehlt noch",
    "Ausländerbehörden": "Ausländerbehörde",
    "Begleittage": "Begleittag",
    "Behörden": "Behörde",
    "Fälle": "Fall",
    "Jahre": "Jahr",
    "Konzepte": "Konzept",
    "Maßnahmen": "Maßnahme",
    "Minuten": "Minute",
    "Monate": "Monat",
    "Organisationen": "Organisation",
    "Personen": "Person",
    "Plätze": "Platz",
    "Prozentpunkte": "Prozentpunkt",
    "Projekte": "Projekt",
    "Punkte": "Punkt",
    "Seiten": "Seite",
    "Stellen": "Stelle",
    "Stunden": "Stunde",
    "Tage": "Tag",
    "Termine": "Termin",
    "Vorsprachen": "Vorsprache",
    "Wochen": "Woche",
}


def half_up(number: Decimal, places: int) -> Decimal:
    """Return a number with so many places, rounded half up; Django's number_format cuts off."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number_word(amount: int) -> str:
    """Return a number as a sentence has it: up to twelve in words ("ein", "zwei"), then "13"."""
    return WORDS[amount] if amount < len(WORDS) else str(amount)


def unit_of(number: object, unit: str) -> str:
    """Return the unit as it stands after the number: "Tag" after 1 and -1, else "Tage".

    Knows whole phrases and first words ("Anrufe je Tag"); an unknown unit stays as it is.
    """
    if not _is_one(number):
        return unit
    noun, gap, rest = unit.partition(" ")
    return ONE.get(unit) or f"{ONE.get(noun, noun)}{gap}{rest}"


def _is_one(number: object) -> bool:
    try:
        return abs(Decimal(str(number))) == 1
    except InvalidOperation:  # a number that was written for people, "1,00"
        return False
