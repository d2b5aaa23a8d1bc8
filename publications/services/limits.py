"""Keeps one address from flooding a public form; counts in the cache all processes share."""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from programme import clock


@transaction.atomic
def take_turn(*, purpose: str, address: str, most: int, seconds: int) -> bool:
    """Say whether this address may send once more within the current window of `seconds`.

    The address itself is not stored, only a keyed hash that changes with the window. Each turn is
    one atomic `add`, so parallel requests never share one.
    """
    window = int(clock.now().timestamp()) // seconds
    text = f"{purpose}:{window}:{address}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
    return any(cache.add(f"turn:{digest}:{turn}", 1, timeout=seconds) for turn in range(most))
