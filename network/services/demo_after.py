"""Made-up material, surveys of two meetings that are over, and a file that waits for release."""

from datetime import timedelta
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction

from network.enums import Audience
from network.models import Material, Meeting, Survey, SurveyAnswer, SurveyTicket
from network.rules.survey import PROPOSED, stored
from network.services import material
from network.services.demo_past import EARLIER, LATEST, SECOND_MEETING
from network.services.material import About, NewFile
from programme import clock, tokens
from programme.exports.sample_files import sample_pdf
from programme.models import DeletionReceipt, Programme, User
from programme.rules.uploads import checked_document


class Paper(NamedTuple):
    """One made-up file of a meeting."""

    meeting: str
    title: str
    name: str
    audience: Audience
    lines: tuple[str, ...]


PAPERS = (
    Paper(
        EARLIER.slug,
        "Prüfschritte auf einer Seite",
        "pruefschritte.pdf",
        Audience.PUBLIC,
        (
            "1. Ansehen, fühlen, kippen",
            "2. Muster vergleichen",
            "3. Zweifel in einem Satz notieren",
        ),
    ),
    Paper(
        EARLIER.slug,
        "Übungsfälle mit Lösungen",
        "uebungsfaelle.pdf",
        Audience.OFFICES,
        ("Zwölf Fälle für die Übung im Team", "Lösungen auf Anfrage beim Programmteam"),
    ),
    Paper(
        EARLIER.slug,
        "Fotos der Pinnwände",
        "pinnwaende.pdf",
        Audience.PARTICIPANTS,
        ("Was gelingt schon?", "Was bremst uns?", "Was probieren wir aus?"),
    ),
    Paper(
        LATEST.slug,
        "Vortrag: Was beim ersten Gespräch zählt",
        "vortrag-erstes-gespraech.pdf",
        Audience.TEAM,
        ("Ankommen lassen", "Pflichten in einfachen Worten", "Nächster Schritt auf Papier"),
    ),
)
MARKS = ("544", "453", "535", "444", "552", "343", "454", "545", "434", "553", "254", "444", "533")
SAID = (
    ("Die Übung an echten Mustern.", "Mehr Zeit für die Fälle am Nachmittag."),
    ("Zweifel kurz begründen, freundlich erklären.", ""),
    ("Den Satz für die Akte nehme ich mit.", "Bitte die Unterlagen vorher verschicken."),
    ("", "Eine Gruppe nur für kleine Behörden wäre gut."),
)


@transaction.atomic
def load(*, programme: Programme, by: User) -> None:
    """Add files to the invented meetings that are over, surveys to two meetings; once."""
    meetings = {row.slug: row for row in Meeting.objects.filter(programme=programme)}
    for paper in PAPERS:
        if paper.meeting in meetings:
            _keep(meetings[paper.meeting], paper, by)
    for slug in (EARLIER.slug, SECOND_MEETING):
        if slug in meetings:
            _survey(meetings[slug])


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out files, surveys and the receipts of made-up people."""
    for row in Material.objects.filter(meeting__programme=programme):
        row.file.delete(save=False)
        row.delete()
    Survey.objects.filter(meeting__programme=programme).delete()
    DeletionReceipt.objects.filter(programme=programme).delete()


def _keep(meeting: Meeting, paper: Paper, by: User) -> None:
    lines = ("Beispieldatei mit erfundenem Inhalt", "", *paper.lines)
    content = sample_pdf(title=paper.title, lines=lines)
    new = NewFile(checked_document(name=paper.name, content=content), ContentFile(content))
    material.add(
        meeting=meeting, files=[new], about=About(paper.title, audience=paper.audience), by=by
    )


def _survey(meeting: Meeting) -> None:
    """Let thirteen of sixteen answer; the links lead nowhere, as nobody keeps them."""
    day = meeting.day or clock.today()
    survey, is_new = Survey.objects.get_or_create(
        meeting=meeting,
        defaults={
            "questions": stored(PROPOSED),
            "sent_at": meeting.ends_at or meeting.starts_at,
            "closes_on": day + timedelta(days=14),
        },
    )
    if not is_new:
        return
    SurveyTicket.objects.bulk_create(
        SurveyTicket(
            survey=survey,
            token_digest=tokens.digest(tokens.token("survey", tokens.new_seed())),
            is_used=number < len(MARKS),
        )
        for number in range(len(MARKS) + 3)
    )
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(survey=survey, values=_values(number)) for number in range(len(MARKS))
    )


def _values(number: int) -> dict[str, object]:
    values: dict[str, object] = {
        f"q{place}": int(mark) for place, mark in enumerate(MARKS[number], 1)
    }
    taken, wished = SAID[number] if number < len(SAID) else ("", "")
    return values | {key: text for key, text in (("q4", taken), ("q5", wished)) if text}
