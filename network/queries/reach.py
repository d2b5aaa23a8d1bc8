"""Who was not reached since when: letters, answers, attendance, mails that came back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, OuterRef, Q, Subquery

from network.enums import TOOK_PLACE
from network.models import Invitation, InvitationLetter, Organisation, Registration
from programme.enums import MailStatus
from programme.models import OutgoingMail

ARRIVED = frozenset({MailStatus.SENT})
LOST = frozenset({MailStatus.BOUNCED, MailStatus.FAILED})


@dataclass(frozen=True)
class Reach:
    """The last signs between the network and one organisation; None means never."""

    organisation: Organisation
    letter: datetime | None
    answer: datetime | None
    attendance: datetime | None
    lost: int

    @property
    def heard(self) -> datetime | None:
        """Return when the organisation last gave a sign of life itself."""
        return max((d for d in (self.answer, self.attendance) if d), default=None)


def unreached(*, day: date) -> list[Reach]:
    """Return everybody the network invites, the ones silent longest first; four queries.

    A letter counts as delivered when the mail server took it, or when it went on paper. Presence
    counts by check-in, and at meetings without any check-in by having had a seat.
    """
    organisations = list(Organisation.objects.state_network(day))
    letters, lost = _letters()
    answers = _answers()
    present = _present()
    rows = [
        Reach(
            organisation=row,
            letter=letters.get(row.pk),
            answer=answers.get(row.pk),
            attendance=present.get(row.pk),
            lost=lost.get(row.pk, 0),
        )
        for row in organisations
    ]
    return sorted(rows, key=_silence)


def _silence(row: Reach) -> tuple[float, float, str]:
    heard = row.heard.timestamp() if row.heard else 0.0
    letter = row.letter.timestamp() if row.letter else 0.0
    return heard, letter, row.organisation.short_name


def _letters() -> tuple[dict[int, datetime], dict[int, int]]:
    """Return the last delivered letter and the number of lost ones by organisation."""
    mail = OutgoingMail.objects.filter(message_id=OuterRef("message_id"))
    known = InvitationLetter.objects.annotate(mail_status=Subquery(mail.values("status")[:1]))
    delivered = Q(message_id="") | Q(mail_status__in=ARRIVED)
    grouped = (
        known.order_by()
        .values("invitation__organisation")
        .annotate(
            last=Max("sent_at", filter=delivered),
            lost=Count("pk", filter=Q(mail_status__in=LOST)),
        )
    )
    rows = list(grouped.values_list("invitation__organisation", "last", "lost"))
    return {pk: last for pk, last, _ in rows if last}, {pk: lost for pk, _, lost in rows}


def _answers() -> dict[int, datetime]:
    grouped = Invitation.objects.order_by().values("organisation").annotate(Max("answered_at"))
    rows = grouped.values_list("organisation", "answered_at__max")
    return {pk: answered for pk, answered in rows if answered}


def _present() -> dict[int, datetime]:
    rows = Registration.objects.attended().filter(
        meeting__status__in=TOOK_PLACE, meeting__starts_at__isnull=False
    )
    grouped = rows.order_by().values("invitation__organisation")
    counted = grouped.annotate(last=Max("meeting__starts_at"))
    return dict(counted.values_list("invitation__organisation", "last"))
