"""Sent forms: twice the same has one result (trap T12), and nobody floods a public one (T3)."""

import hashlib
import hmac
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction

from programme import clock, tokens, vault
from programme.models import Submission

SEALED = "sealed:"


def once(*, key: UUID, act: Callable[[], str]) -> str:
    """Run `act` for this form key at most once and return the address of its result page.

    `act` returns the address to show afterwards. A second call with the same key does nothing
    and returns the address of the first; if `act` raises, the key is free again. An address with
    a token in it is kept encrypted, so that whoever reads the table has no links (target A7).
    """
    try:
        with transaction.atomic():
            submission = Submission.objects.create(key=key)
            target = act()
            submission.result_url = _sealed(target)
            submission.save(update_fields=["result_url"])
            return target
    except IntegrityError:
        earlier = Submission.objects.filter(key=key).first()
        if earlier is None:
            raise
        return _opened(earlier.result_url)


def was_sent(*, key: UUID) -> bool:
    """Say whether a form with this key has had its result."""
    return Submission.objects.filter(key=key).exists()


@transaction.atomic
def take_turn(*, purpose: str, address: str, most: int, seconds: int) -> bool:
    """Say whether this address may send once more within the current window of `seconds`.

    The address itself is not stored, only a keyed hash that changes with the window. Each turn is
    one atomic `add`, so parallel requests never share one.
    """
    window = _window(purpose, address, seconds)
    return any(cache.add(f"{window}:{turn}", 1, timeout=seconds) for turn in range(most))


def turns_used_up(*, purpose: str, address: str, most: int, seconds: int) -> bool:
    """Say whether this address has taken all its turns of the current window; takes none."""
    return cache.get(f"{_window(purpose, address, seconds)}:{most - 1}") is not None


def _sealed(target: str) -> str:
    return SEALED + vault.encrypt(target) if tokens.IN_ADDRESSES.search(target) else target


def _opened(kept: str) -> str:
    is_sealed = kept.startswith(SEALED)
    return vault.decrypt(kept.removeprefix(SEALED)) if is_sealed else kept


def _window(purpose: str, address: str, seconds: int) -> str:
    window = int(clock.now().timestamp()) // seconds
    text = f"{purpose}:{window}:{address}".encode()
    return f"turn:{hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()}"
