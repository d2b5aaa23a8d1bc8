"""Downloads noted in memory and counted together, so that handing over a file writes nothing.

What a killed process had noted, at most some seconds of downloads, is lost; one that ends in order
writes it down before (gunicorn.conf.py).
"""

import threading

from django.conf import settings
from django.db import connection

from programme import clock
from publications.rules.visitors import Visit, is_program, visit
from publications.services import downloads

_noted: set[Visit] = set()
_lock = threading.Lock()


def note(*, edition: int, form: str, address: str, agent: str) -> None:
    """Remember who fetched which file; it is counted with the others of the next seconds.

    Programs that name themselves are left out.
    """
    if is_program(agent):
        return
    key, day = settings.SECRET_KEY, clock.today()
    found = visit(edition=edition, form=form, day=day, address=address, agent=agent, key=key)
    if not settings.DOWNLOADS_COUNTED_EVERY_SECONDS:
        downloads.count(visits=[found])
        return
    with _lock:
        is_first = not _noted
        _noted.add(found)
    if is_first:
        timer = threading.Timer(settings.DOWNLOADS_COUNTED_EVERY_SECONDS, _write_down_in_time)
        timer.daemon = True
        timer.start()


def write_down() -> None:
    """Count what is noted and forget it."""
    with _lock:
        found = list(_noted)
        _noted.clear()
    if found:
        downloads.count(visits=found)


def _write_down_in_time() -> None:
    try:
        write_down()
    finally:
        connection.close()
