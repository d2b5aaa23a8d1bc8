"""Links that speak for somebody: 256 bits, only a hash is stored (target A7)."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from django.conf import settings


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
