"""F31: nothing goes public or out by letter that does not say who pays for it."""

import pytest

from network.enums import MeetingStatus
from network.services import certificates, invitations, meetings
from programme.documents import shows_emblem
from programme.errors import RuleBroken
from programme.models import Programme
from programme.rules.publicity import funding_finding
from publications.rules import editions
from tests.factories.network import ContactFactory, MeetingFactory
from tests.factories.programme import UserFactory

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
    "template",
    [
        *(
            f"pdf/network/{name}.html"
            for name in ("invitation_letter", "return_form", "minutes", "attendance")
        ),
        *(certificates.TEMPLATE, *invitations.SHOWN, *editions.PRINTED),
        *("network/meeting.html", "components/footer.html", "base.html", "workspace.html"),
    ],
)
def test_every_page_and_paper_the_rule_is_asked_for_shows_the_emblem(template):
    assert shows_emblem(template)


def written(settings, folder, name, text):
    """Let a template be found before that of the portal."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    [engine] = settings.TEMPLATES
    options = engine["OPTIONS"] | {
        "loaders": ["django.template.loaders.filesystem.Loader"],
    }
    settings.TEMPLATES = [
        engine | {"DIRS": [folder, *engine["DIRS"]], "APP_DIRS": False, "OPTIONS": options}
    ]


BARE = "<p>Bescheinigung</p>"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (certificates.TEMPLATE, BARE),
        (certificates.TEMPLATE, '{% include "components/nothing.svg" %}'),
        ("components/eu_emblem.svg", ""),
        ("pdf/funding.html", "<div>Europäische Union</div>"),
    ],
)
def test_a_paper_that_lost_its_emblem_is_not_handed_out(draft, settings, tmp_path, name, text):
    written(settings, tmp_path, name, text)

    with pytest.raises(RuleBroken, match=r"Auf .* fehlt: Emblem der Europäischen Union\."):
        certificates.issue_all(meeting=draft, by=UserFactory())


def test_a_base_whose_block_is_written_anew_shows_nothing(settings, tmp_path):
    emblem = '{% include "components/eu_emblem.svg" %}'
    written(settings, tmp_path, "own_base.html", f"{{% block top %}}{emblem}{{% endblock %}}")
    extends = '{% extends "own_base.html" %}'
    for name, text, expected in (
        ("kept.html", extends, True),
        ("lost.html", f"{extends}{{% block top %}}{BARE}{{% endblock %}}", False),
        ("again.html", f"{extends}{{% block top %}}{emblem}{{% endblock %}}", True),
        ("looped.html", f"{{% for x in y %}}{{% if x %}}{emblem}{{% endif %}}{{% endfor %}}", True),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")

        assert shows_emblem(name) is expected, name
    assert not shows_emblem("missing.html")


def test_a_report_without_emblem_is_not_published(settings, tmp_path):
    written(settings, tmp_path, "publications/blocks/emblem.svg", "")

    found = funding_finding("Bericht", notice="AMIF", templates=editions.PRINTED)

    assert found is not None
    assert "Emblem der Europäischen Union" in found.message
    assert funding_finding("Bericht", notice="AMIF", templates=()) is not None
