"""Sample data: substance at every site, and gone again without a trace."""

import pytest
from django.core.files.storage import default_storage
from django.db.models import Count

from network.services import master_data as network_master_data
from programme import clock
from programme.enums import Role
from sites.enums import Phase
from sites.models import (
    CoachingDay,
    Contribution,
    ContributionComment,
    ContributionVersion,
    DocumentVersion,
    Goal,
    Measure,
    MeasureUpdate,
    NextStep,
    PracticeCard,
    Site,
    SiteAgreement,
    SiteAssignment,
    SiteDocument,
)
from sites.services import demo_data, master_data
from sites.services.demo_people import STAFF
from tests.factories.programme import FieldOfActionFactory, UserFactory

FIELDS = ("self_image", "internal_organisation", "public_appearance", "competences", "networking")


@pytest.fixture
def people(programme):
    for position, key in enumerate(FIELDS, start=1):
        FieldOfActionFactory(key=key, position=position)
    network_master_data.load(programme=programme)
    master_data.load(programme=programme)
    return {
        email: UserFactory(email=email, roles=[role])
        for email, role in [
            ("begleitung@example.org", Role.COACH),
            ("team@example.org", Role.OFFICE),
            *((email, Role.SITE) for email in STAFF.values()),
        ]
    }


def test_every_coached_site_has_measures_weights_and_coaching_days(programme, people):
    demo_data.load(programme=programme, people=people)

    for site in Site.objects.coached():
        made_up = site.measures.filter(source_note="")
        assert made_up.count() == 4
        assert not made_up.filter(balance=None).exists()
        assert not made_up.filter(reconciliation="").exists()
        assert 4 <= site.coaching_days.counted().count() <= 6
        assert NextStep.objects.filter(coaching_day__site=site).exists()
    assert not Site.objects.get(slug="lahn-dill-kreis").measures.exists()


def test_every_made_up_measure_stands_where_its_newest_step_says(programme, people):
    demo_data.load(programme=programme, people=people)

    for site in Site.objects.coached():
        assert 2 <= site.goals.count() <= 3
        for measure in site.measures.filter(source_note=""):
            newest = measure.updates.order_by("-happened_on", "-pk")[0]
            assert newest.status == measure.status
            assert all(measure.updates.values_list("reason", flat=True))
            assert measure.norms.within(programme.starts_on, programme.ends_on).count() == (
                measure.norms.count()
            )
            assert measure.goal is None or measure.goal.site == site
    assert not Measure.objects.exclude(source_note="").filter(updates__isnull=False).exists()


def test_people_are_assigned_as_the_demo_promises(programme, people):
    demo_data.load(programme=programme, people=people)

    today = SiteAssignment.objects.on(clock.today())
    assert set(today.values_list("user__email", "site__slug", "kind")) == {
        ("begleitung@example.org", "giessen", "coach"),
        ("begleitung@example.org", "offenbach", "coach"),
        *((email, slug, "staff") for slug, email in STAFF.items()),
    }


def test_removing_leaves_the_documented_measures_as_they_were(programme, people):
    documented = sorted(Measure.objects.values_list("site__slug", "title", "description"))
    demo_data.load(programme=programme, people=people)
    Measure.objects.update(title="Von Hand geändert")

    demo_data.remove(programme=programme)

    assert sorted(Measure.objects.values_list("site__slug", "title", "description")) == documented
    assert not Goal.objects.exists()
    assert not MeasureUpdate.objects.exists()
    assert not CoachingDay.objects.exists()
    assert not SiteAssignment.objects.exists()


def test_the_six_contributions_stand_in_different_states_and_vanish(programme, people):
    before = sorted(Site.objects.values_list("slug", "summary", "result", "lessons"))

    demo_data.load(programme=programme, people=people)
    states = dict(Contribution.objects.values_list("site__slug", "state"))
    public = Site.objects.get(slug="darmstadt").lessons
    demo_data.remove(programme=programme)

    assert states == {
        "darmstadt": "signed_off",
        "kreis-bergstrasse": "signed_off",
        "wiesbaden": "handed_in",
        "main-kinzig-kreis": "returned",
        "giessen": "draft",
        "offenbach": "draft",
    }
    assert public.startswith("Die Befugnis erst geben")
    assert not Contribution.objects.exists()
    assert sorted(Site.objects.values_list("slug", "summary", "result", "lessons")) == before


def test_each_contribution_comes_from_its_own_site_and_one_remark_waits(programme, people):
    demo_data.load(programme=programme, people=people)

    versions = ContributionVersion.objects.values_list(
        "contribution__site__slug", "number", "handed_in_by__email", "signed_by__email"
    )
    comments = ContributionComment.objects.order_by("pk")
    assert set(versions) == {
        ("darmstadt", 1, "standort3@example.org", None),
        ("darmstadt", 2, "standort3@example.org", "team@example.org"),
        ("kreis-bergstrasse", 1, "standort6@example.org", "team@example.org"),
        ("wiesbaden", 1, "standort2@example.org", None),
        ("main-kinzig-kreis", 1, "standort5@example.org", None),
    }
    assert set(comments.values_list("by__email", flat=True)) == {
        "begleitung@example.org",
        "team@example.org",
    }
    assert [row.contribution.site.slug for row in comments.filter(settled_at=None)] == ["wiesbaden"]
    assert all(
        row.settled_by.email == STAFF[row.contribution.site.slug]
        for row in comments.exclude(settled_at=None)
    )


def test_documents_have_versions_and_one_site_its_agreement_until_all_is_taken_out(
    programme, people
):
    demo_data.load(programme=programme, people=people)

    several = SiteDocument.objects.annotate(amount=Count("versions")).filter(amount__gt=1)
    agreement = SiteAgreement.objects.get()
    stored = [row.file.name for row in (*DocumentVersion.objects.all(), agreement)]
    assert sorted(several.values_list("site__slug", "amount")) == [
        ("giessen", 3),
        ("offenbach", 2),
        ("wiesbaden", 2),
    ]
    assert (agreement.site.slug, agreement.by.email) == ("giessen", "team@example.org")
    assert not DocumentVersion.objects.filter(number__gt=1, note="").exists()
    assert all(
        row.added_at.date() > row.document.site.coaching_days.earliest("held_on").held_on
        for row in DocumentVersion.objects.all()
    )
    demo_data.remove(programme=programme)
    assert not any(default_storage.exists(name) for name in stored)


def test_each_site_begins_with_its_first_day_and_works_out_nothing_before(programme, people):
    demo_data.load(programme=programme, people=people)

    for site in Site.objects.coached():
        first = site.coaching_days.earliest("held_on").held_on
        assert site.phases.get(phase=Phase.KICKOFF).actual_to == first
        assert site.phases.get(phase=Phase.AS_IS_ANALYSIS).actual_from > first
        assert all(measure.starts_on >= first for measure in site.measures.filter(source_note=""))
        for measure in site.measures.filter(source_note=""):
            steps = measure.updates.order_by("happened_on", "pk")
            assert steps[0].happened_on >= measure.starts_on
    for card in PracticeCard.objects.all():
        released = clock.day_of(card.released_at)
        assert card.measure.updates.filter(status="running", happened_on__lte=released).exists()
        assert all(row.started_on > released for row in card.adoptions.all())
