"""Printouts: made by the worker, fetched by one person, gone after a week."""

from datetime import timedelta

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from programme import clock, jobs
from programme.enums import PrintoutStatus
from programme.errors import RuleBroken
from programme.models import Printout
from programme.services import printouts
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 Gr\xc3\xb6\xc3\x9fe"
tries: list[str] = []


@jobs.job(max_attempts=1)
def print_nothing(*, printout: str, word: str) -> None:
    """Stand for the job of a floor."""
    tries.append(word)


@pytest.fixture
def printout():
    return printouts.ask(
        title="Anwesenheitsliste",
        download_name="liste.pdf",
        back_url="/intern/",
        by=UserFactory.create(),
    )


def test_a_finished_printout_keeps_its_first_file(printout):
    printouts.finish_with(pk=printout.pk, content=PDF, pages=2)
    printouts.finish_with(pk=str(printout.pk), content=b"%PDF-1.7 other", pages=3)

    printout.refresh_from_db()
    with printout.file.open("rb") as file:
        assert (printout.status, printout.pages, file.read()) == (PrintoutStatus.READY, 2, PDF)


def test_a_job_that_is_repeated_after_a_kill_leaves_one_file(printout):
    storage = printout.file.storage
    storage.save(f"ausdrucke/{printout.pk}.pdf", printouts.ContentFile(b"half"))

    printouts.finish_with(pk=printout.pk, content=PDF)

    printout.refresh_from_db()
    assert printout.file.name == f"ausdrucke/{printout.pk}.pdf"


def test_a_broken_rule_is_shown_and_not_tried_again(printout):
    with printouts.making(pk=printout.pk):
        raise RuleBroken("Das Dokument ist zu lang, um es zu setzen.")

    printout.refresh_from_db()
    assert printout.status == PrintoutStatus.FAILED
    assert printout.error == "Das Dokument ist zu lang, um es zu setzen."


def test_any_other_fault_goes_on_to_the_job(printout):
    with pytest.raises(ZeroDivisionError), printouts.making(pk=printout.pk):
        raise ZeroDivisionError

    printout.refresh_from_db()
    assert printout.error == printouts.UNEXPECTED


def test_a_template_that_cannot_be_set_is_a_failure(printout):
    with pytest.raises(Exception, match="missing"):
        printouts.finish(pk=printout.pk, template="pdf/missing.html", context={}, identifier="1")

    printout.refresh_from_db()
    assert printout.status == PrintoutStatus.FAILED


def test_trying_again_starts_the_same_job_again(printout):
    print_nothing.enqueue(printout=str(printout.pk), word="Ähre")
    printouts.fail(pk=printout.pk, reason="Fehler")

    printouts.retry(printout=printout, by=printout.requested_by)

    rows = DBTaskResult.objects.filter(args_kwargs__kwargs__printout=str(printout.pk))
    printout.refresh_from_db()
    assert (rows.count(), printout.status, printout.error) == (2, PrintoutStatus.WAITING, "")


def test_trying_again_is_refused_while_the_work_is_not_late(printout):
    with pytest.raises(RuleBroken, match="gerade erstellt"):
        printouts.retry(printout=printout, by=printout.requested_by)


def test_trying_again_without_a_job_says_where_to_ask(printout):
    printouts.fail(pk=printout.pk, reason="Fehler")

    with pytest.raises(RuleBroken, match="noch einmal an"):
        printouts.retry(printout=printout, by=printout.requested_by)


def test_after_seven_days_row_and_file_are_gone_and_a_second_run_finds_nothing(printout):
    printouts.finish_with(pk=printout.pk, content=PDF)
    printout.refresh_from_db()
    name, storage = printout.file.name, printout.file.storage

    with time_machine.travel(clock.now() + timedelta(days=6)):
        early = printouts.forget_printouts.func()
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        counts = [printouts.forget_printouts.func() for _ in range(2)]

    assert (early, counts) == (0, [1, 0])
    assert not storage.exists(name)
    assert not Printout.objects.exists()
