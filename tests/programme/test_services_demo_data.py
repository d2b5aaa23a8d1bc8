"""Master and demo data: repeatable, honest, and taken out without a trace."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from programme import documents
from programme.documents import Document
from programme.enums import ParameterKey, Role, SourceKey
from programme.errors import RuleBroken
from programme.models import (
    FieldOfAction,
    FundingSource,
    LegalNotice,
    Programme,
    RoleGrant,
    RuleParameter,
    User,
)
from programme.services import demo_data, master_data
from tests.factories.programme import OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db


def row_counts():
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
    }


def test_the_programme_is_loaded_as_documented():
    programme = master_data.load()

    assert programme.is_current
    assert (programme.starts_on, programme.ends_on) == (date(2015, 10, 1), date(2017, 6, 30))
    assert programme.order_mailbox == "integration@hsm.hessen.de"
    assert len(programme.aliases) == 2
    assert list(FundingSource.objects.values_list("key", "granted_eur", "is_approximate")) == [
        (SourceKey.LAND, Decimal("112000.00"), True),
        (SourceKey.AMIF, Decimal("100000.00"), True),
    ]
    fields = list(FieldOfAction.objects.values_list("key", "is_cross_cutting"))
    assert fields == [
        ("self_image", False),
        ("internal_organisation", False),
        ("public_appearance", False),
        ("competences", False),
        ("networking", False),
        ("balance", True),
    ]


def test_every_number_of_the_rules_has_a_basis_and_only_sourced_ones_count_as_confirmed():
    master_data.load()
    amif = RuleParameter.objects.filter(source__key=SourceKey.AMIF)

    assert set(amif.values_list("key", flat=True)) == set(ParameterKey.values)
    assert not RuleParameter.objects.filter(basis="").exists()
    assert set(RuleParameter.objects.filter(is_confirmed=True).values_list("key", flat=True)) == {
        ParameterKey.MAX_EU_RATE,
        ParameterKey.ABSOLUTE_MAX_EU_RATE,
        ParameterKey.ADVANCE_CAP,
        ParameterKey.DRAWDOWN_INTERVAL_MONTHS,
        ParameterKey.INTERIM_PROOF_MONTHS,
        ParameterKey.FINAL_PROOF_MONTHS,
    }
    assert amif.get(key=ParameterKey.MAX_EU_RATE).value == Decimal("0.75")


def test_facts_nobody_confirmed_stay_empty():
    master_data.load()

    notice = LegalNotice.objects.get()

    assert (notice.legal_representative, notice.content_responsible, notice.phone) == ("", "", "")


def test_loading_twice_changes_nothing_and_keeps_what_was_edited():
    master_data.load()
    Programme.objects.update(contact_email="neu@example.org")
    RuleParameter.objects.filter(key=ParameterKey.RETENTION_YEARS).update(value=10)
    before = row_counts()

    programme = master_data.load()

    assert row_counts() == before
    assert programme.contact_email == "neu@example.org"
    assert set(
        RuleParameter.objects.filter(key=ParameterKey.RETENTION_YEARS).values_list("value")
    ) == {(Decimal("10.0000"),)}


def test_another_programme_stays_the_current_one(programme):
    loaded = master_data.load()

    programme.refresh_from_db()
    assert programme.is_current
    assert not loaded.is_current


def test_demo_people_can_log_in_one_for_each_role():
    people = demo_data.load_people(programme=master_data.load())

    assert {account.role for account in demo_data.ACCOUNTS} == set(Role)
    assert len(people) == 14
    for account in demo_data.ACCOUNTS:
        person = authenticate(username=account.email, password="Beispiel-Zugang-2017")
        assert person == people[account.email]
        assert [grant.role for grant in person.role_grants.all()] == [account.role]


def test_loading_demo_people_twice_makes_nobody_twice():
    programme = master_data.load()

    first = demo_data.load_people(programme=programme)

    assert demo_data.load_people(programme=programme) == first
    assert RoleGrant.objects.count() == User.objects.count() == len(first)


def test_demo_data_stays_out_of_a_database_with_real_people():
    UserFactory(email="echte.person@hessen.example")
    programme = master_data.load()

    with pytest.raises(RuleBroken):
        demo_data.load_people(programme=programme)
    with pytest.raises(RuleBroken):
        demo_data.remove_people(programme=programme)
    with pytest.raises(CommandError, match="echte Personen"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="echte Personen"):
        call_command("remove_demo")


def test_nothing_is_removed_where_nothing_was_loaded(capsys):
    master_data.load()
    OutgoingMailFactory()

    call_command("remove_demo")

    assert "keine Beispieldaten" in capsys.readouterr().out
    assert row_counts()["programme.OutgoingMail"] == 1


def test_removing_the_demo_leaves_what_was_there_before(capsys, monkeypatch):
    monkeypatch.setattr(documents, "render_pdf", lambda **kwargs: Document(b"%PDF-1.7", 1))
    call_command("load_programme")
    before = row_counts()

    call_command("load_demo")
    loaded = row_counts()
    call_command("load_demo")  # a second time changes nothing
    again = row_counts()
    call_command("remove_demo")

    assert loaded["programme.User"] == 14
    assert loaded["network.Registration"] > 0
    assert loaded["publications.Edition"] > 0
    assert again == loaded
    assert row_counts() == before
    assert not User.objects.exists()
    assert Programme.objects.current().demo_loaded_at is None
    assert "Die Beispieldaten sind entfernt." in capsys.readouterr().out
