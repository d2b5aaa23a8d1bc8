"""From the scores nobody copies to the decision: result, memo, letter and the new site."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from programme import clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from sites.exports import decisions
from sites.models import Site
from sites.queries import applications as found
from sites.rules.applications import average, weighted
from sites.services import applications, calls, decision_memos, scoring
from tests.factories.applications import ApplicationFactory, CallFactory, CriterionFactory
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteFactory


def score(application, points, *, hand_in=True, by=None):
    keys = [row.pk for row in application.call.criteria.all()]
    return scoring.keep(
        application=application,
        points=dict(zip(keys, points, strict=False)),
        comment="Überzeugt",
        hand_in=hand_in,
        by=by or UserFactory(roles=[Role.OFFICE]),
    )


@pytest.mark.django_db
def test_points_count_as_often_as_their_criterion_weighs():
    call = CallFactory()
    heavy, light = CriterionFactory(call=call, weight=5), CriterionFactory(call=call, weight=1)

    result = weighted({heavy.pk: 4, light.pk: 1}, [heavy, light])

    assert result == Decimal("3.50")
    assert average([Decimal("3.50"), Decimal("2.25")]) == Decimal("2.88")
    assert average([]) is None


@pytest.mark.django_db
def test_nobody_sees_a_sheet_before_the_own_is_in():
    application = ApplicationFactory(handed_in=True)
    CriterionFactory.create_batch(2, call=application.call)
    first, second = UserFactory.create_batch(2, roles=[Role.OFFICE])
    score(application, (4, 4), by=first)

    score(application, (2, 2), hand_in=False, by=second)
    before = found.scoring_of(application=found.with_scores(pk=application.pk), reader=second)
    score(application, (2, 2), by=second)
    after = found.scoring_of(application=found.with_scores(pk=application.pk), reader=second)

    assert (before.is_open, before.sheets, before.average, before.handed_in) == (
        False, (), None, 1,
    )  # fmt: skip
    assert (after.is_open, after.average, after.handed_in) == (True, Decimal("3.00"), 2)


@pytest.mark.django_db
def test_a_sheet_is_complete_and_final():
    application, by = ApplicationFactory(handed_in=True), UserFactory()
    CriterionFactory.create_batch(2, call=application.call)

    with pytest.raises(RuleBroken, match="jedes Kriterium"):
        score(application, (4,), by=by)
    score(application, (4, 0), by=by)
    with pytest.raises(RuleBroken, match="schon abgegeben"):
        score(application, (4, 4), by=by)
    with pytest.raises(RuleBroken, match="hat schon begonnen"):
        calls.add_criterion(call=application.call, title="Neu", help_text="", weight=1, by=by)


@pytest.mark.django_db
def test_each_open_criterion_is_named_at_its_field_and_a_draft_may_wait(signed_in, programme):
    application = ApplicationFactory(handed_in=True, call=CallFactory(programme=programme))
    given, open_one = CriterionFactory.create_batch(2, call=application.call)
    page = reverse("sites:score_application", args=[application.pk])
    client, typed = signed_in(Role.OFFICE), {f"points_{given.pk}": "3"}

    refused = client.post(page, typed | {"step": "hand_in"})
    kept = client.post(page, typed)

    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        f"points_{open_one.pk}": ["Bitte bewerten Sie dieses Kriterium."],
        "comment": ["Bitte fassen Sie Ihren Eindruck zusammen."],
    }
    assert (kept.status_code, application.sheets.get().handed_in_at) == (302, None)


@pytest.mark.django_db
def test_a_selection_makes_a_site_and_writes_a_letter(programme):
    application = ApplicationFactory(
        handed_in=True, call__programme=programme, organisation__slug="fluss-am-see"
    )
    CriterionFactory(call=application.call)
    by = UserFactory()

    with pytest.raises(RuleBroken, match="zwei Bewertungsbögen"):
        applications.decide(application=application, select=True, reason="Gut", by=by)
    score(application, (4,))
    score(application, (3,))
    applications.decide(application=application, select=True, reason="Rückhalt", by=by)
    with pytest.raises(RuleBroken):
        applications.decide(application=application, select=False, reason="Doch nicht", by=by)

    site = Site.objects.get(organisation=application.organisation)
    assert (site.slug, site.status, site.selected_on) == (
        "fluss-am-see", "selected", clock.today(),
    )  # fmt: skip
    assert OutgoingMail.objects.get().letter == "sites/application_selected"


@pytest.mark.django_db
def test_a_refusal_makes_no_site():
    application = ApplicationFactory(handed_in=True)
    for _ in range(2):
        score(application, ())

    applications.decide(application=application, select=False, reason="Zu früh", by=UserFactory())

    assert not Site.objects.exists()
    assert OutgoingMail.objects.get().letter == "sites/application_not_selected"


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [1, 3])
def test_the_desk_costs_the_same_for_any_amount(
    programme, signed_in, amount, django_assert_num_queries
):
    call = CallFactory(programme=programme)
    CriterionFactory.create_batch(2, call=call)
    for row in ApplicationFactory.create_batch(amount, call=call, handed_in=True):
        score(row, (1, 2))
    client = signed_in(Role.OFFICE)

    with django_assert_num_queries(12):
        response = client.get(reverse("sites:call_desk", args=[call.slug]))

    assert sum(1 for row in response.context["begun"] if row.scoring) == amount


@pytest.mark.django_db
def test_criteria_change_until_somebody_scores():
    team, call = UserFactory(roles=[Role.OFFICE]), CallFactory()
    first, second = CriterionFactory.create_batch(2, call=call)

    changed = calls.change_criterion(
        criterion=first, title="Rückhalt", help_text="Größe zählt nicht", weight=5, by=team
    )
    calls.remove_criterion(criterion=second, by=team)
    calls.remove_criterion(criterion=second, by=team)
    with pytest.raises(RuleBroken, match="mindestens ein Kriterium"):
        calls.remove_criterion(criterion=first, by=team)
    score(ApplicationFactory(call=call, handed_in=True), [4], hand_in=False)
    with pytest.raises(RuleBroken, match="Die Bewertung hat schon begonnen"):
        calls.change_criterion(criterion=first, title="x", help_text="", weight=1, by=team)
    with pytest.raises(RuleBroken, match="Die Bewertung hat schon begonnen"):
        calls.remove_criterion(criterion=first, by=team)

    assert (changed.title, changed.weight) == ("Rückhalt", 5)
    assert [row.title for row in call.criteria.all()] == ["Rückhalt"]


@pytest.mark.django_db
def test_the_memo_ranks_by_result_and_shows_each_sheet(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    team, call = UserFactory(roles=[Role.OFFICE], full_name="Petra Ahrens"), CallFactory()
    CriterionFactory(call=call, title="Rückhalt", weight=5)
    CriterionFactory(call=call, title="Vorerfahrung", weight=1)
    with pytest.raises(RuleBroken, match="über keine Bewerbung entschieden"):
        decision_memos.print_out(call=call, by=team)
    weak, strong = (
        ApplicationFactory(call=call, handed_in=True, organisation__name=name)
        for name in ("Ausländerbehörde Hanau", "Ausländerbehörde Büdingen")
    )
    for application, points in ((weak, [1, 2]), (strong, [4, 3])):
        for scorer in UserFactory.create_batch(2, roles=[Role.OFFICE]):
            score(application, points, by=scorer)
        applications.decide(
            application=application, select=points[0] > 2, reason="Größerer Rückhalt", by=team
        )

    context = decisions.memo(call=call, rows=found.decided(call=call))
    printout = decision_memos.print_out(call=call, by=team)
    decision_memos.make.call(printout=str(printout.pk), call_id=call.pk)
    printout.refresh_from_db()

    assert [(row.rank, str(row.scoring.average)) for row in context["rows"]] == [
        (1, "3.83"),
        (2, "1.17"),
    ]
    assert context["rows"][0].criteria[0][1:] == ((4, 4), Decimal("4.00"))
    assert (printout.status, printout.pages) == ("ready", 1)


@pytest.mark.django_db
def test_the_desk_shows_what_became_of_a_selected_office(signed_in, programme):
    call = CallFactory(programme=programme)
    application = ApplicationFactory(call=call, handed_in=True, status="selected")
    SiteFactory(
        programme=programme,
        organisation=application.organisation,
        status="withdrawn",
        withdrawn_on=date(2016, 2, 29),
        withdrawn_reason="Größerer Umbau",
    )

    page = reverse("sites:call_desk", args=[call.slug])
    told = signed_in(Role.OFFICE).get(page).content.decode()

    assert "ausgeschieden am 29. Februar 2016: Größerer Umbau" in told


@pytest.mark.django_db
def test_a_decision_leads_to_the_file_of_the_new_site(signed_in, programme):
    application = ApplicationFactory(call__programme=programme, handed_in=True)
    for _ in range(2):
        score(application, ())
    applications.decide(application=application, select=True, reason="Gut", by=UserFactory())
    site = Site.objects.get()

    page = signed_in(Role.OFFICE).get(reverse("sites:application", args=[application.pk]))

    assert reverse("sites:site_file", args=[site.slug]) in page.content.decode()
