"""How an office gets to its answer page, and two colleagues who come."""

from django.urls import reverse

from programme import tokens

TWO = {
    "name_1": "Öznur Groß",
    "email_1": "oeznur@example.org",
    "name_2": "Jörg Weiß",
    "email_2": "joerg@example.org",
}


def token_of(invitation) -> str:
    return tokens.token("invitation", invitation.token_seed)


def address(invitation, name="invitation", *args) -> str:
    return reverse(f"network:{name}", args=[token_of(invitation), *args])
