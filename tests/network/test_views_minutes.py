"""Writing minutes on one page: typed words stay, clashes are shown, release in two clicks."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from network.enums import Audience, MeetingStatus, MinutesKind
from network.models import Meeting, MinutesItem
from network.queries.minutes import rows_of
from network.rules.minutes import fingerprint
from programme import clock
from programme.models import Printout
from tests.factories.network import MeetingFactory, MinutesItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(programme):
    meeting = MeetingFactory(
        programme=programme,
        status=MeetingStatus.HELD,
        starts_at=clock.now() - timedelta(days=2),
        ends_at=clock.now() - timedelta(days=1),
    )
    meeting.agenda.create(position=1, title="Begrüßung", speaker="Öznur Groß")
    return meeting


def send(client, meeting, **fields):
    fields.setdefault("seen", fingerprint(rows_of(meeting)))
    address = reverse("network:minutes", args=[meeting.slug])
    return client.post(address, {"form_key": uuid4(), **fields})


def new(meeting, **fields):
    item = meeting.agenda.get().pk
    return {f"n{item}_{name}": value for name, value in fields.items()}


def test_the_items_of_the_agenda_are_there_at_once(office, meeting, django_assert_num_queries):
    page = office.get(reverse("network:minutes", args=[meeting.slug])).content.decode()

    assert "Begrüßung" in page
    assert "Öznur Groß" in page
    assert "Neuer Eintrag zu „Begrüßung“" in page


def test_a_result_with_an_owner_becomes_a_decision(office, meeting):
    response = send(
        office,
        meeting,
        **new(meeting, text="Merkblatt in fünf Sprachen", owner="Fulda", due_on="2028-02-29"),
    )

    row = MinutesItem.objects.get()
    assert response.status_code == 302
    assert (row.kind, row.owner, str(row.due_on)) == ("decision", "Fulda", "2028-02-29")
    assert row.agenda_item.title == "Begrüßung"


def test_a_decision_without_words_is_asked_for_them(office, meeting):
    response = send(office, meeting, **new(meeting, owner="Fulda"))

    assert response.status_code == 422
    assert "Bitte schreiben Sie, was verabredet ist." in response.content.decode()
    assert 'value="Fulda"' in response.content.decode()


def test_a_wrong_day_keeps_what_was_typed(office, meeting):
    response = send(office, meeting, **new(meeting, text="Müller fragt nach", due_on="30.2.2028"))

    assert response.status_code == 422
    assert "Müller fragt nach" in response.content.decode()
    assert not MinutesItem.objects.exists()


def test_two_people_write_at_once_and_nothing_is_lost(office, meeting):
    mine = MinutesItemFactory(meeting=meeting, position=1, text="alt")
    gone = MinutesItemFactory(meeting=meeting, position=2, text="verschwindet")
    seen = fingerprint(rows_of(meeting))
    MinutesItem.objects.filter(pk=gone.pk).delete()
    theirs = MinutesItemFactory(
        meeting=meeting,
        position=3,
        text="von Çelik",
        kind=MinutesKind.DECISION,
        owner="Fulda",
        due_on=date(2028, 2, 29),
    )

    typed = {f"r{mine.pk}_text": "meins", f"r{gone.pk}_text": "trotzdem", "seen": seen}
    first = send(office, meeting, **typed)
    page, form = first.content.decode(), first.context["form"]
    names = ("kind", "text", "owner", "due_on")
    shown = {name: form[f"r{theirs.pk}_{name}"].value() for name in names}
    again = send(
        office,
        meeting,
        **typed
        | {f"r{theirs.pk}_{name}": value for name, value in shown.items()}
        | {"seen": form["seen"].value()},
    )

    assert first.status_code == 422
    assert "Jemand anderes hat die Niederschrift geändert" in page
    assert "meins" in page
    assert "trotzdem" in page
    assert "von Çelik" in page
    assert shown == dict(zip(names, ("decision", "von Çelik", "Fulda", "2028-02-29"), strict=True))
    assert again.status_code == 302
    assert [row.text for row in rows_of(meeting)] == ["meins", "von Çelik", "trotzdem"]


def test_a_button_saves_and_moves(office, meeting):
    first = MinutesItemFactory(meeting=meeting, position=1, text="eins")
    second = MinutesItemFactory(meeting=meeting, position=2, text="zwei")

    send(
        office,
        meeting,
        **{f"r{first.pk}_text": "eins, neu", f"r{second.pk}_text": "zwei"},
        step=f"up-{second.pk}",
    )

    assert [row.text for row in rows_of(meeting)] == ["zwei", "eins, neu"]


def test_saved_and_released_in_two_clicks(office, meeting):
    release = reverse("network:release_minutes", args=[meeting.slug])

    saved = send(office, meeting, **new(meeting, text="Ergebnis"), step="release")
    proposed = office.get(release)
    done = office.post(release, {"audience": "offices", "form_key": uuid4()})

    assert saved["Location"] == release
    assert proposed.context["form"].initial["audience"] == Audience.OFFICES
    assert "Ergebnis" in proposed.content.decode()
    assert done.status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).minutes_audience == Audience.OFFICES


def test_empty_minutes_are_refused_at_the_form(office, meeting):
    release = reverse("network:release_minutes", args=[meeting.slug])

    response = office.post(release, {"audience": "public", "form_key": uuid4()})

    assert response.status_code == 422
    assert "noch leer" in response.content.decode()


def test_released_minutes_stand_on_the_public_page(client, meeting):
    MinutesItemFactory(meeting=meeting, text="Alle Stellen <b>tauschen</b> Merkblätter.")
    address = reverse("network:meeting", args=[meeting.slug])
    before = client.get(address).content.decode()
    Meeting.objects.update(minutes_audience=Audience.PUBLIC, minutes_released_at=clock.now())

    page = client.get(address).content.decode()

    assert "tauschen" not in before
    assert "&lt;b&gt;tauschen" in page


def test_the_list_marks_what_is_overdue(office, meeting, django_assert_num_queries):
    yesterday = clock.today() - timedelta(days=1)
    MinutesItemFactory(meeting=meeting, kind=MinutesKind.DECISION, due_on=yesterday)
    office.get(reverse("network:decisions"))

    with django_assert_num_queries(7):
        page = office.get(reverse("network:decisions")).content.decode()
    for _ in range(2):
        MinutesItemFactory(meeting=meeting, kind=MinutesKind.DECISION)
    with django_assert_num_queries(7):
        office.get(reverse("network:decisions"))

    assert "überfällig" in page


def test_done_is_one_press(office, meeting):
    row = MinutesItemFactory(meeting=meeting, kind=MinutesKind.DECISION)

    office.post(reverse("network:settle_decision", args=[row.pk]))
    page = office.get(reverse("network:decisions"), {"stand": "erledigt"}).content.decode()

    assert "erledigt am" in page


def test_the_pdf_is_asked_for_with_one_press(office, meeting):
    response = office.post(reverse("network:print_minutes", args=[meeting.slug]))

    printout = Printout.objects.get()
    assert response["Location"] == reverse("programme:printout", args=[printout.pk])
