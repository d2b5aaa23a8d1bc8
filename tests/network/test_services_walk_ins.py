"""People nobody expected at the door."""

import pytest

from network.enums import Answer, OrganisationKind
from network.models import Invitation, Organisation
from network.services import walk_ins
from network.services.walk_ins import WalkIn
from programme.errors import RuleBroken
from tests.factories.network import MeetingFactory, OrganisationFactory, RegistrationFactory
from tests.network.moments import DOOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def person():
    return RegistrationFactory.create()


def test_a_walk_in_of_an_invited_office_is_there_at_once(person, by):
    invitation = person.invitation
    walk_in = WalkIn(full_name=" Zoë  Groß ", organisation=invitation.organisation)

    row = walk_ins.add(meeting=person.meeting, person=walk_in, by=by)

    row.refresh_from_db()
    assert (row.full_name, row.invitation, row.is_walk_in) == ("Zoë Groß", invitation, True)
    assert (row.arrived_at, row.email) == (DOOR, "")


def test_walk_ins_of_others_get_a_silent_invitation_once(by, mailoutbox):
    meeting = MeetingFactory.create()
    organisation = OrganisationFactory.create()

    for name in ("Zoë Groß", "Öznur Weiß"):
        walk_ins.add(
            meeting=meeting, person=WalkIn(full_name=name, organisation=organisation), by=by
        )

    invitation = Invitation.objects.get()
    assert (invitation.answer, invitation.registrations.count()) == (Answer.COMING, 2)
    assert not invitation.letters.exists()


def test_unknown_organisations_become_guests_once(by):
    meeting = MeetingFactory.create()

    for name in ("Bundesamt Größe", "bundesamt grösse", "BUNDESAMT GRÖSSE", "Neu", "neu!"):
        walk_ins.add(meeting=meeting, person=WalkIn(full_name="Zoë", guest_of=name), by=by)

    guests = Organisation.objects.filter(kind=OrganisationKind.GUEST)
    slugs = set(guests.values_list("slug", flat=True))
    assert "bundesamt-groesse" in slugs
    assert len(slugs) == guests.count()


def test_walk_ins_without_name_or_organisation_and_known_addresses_are_refused(person, by):
    organisation = person.invitation.organisation
    refused = {
        "full_name": WalkIn(full_name="\u200b", organisation=organisation),
        "organisation": WalkIn(full_name="Zoë"),
        "email": WalkIn(full_name="Zoë", email=person.email.upper(), organisation=organisation),
    }

    for field, walk_in in refused.items():
        with pytest.raises(RuleBroken) as broken:
            walk_ins.add(meeting=person.meeting, person=walk_in, by=by)
        assert broken.value.field == field
