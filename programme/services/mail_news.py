"""Tells the people who look after the outbox of mails that did not arrive."""

from django.db import transaction
from django.urls import reverse

from programme import jobs
from programme.enums import MailStatus, Role
from programme.models import Notice, OutgoingMail
from programme.queries.people import holding
from programme.services import notices

EVERY_HOUR = 60 * 60


@jobs.job(every=EVERY_HOUR)
@transaction.atomic
def tell_undelivered() -> int:
    """Tell team and administration once of each mail that failed or came back; returns to how
    many people something was news.

    Letters with news are left out: one that cannot be delivered would cause the next.
    """
    lost = OutgoingMail.objects.filter(
        status__in=[MailStatus.FAILED, MailStatus.BOUNCED], unsubscribe_url=""
    )
    told = set(Notice.objects.filter(topic="post").values_list("key", flat=True))
    news = [mail for mail in lost.order_by("pk") if _key(mail) not in told]
    people = holding(Role.OFFICE, Role.ADMIN) if news else []
    return sum(
        notices.tell(
            topic="post",
            people=people,
            key=_key(mail),
            sentence=f"Eine E-Mail an {mail.recipient} ist nicht angekommen: {mail.subject}",
            path=reverse("programme:mail", args=[mail.pk]),
            by=None,
        )
        for mail in news
    )


def _key(mail: OutgoingMail) -> str:
    return f"mail:{mail.pk}"
