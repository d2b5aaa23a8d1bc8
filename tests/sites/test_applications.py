"""From the call to the decision: drafts, deadline, scores nobody copies, letters, the new site."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from programme import clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from sites import emails
from sites.exports import decisions
from sites.models import Application, Site
from sites.queries import applications as found
from sites.rules.applications import ApplicationDraft, average, weighted
from sites.rules.versions import NewerVersion
from sites.services import applications, calls, decision_memos, scoring
from tests.factories.network import MembershipFactory, OrganisationFactory
from tests.factories.programme import FieldOfActionFactory, ProgrammeFactory, UserFactory
from tests.factories.sites import ApplicationFactory, CallFactory, CriterionFactory, SiteFactory

LETTERS = Path(__file__).parent / "letters"


def complete(**columns):
    full = {
        "reasons": "Größere Flüsse von Menschen.",
        "figures_as_of": date(2016, 2, 29),
        "visitors_per_day": 85,
        "wishes": (FieldOfActionFactory(),),
        "head_function": "Amtsleitung",
        "head_consents": True,
        "contact_email": "abh@example.org",
    }
    return ApplicationDraft(**(full | columns))


def keep(call, office, draft, *, hand_in=False, seen_at=None, by=None):
    return applications.keep(
        call=call,
        organisation=office,
        draft=draft,
        hand_in=hand_in,
        seen_at=seen_at,
        by=by or UserFactory(),
    )


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
def test_a_draft_may_have_gaps_and_what_is_handed_in_not():
    call, office = CallFactory(), OrganisationFactory()

    row = keep(call, office, ApplicationDraft(reasons="Wenig Platz"))
    with pytest.raises(RuleBroken) as broken:
        keep(call, office, ApplicationDraft(reasons="x"), hand_in=True, seen_at=row.updated_at)
    handed = keep(call, office, complete(), hand_in=True, seen_at=row.updated_at)

    assert broken.value.field == "wishes"
    assert (handed.status, Application.objects.count()) == ("handed_in", 1)
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == ["abh@example.org"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("gap", "field"),
    [
        ({"reasons": " "}, "reasons"),
        ({"figures_as_of": None}, "figures_as_of"),
        ({"head_function": ""}, "head_function"),
        ({"head_consents": False}, "head_consents"),
        ({"contact_email": ""}, "contact_email"),
    ],
)
def test_each_gap_is_named_at_its_field(gap, field):
    with pytest.raises(RuleBroken) as broken:
        keep(CallFactory(), OrganisationFactory(), complete(**gap), hand_in=True)

    assert broken.value.field == field


@pytest.mark.django_db
def test_the_last_day_counts_and_the_day_after_is_refused_kindly():
    today, office = clock.today(), OrganisationFactory()

    keep(CallFactory(deadline=today), office, complete(), hand_in=True)
    with pytest.raises(RuleBroken, match="Vielen Dank für Ihr Interesse"):
        keep(CallFactory(deadline=today - timedelta(days=1)), office, complete(), hand_in=True)
    with pytest.raises(RuleBroken, match="noch nicht geöffnet"):
        keep(CallFactory(opened_on=None), office, complete())


@pytest.mark.django_db
def test_a_late_form_keeps_what_was_typed(signed_in, programme):
    call = CallFactory(programme=programme, deadline=date(2016, 2, 29))
    member, office = UserFactory(roles=[Role.MEMBER]), OrganisationFactory()
    MembershipFactory(user=member, organisation=office)

    page = reverse("sites:apply", args=[call.slug, office.slug])
    response = signed_in(user=member).post(page, {"reasons": "Späte Größe"})

    assert response.status_code == 422
    assert "Späte Größe" in response.content.decode()
    assert "29. Februar 2016" in response.content.decode()


@pytest.mark.django_db
def test_two_colleagues_see_both_versions():
    call, office = CallFactory(), OrganisationFactory()
    first = keep(call, office, ApplicationDraft(reasons="erste"))

    with pytest.raises(NewerVersion) as newer:
        keep(call, office, ApplicationDraft(reasons="zweite"))
    again = keep(call, office, ApplicationDraft(reasons="erste"))

    assert newer.value.current.reasons == "erste"
    assert again.pk == first.pk


@pytest.mark.django_db(transaction=True)
def test_of_two_applications_for_one_office_at_once_one_wins():
    call, office = CallFactory(), OrganisationFactory()
    people = UserFactory.create_batch(2)

    def apply(number):
        try:
            draft = ApplicationDraft(reasons=f"Fassung {number}")
            keep(call, office, draft, by=people[number])
        except NewerVersion:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        won = sum(pool.map(apply, range(2)))

    assert (won, Application.objects.count()) == (1, 1)


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
def test_an_office_sees_its_own_application_and_a_foreign_one_is_missing(signed_in, programme):
    member, office = UserFactory(roles=[Role.MEMBER]), OrganisationFactory()
    MembershipFactory(user=member, organisation=office)
    call = CallFactory(programme=programme)
    own = ApplicationFactory(call=call, organisation=office)
    foreign = ApplicationFactory(call=call, handed_in=True)
    client = signed_in(user=member)

    answers = [
        client.get(reverse(name, args=args)).status_code
        for name, args in (
            ("sites:application", [own.pk]),
            ("sites:application", [foreign.pk]),
            ("sites:application", [foreign.pk + 999]),
            ("sites:apply", [call.slug, office.slug]),
            ("sites:apply", [call.slug, foreign.organisation.slug]),
            ("sites:score_application", [own.pk]),
        )
    ]

    assert answers == [200, 404, 404, 200, 404, 404]


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
def test_a_call_opens_with_criteria_and_closes_again(programme):
    call, by = CallFactory(programme=programme, opened_on=None), UserFactory()

    with pytest.raises(RuleBroken, match="wonach"):
        calls.open_(call=call, by=by)
    calls.add_criterion(call=call, title="Mut", help_text="", weight=5, by=by)

    assert calls.open_(call=call, by=by).is_open
    assert not calls.close(call=call, by=by).is_open


@pytest.mark.django_db
@pytest.mark.parametrize(
    "letter", ["application_received", "application_selected", "application_not_selected"]
)
def test_the_letters_read_as_agreed(letter):
    programme = ProgrammeFactory(is_current=True)
    application = ApplicationFactory(
        pk=7,
        handed_in=True,
        call__programme=programme,
        call__title="Aufruf für Größere & Kleinere",
        call__deadline=date(2024, 2, 29),
        organisation__name="Ausländerbehörde Musterstadt",
        organisation__short_name="Musterstadt",
        decision_reason="Die Leitung steht hinter dem Vorhaben.",
    )

    mail = getattr(emails, letter)(application, "abh@example.org")

    head = f"An: {mail.recipient}\nAntwort an: {mail.reply_to}\nBetreff: {mail.subject}\n\n"
    assert head + mail.text_body == (LETTERS / f"{letter}.txt").read_text(encoding="utf-8")


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
def test_handing_in_names_everything_that_is_missing_at_once(signed_in, programme):
    member, office = UserFactory(roles=[Role.MEMBER]), OrganisationFactory()
    MembershipFactory(user=member, organisation=office)
    call = CallFactory(programme=programme)
    page = reverse("sites:apply", args=[call.slug, office.slug])

    answer = signed_in(user=member).post(page, {"step": "hand_in", "visitors_per_day": "85"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [
        "reasons",
        "wishes",
        "figures_as_of",
        "head_function",
        "head_consents",
        "contact_email",
    ]
    assert not Application.objects.exists()


@pytest.mark.django_db
def test_a_decision_leads_to_the_file_of_the_new_site(signed_in, programme):
    application = ApplicationFactory(call__programme=programme, handed_in=True)
    for _ in range(2):
        score(application, ())
    applications.decide(application=application, select=True, reason="Gut", by=UserFactory())
    site = Site.objects.get()

    page = signed_in(Role.OFFICE).get(reverse("sites:application", args=[application.pk]))

    assert reverse("sites:site_file", args=[site.slug]) in page.content.decode()
