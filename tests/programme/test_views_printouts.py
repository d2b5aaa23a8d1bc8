"""The page of a printout: wait, fetch, try again – only who asked for it."""

import pytest
from django.urls import reverse

from programme.enums import Role
from programme.services import printouts
from tests.factories.programme import UserFactory
from tests.pages import put_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory.create(roles=[Role.OFFICE])


@pytest.fixture
def printout(person):
    return printouts.ask(
        title="Anwesenheitsliste", download_name="Größe.pdf", back_url="/intern/", by=person
    )


def address(printout, name="printout"):
    return reverse(f"programme:{name}", args=[printout.pk])


def test_while_it_waits_the_page_reloads_without_scripts(signed_in, programme, person, printout):
    response = signed_in(user=person).get(address(printout))

    assert '<meta http-equiv="refresh" content="3">' in response.content.decode()
    assert "wird vorbereitet" in response.content.decode()


def test_the_script_asks_the_same_address(signed_in, programme, person, printout):
    client = signed_in(user=person)
    before = client.get(address(printout), headers={"accept": "application/json"}).json()
    printouts.finish_with(pk=printout.pk, content=b"%PDF-1.7", pages=1)

    after = client.get(address(printout), headers={"accept": "application/json"}).json()

    assert (before["finished"], after["finished"]) == (False, True)


def test_a_long_work_says_how_far_it_is_with_and_without_scripts(
    signed_in, programme, person, printout
):
    printouts.note_progress(pk=printout.pk, done=1200, whole=10_000, what="Belegen gesetzt")
    client = signed_in(user=person)

    html = client.get(address(printout)).content.decode()
    told = client.get(address(printout), headers={"accept": "application/json"}).json()

    assert '<p role="status" data-stage>1.200 von 10.000 Belegen gesetzt</p>' in html
    assert 'max="100" value="12"' in html
    assert '<meta http-equiv="refresh" content="3">' in html
    assert told == {
        "progress": 12,
        "stage": "1.200 von 10.000 Belegen gesetzt",
        "finished": False,
    }


def test_the_finished_file_is_a_download(signed_in, programme, person, printout):
    printouts.finish_with(pk=printout.pk, content=b"%PDF-1.7", pages=1)

    page = signed_in(user=person).get(address(printout)).content.decode()
    file = signed_in(user=person).get(address(printout, "printout_file"))

    assert "1 Seite." in page
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert (file.headers["Content-Type"], b"".join(file)) == ("application/pdf", b"%PDF-1.7")
    put_away(file)


def test_before_it_is_finished_there_is_no_file(signed_in, programme, person, printout):
    assert signed_in(user=person).get(address(printout, "printout_file")).status_code == 404


def test_a_colleague_finds_nothing(signed_in, programme, printout):
    client = signed_in(Role.OFFICE)
    printouts.finish_with(pk=printout.pk, content=b"%PDF-1.7")

    answers = [client.get(address(printout, name)) for name in ("printout", "printout_file")]
    answers.append(client.post(address(printout, "retry_printout")))

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_failure_says_why_and_offers_another_try(signed_in, programme, person, printout):
    printouts.fail(pk=printout.pk, reason="Das Setzen hat zu lange gedauert.")
    client = signed_in(user=person)

    page = client.get(address(printout)).content.decode()
    again = client.post(address(printout, "retry_printout"), follow=True).content.decode()

    assert "Das Setzen hat zu lange gedauert." in page
    assert "Noch einmal versuchen" in page
    assert "noch einmal an, wo Sie herkommen" in again
