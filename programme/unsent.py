"""Forms that arrive without a login: what was typed waits for its writer, encrypted, one hour.

It lies in the session of this browser, which nobody has signed in to yet, and only the person the
form was made for gets it back. Files, passwords, diet and access needs are never kept, and nothing
of a voucher that only finance may see.
"""

import json
import re
from typing import Any

from django.core import signing
from django.core.signing import BadSignature
from django.http import HttpRequest, QueryDict

from programme import clock, submissions, vault
from programme.models import User

SLOT = "unsent_form"
OWNER = "form_owner"
HOUR = 60 * 60
OPEN_AT_MOST = 3 * 24 * HOUR  # a form that was open for longer has lost its owner
LONGEST = 128 * 1024  # a whole part of the report is about 30,000 characters
MOST_PER_HOUR = 30
NEVER_KEPT = re.compile(r"(diet|diet_note|access)(_\d+)?|.*(password|token|code|secret).*")
KEEP_NOTHING_WITH = {"is_sensitive"}


def owner_mark(user: Any) -> str:
    """Return what a form carries to say for whom it was made; empty for strangers."""
    return signing.dumps(user.pk, salt=OWNER) if user and user.is_authenticated else ""


def owner_of(request: HttpRequest) -> int | None:
    """Return the person a sent form was made for; None if it is not one of our forms."""
    try:
        mark = request.POST.get(OWNER, "")
        return int(signing.loads(mark, salt=OWNER, max_age=OPEN_AT_MOST))
    except (BadSignature, TypeError, ValueError):
        return None


def keep(request: HttpRequest, *, address: str) -> bool:
    """Keep what was typed for its writer; False if there is nothing that may be kept."""
    owner = owner_of(request)
    typed = {name: request.POST.getlist(name) for name in request.POST if _is_kept(name)}
    if owner is None or not typed or KEEP_NOTHING_WITH & set(typed):
        return False
    content = json.dumps({"owner": owner, "typed": typed, "files": bool(request.FILES)})
    if len(content) > LONGEST or not submissions.take_turn(
        purpose=SLOT, address=address, most=MOST_PER_HOUR, seconds=HOUR
    ):
        return False
    until = int(clock.now().timestamp()) + HOUR
    path = request.get_full_path()
    request.session[SLOT] = {"path": path, "until": until, "content": vault.encrypt(content)}
    return True


def _is_kept(name: str) -> bool:
    return name not in {"csrfmiddlewaretoken", OWNER} and not NEVER_KEPT.fullmatch(name)


def take(request: HttpRequest, *, user: User) -> tuple[QueryDict, bool] | None:
    """Return what this person typed at this address and whether files were with it, once."""
    kept = request.session.get(SLOT)
    if not kept or kept["path"] != request.get_full_path():
        return None
    content = _content(request)
    del request.session[SLOT]
    if content is None or content["owner"] != user.pk:
        return None
    typed = QueryDict(mutable=True)
    for name, values in content["typed"].items():
        typed.setlist(name, values)
    return typed, content["files"]


def forget_unless_of(request: HttpRequest, user: User) -> None:
    """Drop what is kept in this browser if somebody else than its writer has signed in."""
    if SLOT in request.session:
        content = _content(request)
        if content is None or content["owner"] != user.pk:
            del request.session[SLOT]


def _content(request: HttpRequest) -> dict[str, Any] | None:
    kept = request.session[SLOT]
    if kept["until"] < clock.now().timestamp():
        return None
    content: dict[str, Any] = json.loads(vault.decrypt(kept["content"]))
    return content
