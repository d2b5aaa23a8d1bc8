"""F31: nothing goes public or out by letter that does not say who pays for it."""

import pytest

from network.enums import MeetingStatus
from network.services import certificates, invitations, meetings
from programme.errors import RuleBroken
from programme.models import Programme
from tests.factories.network import ContactFactory, MeetingFactory
from tests.factories.programme import UserFactory
from tests.house.source import ROOT

pytestmark = pytest.mark.django_db
NOTICES = ["", "Gefördert von der Europäischen Union."]


@pytest.fixture
def draft():
    return MeetingFactory(status=MeetingStatus.DRAFT)


@pytest.mark.parametrize("notice", NOTICES)
def test_without_notice_or_fund_nothing_is_published_or_sent(draft, notice):
    Programme.objects.update(funding_notice=notice)
    office, by = ContactFactory().organisation, UserFactory()

    for act in (
        lambda: meetings.publish(meeting=draft, by=by),
        lambda: invitations.invite(meeting=draft, organisations=[office], by=by),
        lambda: certificates.issue_all(meeting=draft, by=by),
    ):
        with pytest.raises(RuleBroken, match=r"Regel F31: Auf .* fehlt: Name des Fonds"):
            act()

    draft.refresh_from_db()
    assert draft.status == MeetingStatus.DRAFT


def test_with_the_notice_a_meeting_is_published_and_invited_to(draft):
    office, by = ContactFactory().organisation, UserFactory()

    invited = invitations.invite(meeting=draft, organisations=[office], by=by)

    draft.refresh_from_db()
    assert (len(invited), draft.status) == (1, MeetingStatus.PUBLISHED)


@pytest.mark.parametrize(
    "name", ["invitation_letter", "return_form", "minutes", "attendance", "certificates"]
)
def test_every_paper_of_a_meeting_shows_the_emblem(name):
    text = (ROOT / f"templates/pdf/network/{name}.html").read_text(encoding="utf-8")

    assert "components/eu_emblem.svg" in text or "pdf/funding.html" in text
