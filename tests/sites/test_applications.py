"""From the call to the decision: drafts, deadline, scores nobody copies, letters, the new site."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from programme import clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from sites import emails
from sites.models import Application
from sites.rules.applications import ApplicationDraft
from sites.rules.versions import NewerVersion
from sites.services import applications, calls
from tests.factories.applications import ApplicationFactory, CallFactory
from tests.factories.network import MembershipFactory, OrganisationFactory
from tests.factories.programme import FieldOfActionFactory, ProgrammeFactory, UserFactory

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
        ({"figures_as_of": date(2031, 1, 1)}, "figures_as_of"),
        ({"head_function": ""}, "head_function"),
        ({"head_consents": False}, "head_consents"),
        ({"contact_email": ""}, "contact_email"),
    ],
)
def test_each_gap_and_a_day_ahead_are_named_at_their_field(gap, field):
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
