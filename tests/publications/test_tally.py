"""Downloads are noted in memory and counted together a moment later."""

import time

import pytest

from publications import tally
from publications.models import DownloadCount
from tests.factories.publications import EditionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def note(edition, number, agent="Mozilla/5.0"):
    tally.note(edition=edition.pk, form="pdf", address=f"192.0.2.{number}", agent=agent)


def counted():
    return list(DownloadCount.objects.values_list("edition", "format", "count"))


def test_noting_writes_nothing_until_the_process_ends(settings, django_assert_num_queries):
    settings.DOWNLOADS_COUNTED_EVERY_SECONDS = 3600
    edition = EditionFactory.create()

    with django_assert_num_queries(0):
        for number in (1, 2, 3, 3):
            note(edition, number)
    before = counted()
    tally.write_down()
    tally.write_down()

    assert (before, counted()) == ([], [(edition.pk, "pdf", 3)])


def test_what_was_noted_is_counted_by_itself_after_a_moment(settings):
    settings.DOWNLOADS_COUNTED_EVERY_SECONDS = 0.05
    edition = EditionFactory.create()

    note(edition, 1)
    for _ in range(100):
        if counted():
            break
        time.sleep(0.05)

    assert counted() == [(edition.pk, "pdf", 1)]


def test_programs_are_not_noted(settings):
    settings.DOWNLOADS_COUNTED_EVERY_SECONDS = 0

    note(EditionFactory.create(), 1, agent="curl/8.5.0")

    assert counted() == []
