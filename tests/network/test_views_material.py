"""Material over the web: two clicks to release, every way in has its own guard."""

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from network.enums import Audience, MeetingStatus
from network.models import Material
from programme import tokens
from programme.enums import Role
from tests.factories.network import (
    MaterialFactory,
    MeetingFactory,
    MembershipFactory,
    RegistrationFactory,
)
from tests.factories.programme import UserFactory
from tests.pages import put_away

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1\n%%EOF\n"


@pytest.fixture
def meeting(programme):
    return MeetingFactory(programme=programme, status=MeetingStatus.HELD)


@pytest.fixture
def file(meeting):
    def make(audience, **kwargs):
        return MaterialFactory(
            meeting=meeting,
            audience=audience,
            file=ContentFile(PDF, name="x.pdf"),
            name="Größe & Öffnungszeiten.pdf",
            **kwargs,
        )

    return make


def status(client, *address):
    response = client.get(reverse(address[0], args=address[1:]))
    put_away(response)
    return response.status_code


def test_uploaded_and_released_in_two_clicks(office, meeting):
    page = reverse("network:materials", args=[meeting.slug])
    sent = {"uploads": SimpleUploadedFile("Vortrag Ä.pdf", PDF), "audience": "team"}

    added = office.post(page, {**sent, "form_key": uuid4()})
    row = Material.objects.get()
    release = reverse("network:release_material", args=[meeting.slug, row.pk])
    listed = office.get(page).content.decode()
    proposed = office.get(release)
    office.post(release, {"audience": "offices", "form_key": uuid4()})

    row.refresh_from_db()
    assert added.status_code == 302
    assert release in listed
    assert proposed.context["form"].initial["audience"] == Audience.OFFICES
    assert row.audience == Audience.OFFICES


def test_a_page_of_scripts_is_refused_at_the_field(office, meeting):
    page = reverse("network:materials", args=[meeting.slug])
    sent = {"uploads": SimpleUploadedFile("bild.png", b"<html><script>"), "title": "Übersicht"}

    response = office.post(page, {**sent, "audience": "team", "form_key": uuid4()})

    assert response.status_code == 422
    assert 'value="Übersicht"' in response.content.decode()
    assert not Material.objects.exists()


def test_the_list_costs_the_same_for_one_and_three_files(
    office, meeting, file, django_assert_max_num_queries
):
    file(Audience.TEAM)
    page = reverse("network:materials", args=[meeting.slug])
    office.get(page)
    with django_assert_max_num_queries(8) as first:
        office.get(page)
    for _ in range(2):
        file(Audience.PUBLIC)
    with django_assert_max_num_queries(8) as second:
        office.get(page)

    assert len(first) == len(second)


def test_everybody_gets_public_files_only(client, meeting, file):
    answers = {
        audience.value: status(client, "network:material", meeting.slug, file(audience).pk)
        for audience in Audience
    }

    assert answers == {"team": 404, "participants": 404, "offices": 404, "public": 200}


def test_a_download_is_never_shown_or_guessed_at(client, meeting, file):
    row = file(Audience.PUBLIC)

    response = client.get(reverse("network:material", args=[meeting.slug, row.pk]))

    assert b"".join(response) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_participants_link_opens_the_files_of_that_meeting(client, meeting, file):
    registration = RegistrationFactory(invitation__meeting=meeting)
    token = tokens.token("registration", registration.token_seed)
    foreign = MaterialFactory(audience=Audience.PUBLIC, meeting__programme=meeting.programme)

    def get(pk, key=token):
        return status(client, "network:participant_material", key, pk)

    assert get(file(Audience.PARTICIPANTS).pk) == 200
    assert get(file(Audience.TEAM).pk) == 404
    assert get(foreign.pk) == 404
    assert get(file(Audience.PARTICIPANTS).pk, "x" * 43) == 404


def test_members_get_what_offices_may_read_as_long_as_they_belong(signed_in, meeting, file):
    member = UserFactory(roles=[Role.MEMBER])
    row = file(Audience.OFFICES)
    client = signed_in(user=member)
    before = status(client, "network:office_material", meeting.slug, row.pk)
    MembershipFactory(user=member)

    assert before == 404
    assert status(client, "network:office_material", meeting.slug, row.pk) == 200
    hidden = file(Audience.PARTICIPANTS)
    assert status(client, "network:office_material", meeting.slug, hidden.pk) == 404


def test_the_team_gets_every_file_and_a_lost_one_is_missing(office, meeting, file):
    row = file(Audience.TEAM)
    found = status(office, "network:office_material", meeting.slug, row.pk)
    row.file.storage.delete(row.file.name)

    assert found == 200
    assert status(office, "network:office_material", meeting.slug, row.pk) == 404


def test_a_file_of_another_meeting_is_not_found(office, meeting, file):
    row = file(Audience.TEAM)
    other = MeetingFactory(programme=meeting.programme)

    for name in ("edit_material", "release_material", "remove_material"):
        assert status(office, f"network:{name}", other.slug, row.pk) == 404


def test_changing_and_replacing_in_one_form(office, meeting, file):
    row = file(Audience.TEAM)
    sent = {
        "title": "Neu",
        "audience": "public",
        "note": "berichtigt",
        "file": SimpleUploadedFile("neu.pdf", b"%PDF-1.7\n2\n%%EOF\n"),
    }
    page = reverse("network:edit_material", args=[meeting.slug, row.pk])

    response = office.post(page, {**sent, "form_key": uuid4()})

    row.refresh_from_db()
    assert response.status_code == 302
    assert (row.title, row.name) == ("Neu", "neu.pdf")
    assert "berichtigt" in office.get(page).content.decode()


def test_deleting_asks_once(office, meeting, file):
    row = file(Audience.TEAM)
    page = reverse("network:remove_material", args=[meeting.slug, row.pk])

    asked = office.get(page)
    office.post(page, {"form_key": uuid4()})

    assert row.name.replace("&", "&amp;") in asked.content.decode()
    assert not Material.objects.exists()
