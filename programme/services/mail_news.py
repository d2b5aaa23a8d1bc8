"""Tells the people who look after the outbox of mails that did not arrive."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from programme import clock, jobs
from programme.enums import MailStatus, Role
from programme.models import Notice, OutgoingMail
from programme.queries.people import holding
from programme.services import notices

EVERY_HOUR = 60 * 60
# Older ones were told before: news are forgotten, perhaps earlier than the mail they are about.
LOOK_BACK = timedelta(days=30)


@jobs.job(every=EVERY_HOUR)
@transaction.atomic
def tell_undelivered() -> int:
    """Tell team and administration once of each mail that failed or came back; returns to how
    many people something was news.

    Letters with news are left out: one that cannot be delivered would cause the next. So are
    mails older than 30 days.
    """
    lost = OutgoingMail.objects.filter(
        status__in=[MailStatus.FAILED, MailStatus.BOUNCED],
        unsubscribe_url="",
        created_at__gte=clock.now() - LOOK_BACK,
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
