"""Copies for libraries: owed, reminded of, ticked off."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from programme import clock
from programme.enums import Role
from publications.enums import DepositForm, DepositLibrary, EditionStatus
from publications.models import DepositTask
from publications.services import deposits
from tests.factories.library import DepositTaskFactory, ImprintFactory
from tests.factories.programme import UserFactory
from tests.factories.publications import EditionFactory
from tests.letters import letters, newest
from tests.pages import keyed, text
from tests.publications import world

pytestmark = pytest.mark.django_db
LETTERS = Path(__file__).parent / "letters"


@pytest.fixture
def edition(programme):
    """An edition that came out on 3 July 2017."""
    return EditionFactory(
        publication__programme=programme,
        number=1,
        status=EditionStatus.PUBLISHED,
        published_at=datetime(2017, 7, 3, 8, 0, tzinfo=UTC),
        pdf_pages=60,
    )


@pytest.fixture
def office(client):
    """A signed-in person of the programme team."""
    person = UserFactory(
        roles=[Role.OFFICE], full_name="Jörg Ünal", email="joerg.uenal@example.org"
    )
    client.force_login(person)
    return client


def on(day):
    """What the daily job does on a day."""
    with time_machine.travel(f"{day}T09:00:00+02:00", tick=False):
        return deposits.remind_of_deposits.call()


def test_the_tasks_come_with_the_edition_and_only_once(edition):
    deposits.owe(edition=edition)
    deposits.owe(edition=edition)

    rows = DepositTask.objects.order_by("due_on", "form")
    assert list(rows.values_list("library", "form", "copies", "due_on", "done_on")) == [
        (DepositLibrary.DNB, DepositForm.ONLINE, 1, date(2017, 7, 10), None),
        (DepositLibrary.DNB, DepositForm.PRINT, 2, date(2017, 7, 10), None),
        (DepositLibrary.HLB, DepositForm.ONLINE, 1, date(2017, 8, 3), None),
        (DepositLibrary.HLB, DepositForm.PRINT, 1, date(2017, 8, 3), None),
    ]


def test_an_edition_the_worker_has_set_owes_its_copies():
    edition = world.published()

    assert edition.deposits.filter(done_on=None).count() == 4


def test_what_the_size_exempts_is_done_with_its_reason(edition):
    ImprintFactory(publication=edition.publication, print_run=20)

    deposits.owe(edition=edition)

    (exempt,) = DepositTask.objects.exclude(exempt_because="")
    assert (exempt.library, exempt.form) == (DepositLibrary.DNB, DepositForm.PRINT)
    assert (exempt.done_on, exempt.done_by) == (date(2017, 7, 3), None)


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(
    office, programme, amount, django_assert_num_queries
):
    for _ in range(amount):
        DepositTaskFactory(edition__publication__programme=programme)
    office.get(reverse("publications:deposits"))

    with django_assert_num_queries(6):
        response = office.get(reverse("publications:deposits"))

    assert len(response.context["rows"]) == amount
    assert "überfällig" in text(response)


def test_workspace_and_start_page_tell_what_is_late(office, programme):
    DepositTaskFactory(edition__publication__programme=programme)
    DepositTaskFactory(edition__publication__programme=programme, done_on=date(2017, 7, 4))

    assert "(1 offen, 1 überfällig)" in text(office.get(reverse("publications:workspace")))
    start = text(office.get(reverse("dashboard:start")))
    assert "Pflichtexemplare abgeben" in start
    assert "1 davon überfällig" in start


def test_a_task_is_ticked_off_with_its_reference(office, edition):
    task = DepositTaskFactory(edition=edition)
    url = reverse("publications:deposit", args=[task.pk])

    response = office.post(url, keyed(done_on="2017-07-05", reference="DHL 4711"))

    assert response.status_code == 302
    task.refresh_from_db()
    assert (task.done_on, task.reference) == (date(2017, 7, 5), "DHL 4711")
    assert task.done_by.full_name == "Jörg Ünal"


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({"done_on": "2017-07-05"}, "reference", "entweder einen Beleg"),
        (
            {"done_on": "2017-07-05", "reference": "x", "exempt_because": "y"},
            "reference",
            "entweder einen Beleg",
        ),
        ({"done_on": "2999-01-01", "reference": "x"}, "done_on", "in der Zukunft"),
        ({"done_on": "31.02.2017", "reference": "x"}, "done_on", "gültiges Datum"),
    ],
)
def test_half_an_entry_is_refused_at_its_field(office, edition, sent, field, told):
    task = DepositTaskFactory(edition=edition)

    response = office.post(reverse("publications:deposit", args=[task.pk]), keyed(sent))

    assert response.status_code == 422
    assert told in " ".join(response.context["form"].errors[field])
    task.refresh_from_db()
    assert task.done_on is None


def test_an_unknown_task_is_missing(office):
    assert office.get(reverse("publications:deposit", args=[4711])).status_code == 404


def test_the_team_is_reminded_once_before_each_date(office, edition):
    deposits.owe(edition=edition)

    sent = [on(day) for day in ("2017-07-03", "2017-07-04", "2017-07-06", "2017-07-09")]

    assert sent == [1, 0, 1, 1]
    assert letters() == [("publications/deposit_reminder", "joerg.uenal@example.org")] * 3


def test_the_team_is_told_once_of_what_is_overdue_even_if_the_clock_goes_back(office, edition):
    deposits.owe(edition=edition)
    on("2017-07-10")

    sent = [on(day) for day in ("2017-07-11", "2017-07-12", "2017-07-10", "2017-07-11")]

    assert sent == [1, 0, 0, 0]
    assert letters()[-1] == ("publications/deposit_overdue", "joerg.uenal@example.org")


def test_what_is_due_and_what_is_overdue_go_in_letters_of_their_own(office, edition):
    deposits.owe(edition=edition)

    assert on("2017-07-27") == 2  # 17 days late at one library, 7 days early at the other

    assert {letter for letter, _ in letters()} == {
        "publications/deposit_overdue",
        "publications/deposit_reminder",
    }
    assert on("2017-08-04") == 1


def test_nobody_is_told_of_overdue_copies_that_were_sent(office, edition):
    deposits.owe(edition=edition)
    DepositTask.objects.update(done_on=date(2017, 7, 5))

    assert on("2017-09-01") == 0


@pytest.mark.parametrize(
    ("day", "letter"), [("2017-07-03", "deposit_reminder"), ("2017-07-11", "deposit_overdue")]
)
def test_each_letter_reads_as_agreed(office, edition, day, letter):
    edition.publication.slug = "abschlussbericht"
    deposits.owe(edition=edition)
    on(day)

    mail = newest()

    read = f"Betreff: {mail.subject}\nAn: {mail.recipient}\n\n{mail.text_body}"
    assert read == (LETTERS / f"{letter}.txt").read_text(encoding="utf-8")
    assert "Jörg Ünal" in mail.html_body


def test_nobody_is_reminded_of_what_is_done(office, edition):
    DepositTaskFactory(edition=edition, due_on=clock.today(), done_on=clock.today())

    assert deposits.remind_of_deposits.call() == 0
