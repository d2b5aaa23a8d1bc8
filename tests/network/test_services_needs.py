"""Needs: encrypted, read by two roles, counted without names, forgotten with a receipt."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection

from network.enums import AttendanceMode, MeetingStatus, RegistrationStatus
from network.models import Needs
from network.queries.needs import for_caterer
from network.rules.needs import NeedsText
from network.services import needs
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, DeletionReceipt
from tests.factories.network import InvitationFactory, NeedsFactory, RegistrationFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
NOTE = "Erdnussallergie Größe XL"


@pytest.fixture
def registration():
    return RegistrationFactory.create()


def test_no_plain_text_stands_in_the_database_or_the_log(registration, caplog):
    caplog.set_level(logging.DEBUG)

    needs.note(registration=registration, diet=["vegan"], diet_note=NOTE, access="Rollstuhl")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM network_needs")
        stored = str(cursor.fetchall())
    for word in ("vegan", "Erdnuss", "Rollstuhl"):
        assert word not in stored
    assert "Erdnuss" not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN])
def test_two_roles_read_and_each_look_is_noted(registration, role):
    needs.note(registration=registration, diet=["vegan", "halal"], diet_note=NOTE)
    person = UserFactory.create(roles=[role])

    text = needs.read(registration=registration, by=person)

    entry = AuditEntry.objects.get()
    assert text == NeedsText(diet=("vegan", "halal"), diet_note=NOTE)
    assert text.diet_labels == ["vegan", "halal"]
    assert (entry.verb, entry.actor) == ("needs.read", person)
    assert registration.full_name not in entry.sentence


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.OFFICE, Role.ADMIN}))
def test_other_roles_never_read(registration, role):
    person = UserFactory.create(roles=[role])

    for ask in (
        lambda: needs.read(registration=registration, by=person),
        lambda: needs.read_all(meeting=registration.meeting, by=person),
    ):
        with pytest.raises(PermissionDenied):
            ask()


def test_new_words_replace_the_old_and_no_words_take_them_away(registration):
    person = UserFactory.create(roles=[Role.OFFICE])
    needs.note(registration=registration, diet=["vegan"])
    needs.note(registration=registration, access="Induktionsschleife")

    assert needs.read(registration=registration, by=person) == NeedsText(
        access="Induktionsschleife"
    )

    needs.note(registration=registration, diet_note="  ")
    assert not Needs.objects.exists()


def test_unknown_diets_and_long_notes_are_refused(registration):
    for field, values in (
        ("diet", {"diet": ["steak"]}),
        ("diet_note", {"diet_note": "x" * 301}),
        ("access", {"access": "x" * 301}),
    ):
        with pytest.raises(RuleBroken) as broken:
            needs.note(registration=registration, **values)
        assert broken.value.field == field


def test_the_caterer_gets_numbers_of_those_who_eat_on_site():
    invitation = InvitationFactory.create()
    states = (
        {"status": RegistrationStatus.CONFIRMED},
        {"status": RegistrationStatus.CONFIRMED},
        {"status": RegistrationStatus.WAITING},
        {"status": RegistrationStatus.CONFIRMED, "mode": AttendanceMode.ONLINE},
    )
    for state in states:
        person = RegistrationFactory.create(invitation=invitation, **state)
        needs.note(registration=person, diet=["vegan"], diet_note=NOTE, access="Aufzug")

    counts = for_caterer(invitation.meeting)

    assert (counts.people, counts.diets) == (2, (("vegan", 2),))
    assert (counts.diet_notes, counts.access_needs, counts.without_wish) == (2, 2, False)
    assert counts.online_access_needs == 1


def test_of_those_online_only_access_is_told_and_of_those_waiting_nothing():
    invitation = InvitationFactory.create()
    team = UserFactory.create(roles=[Role.OFFICE])
    seat = {"invitation": invitation, "status": RegistrationStatus.CONFIRMED}
    online = seat | {"mode": AttendanceMode.ONLINE}
    eats = RegistrationFactory.create(full_name="A", **seat)
    listens = RegistrationFactory.create(full_name="B", **online)
    home = RegistrationFactory.create(full_name="C", **online)
    waits = RegistrationFactory.create(full_name="D", **seat | {"status": "waiting"})
    for person in (eats, waits):
        needs.note(registration=person, diet=["vegan"], diet_note=NOTE, access="Aufzug")
    needs.note(registration=listens, diet=["vegan"], diet_note=NOTE, access="Schriftdolmetschung")
    needs.note(registration=home, diet=["vegan"], diet_note=NOTE)

    found = needs.read_all(meeting=invitation.meeting, by=team)

    assert [(each.registration, each.needs) for each in found] == [
        (eats, NeedsText(diet=("vegan",), diet_note=NOTE, access="Aufzug")),
        (listens, NeedsText(access="Schriftdolmetschung")),
    ]
    assert needs.read(registration=home, by=team) == NeedsText()
    listens.mode = AttendanceMode.ON_SITE
    listens.save(update_fields=["mode"])
    assert needs.read(registration=listens, by=team).diet == ("vegan",)


@pytest.mark.parametrize("people", [1, 3])
def test_counting_needs_two_queries(people, django_assert_num_queries):
    invitation = InvitationFactory.create()
    for _ in range(people):
        NeedsFactory.create(registration__invitation=invitation)

    with django_assert_num_queries(2):
        for_caterer(invitation.meeting)


def test_seven_days_after_the_meeting_they_are_gone_with_a_receipt(registration):
    needs.note(registration=registration, diet=["vegan"])
    end = registration.meeting.ends_at

    with time_machine.travel(end + timedelta(days=7), tick=False):
        early = needs.forget_due.func()
    with time_machine.travel(end + timedelta(days=7, seconds=1), tick=False):
        runs = [needs.forget_due.func() for _ in range(2)]

    with time_machine.travel(end + timedelta(days=9), tick=False):
        assert for_caterer(registration.meeting).is_deleted
    assert not for_caterer(registration.meeting).is_deleted
    receipt = DeletionReceipt.objects.get()
    assert (early, runs) == ({}, [{registration.meeting.slug: 1}, {}])
    assert not Needs.objects.exists()
    assert receipt.subject == f"Angaben zu Kost und Zugang: {registration.meeting}"
    assert receipt.deleted == {"Angaben": 1}


def test_a_run_killed_before_the_receipt_and_repeated_ends_the_same(registration, monkeypatch):
    needs.note(registration=registration, diet=["vegan"])
    with time_machine.travel(registration.meeting.ends_at + timedelta(days=8), tick=False):
        with monkeypatch.context() as patch:
            patch.setattr(needs.deletions, "confirm", lambda **kwargs: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                needs.forget_due.func()
        between = Needs.objects.count()
        needs.forget_due.func()

    assert (between, Needs.objects.count(), DeletionReceipt.objects.count()) == (1, 0, 1)


def test_who_does_not_come_any_more_is_forgotten_at_once():
    NeedsFactory.create(registration__status=RegistrationStatus.CANCELLED)
    NeedsFactory.create(registration__invitation__meeting__status=MeetingStatus.CANCELLED)
    stays = NeedsFactory.create()

    needs.forget_due.func()

    assert list(Needs.objects.all()) == [stays]
