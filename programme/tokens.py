"""Links that speak for somebody: 256 bits, only a hash is stored (target A7)."""

import hashlib
import hmac
import logging
import re
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

RESET_VALID_FOR = timedelta(hours=4)
IN_ADDRESSES = re.compile(
    r"/(einladung/rueckgaengig|einladung|anmeldung|befragung|bestellung|netzwerk/kalender"
    r"|foerderung/kalender"
    r"|praxis/rueckmeldung|standort-bestaetigung|benachrichtigung"
    r"|password/reset/key)/[^/\s?\"']+"
)


def new_seed() -> str:
    """Return a fresh random seed to store beside the row the link is for."""
    return secrets.token_hex(32)


def token(purpose: str, seed: str) -> str:
    """Return the token of a seed; the same every time, and unknown without the secret key."""
    key = settings.SECRET_KEY.encode()
    mac = hmac.new(key, f"{purpose}:{seed}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(mac).decode().rstrip("=")


def digest(token_text: str) -> str:
    """Return what is stored and searched for: the SHA-256 of the token."""
    return hashlib.sha256(token_text.encode()).hexdigest()


def issue(purpose: str) -> tuple[str, str]:
    """Return (seed, digest) for a new row; the token itself is made from the seed when needed."""
    seed = new_seed()
    return seed, digest(token(purpose, seed))


class HideTokens(logging.Filter):
    """Takes the tokens out of the addresses Django writes to the log (targets A7 and P4)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = IN_ADDRESSES.sub(r"/\1/***", record.getMessage()), ()
        return True


class AccountTokens(PasswordResetTokenGenerator):
    """Tokens that work once: a new password or a login makes them worthless.

    An invitation holds as long as PASSWORD_RESET_TIMEOUT says (seven days); once somebody has
    logged in, a link to a new password holds for four hours only.
    """

    def check_token(self, user: Any, token: str | None) -> bool:
        if user is None or not token or not super().check_token(user, token):
            return False
        if user.last_login is None:
            return True
        age = self._num_seconds(self._now()) - base36_to_int(token.split("-")[0])
        return bool(age <= RESET_VALID_FOR.total_seconds())


def set_password_path(person: Any) -> str:
    """Return the path of a fresh link with which this person sets a password."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": int_to_base36(person.pk), "key": AccountTokens().make_token(person)},
    )
