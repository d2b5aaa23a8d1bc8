"""The address behind the QR code of a person: opens the check-in page for the team only."""

from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.safestring import SafeString

from network.exports import qr
from network.models import Registration
from programme import tokens
from programme.outbox import absolute_url

SIGNS = 16


def code(registration: Registration) -> str:
    """Return the signs that show that an address was made by this portal."""
    return tokens.token("check_in", registration.token_seed)[:SIGNS]


def is_code(registration: Registration, text: str) -> bool:
    """Say whether the signs belong to this registration, in constant time."""
    return constant_time_compare(text, code(registration))


def address(registration: Registration) -> str:
    """Return what the phone of the person at the door opens."""
    path = reverse("network:check_in_code", args=[registration.pk, code(registration)])
    return absolute_url(path)


def drawing(registration: Registration) -> SafeString:
    """Return the QR code as SVG, for the person's page and the badge."""
    return qr.svg(address(registration), title="QR-Code für den Einlass")
