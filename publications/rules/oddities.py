"""Marks of invented orders: reasons to look, never reasons to refuse by machine."""

import re

# Mail boxes that anybody can open for ten minutes; an order through them is looked at first.
DISPOSABLE_DOMAINS = frozenset(
    {
        "10minutemail.com",
        "byom.de",
        "discard.email",
        "emailondeck.com",
        "getnada.com",
        "guerrillamail.com",
        "mailinator.com",
        "maildrop.cc",
        "muellmail.com",
        "sharklasers.com",
        "spoofmail.de",
        "temp-mail.org",
        "tempmail.de",
        "trash-mail.com",
        "trashmail.com",
        "trashmail.de",
        "wegwerfemail.de",
        "yopmail.com",
    }
)
PLACEHOLDER_NAMES = frozenset(
    {
        *("test", "tester", "test test", "name", "vorname nachname", "asdf", "qwertz", "qwerty"),
        *("max mustermann", "erika mustermann", "john doe", "jane doe", "niemand", "unbekannt"),
        *("micky maus", "mickey mouse", "donald duck"),
    }
)
FOUR_TIMES_THE_SAME = re.compile(r"([^\W\d_])\1{3}", re.IGNORECASE)
ADDRESS_OF_A_PAGE = re.compile(r"https?:|www\.|@", re.IGNORECASE)


def of_email(email: str) -> str:
    """Say in German what is odd about an e-mail address, or nothing."""
    domain = email.rpartition("@")[2].casefold()
    if domain in DISPOSABLE_DOMAINS:
        return "Die E-Mail-Adresse gehört zu einem Wegwerf-Postfach."
    return ""


def of_name(name: str) -> str:
    """Say in German what is odd about a name, or nothing."""
    plain = " ".join(name.casefold().split())
    has_no_letter = not any(sign.isalpha() for sign in plain)
    if (
        has_no_letter
        or plain in PLACEHOLDER_NAMES
        or FOUR_TIMES_THE_SAME.search(plain)
        or ADDRESS_OF_A_PAGE.search(plain)
    ):
        return "Der Name sieht erfunden aus."
    return ""


def of_repetition(orders: int, *, most: int) -> str:
    """Say in German that many orders (so many before this one) name the same address."""
    if orders >= most:
        return f"Für dieselbe Anschrift gibt es schon {orders} Bestellungen."
    return ""


def same_address(street: str, postcode: str) -> str:
    """Return an address without the freedom of writing it, to compare it with others."""
    text = street.casefold().replace("strasse", "str")
    return f"{postcode}{''.join(sign for sign in text if sign.isalnum())}"
