"""Letters on paper: who needs one, what stands in it, and the code that comes back."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from network.enums import LetterKind
from network.models import Contact, Invitation, Meeting
from network.queries.reminders import awaiting
from network.rules import letter_codes
from network.rules.seats import office_limit
from programme.errors import RuleBroken

MOST_LINES = 6  # more people do not fit on the return form


def choosable(*, meeting: Meeting) -> list[Invitation]:
    """Return the invitations a letter can be printed for, with `printed` letters; two queries.

    Those without an answer come first; `needs_paper` says that no mail reaches them.
    """
    addressed = Prefetch("organisation__contacts", Contact.objects.addressed())
    printed = Count("letters", filter=Q(letters__kind=LetterKind.PAPER))
    rows = meeting.invitations.filter(withdrawn_at=None).annotate(printed=printed)
    return list(rows.select_related("organisation").prefetch_related(addressed))


def preselected(*, meeting: Meeting, rows: list[Invitation], wanted: str) -> list[int]:
    """Return the keys to tick: all, those without an answer, else those no mail reaches."""
    if wanted == "alle":
        return [row.pk for row in rows]
    unanswered = set(awaiting(meeting=meeting).values_list("pk", flat=True))
    if wanted == "offen":
        return [row.pk for row in rows if row.pk in unanswered]
    return [row.pk for row in rows if row.pk in unanswered and not row.organisation.contacts.all()]


@dataclass(frozen=True)
class PaperLetter:
    """One letter: the address, the code, and as many lines as the office has seats."""

    invitation: Invitation
    code: str
    seats: int

    @property
    def lines(self) -> range:
        """Return the numbers of the lines for people on the return form."""
        return range(1, min(self.seats, MOST_LINES) + 1)


def letters(*, keys: list[int]) -> list[PaperLetter]:
    """Return the letters of these invitations by name of the organisation; two queries."""
    rows: QuerySet[Invitation] = Invitation.objects.filter(pk__in=keys, withdrawn_at=None)
    found = rows.select_related("organisation", "meeting__programme")
    return [
        PaperLetter(
            invitation=row,
            code=letter_codes.code(row.pk),
            seats=office_limit(
                seats_per_office=row.meeting.seats_per_office, override=row.seats_override
            ),
        )
        for row in found.order_by("organisation__short_name", "pk")
    ]


def by_code(*, code: str) -> Invitation:
    """Return the invitation a typed code names.

    Refuses (RuleBroken, field "code") a typing error and a code nobody was sent.
    """
    number = letter_codes.read(code)
    found = (
        Invitation.objects.filter(pk=number)
        .select_related("organisation", "meeting__programme")
        .first()
    )
    if found is None:
        raise RuleBroken("Zu diesem Code gibt es keine Einladung.", field="code")
    return found
