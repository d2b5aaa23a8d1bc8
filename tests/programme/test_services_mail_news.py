"""Who looks after the outbox hears of each mail that did not arrive, once."""

from datetime import timedelta

import pytest
import time_machine

from programme import clock
from programme.enums import MailStatus, Role
from programme.models import Notice
from programme.services import mail_news, notices
from tests.factories.programme import OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_team_and_administration_hear_once_of_a_mail_that_did_not_arrive(programme):
    office, admin = UserFactory(roles=[Role.OFFICE]), UserFactory(roles=[Role.ADMIN])
    UserFactory(roles=[Role.MEMBER])
    failed = OutgoingMailFactory(
        status=MailStatus.FAILED, recipient="amt@example.org", subject="Einladung"
    )
    OutgoingMailFactory(status=MailStatus.SENT)
    OutgoingMailFactory(status=MailStatus.DELAYED)

    counts = [mail_news.tell_undelivered.call(), mail_news.tell_undelivered.call()]

    sentence = "Eine E-Mail an amt@example.org ist nicht angekommen: Einladung"
    path = f"/intern/postausgang/{failed.pk}/"
    assert counts == [2, 0]
    assert list(Notice.objects.order_by("user").values_list("user", "sentence", "path")) == [
        (office.pk, sentence, path),
        (admin.pk, sentence, path),
    ]


def test_a_mail_that_outlives_the_news_about_it_is_not_told_again(programme):
    UserFactory(roles=[Role.OFFICE])
    OutgoingMailFactory(status=MailStatus.FAILED)
    told = mail_news.tell_undelivered.call()

    with time_machine.travel(clock.now() + timedelta(days=91)):
        Notice.objects.update(sent_at=clock.now() - timedelta(days=91))
        notices.forget_told.call()
        again = mail_news.tell_undelivered.call()

    assert (told, again, Notice.objects.count()) == (1, 0, 0)


def test_news_that_did_not_arrive_cause_no_further_news(programme):
    UserFactory(roles=[Role.OFFICE])
    OutgoingMailFactory(
        status=MailStatus.BOUNCED, unsubscribe_url="https://portal.example.org/benachrichtigung/x/"
    )

    assert mail_news.tell_undelivered.call() == 0
