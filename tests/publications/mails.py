"""Written sample mails with the drafts they should become; all people in them are invented."""

import json
from pathlib import Path
from typing import Any

from publications.rules import mail_drafts, mail_files
from publications.rules.mail_drafts import MailDraft, Reading
from publications.rules.mail_numbers import Title

FOLDER = Path(__file__).parent / "mails"
MAILBOX = "integration@example.org"
TITLES = (
    Title("abschlussbericht", "Abschlussbericht"),
    Title("leichte-sprache", "Abschlussbericht in Leichter Sprache"),
    Title("faltblatt", "Faltblatt Willkommensbehörde"),
    Title("praxisbuch", "Praxisbuch: Bausteine für die Ausländerbehörde"),
    Title("zwischenbericht", "Zwischenbericht 2016"),
)


def samples(kind: str) -> list[Path]:
    """Return the mails of one kind: orders, later, no_orders."""
    return sorted(path for path in (FOLDER / kind).iterdir() if path.suffix != ".json")


def reading(content: bytes) -> Reading:
    """Read a mail with the titles of the samples."""
    mail = mail_files.read(content)
    return mail_drafts.understand(mail, titles=TITLES, mailboxes=[MAILBOX])


def right(path: Path) -> dict[str, Any]:
    """Return the draft that lies beside a mail."""
    found: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def as_data(draft: MailDraft | None) -> dict[str, Any]:
    """Return a draft in the shape of the files beside the mails."""
    if draft is None:
        return {}
    person = draft.recipient
    return {
        "full_name": person.full_name.value,
        "organisation": person.organisation.value,
        "street": person.street.value,
        "postcode": person.postcode.value,
        "city": person.city.value,
        "email": draft.email.value,
        "items": {line.key: line.copies for line in draft.lines},
    }


def differences(path: Path) -> dict[str, tuple[Any, Any]]:
    """Return what was read and what is right, for each field in which they differ."""
    read, wanted = as_data(reading(path.read_bytes()).draft), right(path)
    return {key: (read.get(key), wanted[key]) for key in wanted if read.get(key) != wanted[key]}
