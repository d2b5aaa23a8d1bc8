"""Factories of calls and the applications they bring."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from sites.models import (
    Application,
    Call,
    Criterion,
    ScoreSheet,
)
from tests.factories.network import OrganisationFactory
from tests.factories.programme import ProgrammeFactory, UserFactory


class CallFactory(DjangoModelFactory[Call]):
    class Meta:
        model = Call

    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"aufruf-{n}")
    title = factory.Sequence(lambda n: f"Aufruf {n}")
    text = "Bewerben Sie sich als Standort."
    deadline = date(2999, 12, 4)
    opened_on = date(2015, 11, 2)


class CriterionFactory(DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    call = factory.SubFactory(CallFactory)
    position = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Bereitschaft {n}")
    weight = 3


class ApplicationFactory(DjangoModelFactory[Application]):
    class Meta:
        model = Application

    call = factory.SubFactory(CallFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    created_by = factory.SubFactory(UserFactory)
    reasons = "Lange Schlangen vor der Tür."

    class Params:
        handed_in = factory.Trait(
            status="handed_in",
            handed_in_at=datetime(2015, 12, 1, 9, tzinfo=UTC),
            head_consents=True,
            head_function="Amtsleitung",
            contact_email="abh@example.org",
        )


class ScoreSheetFactory(DjangoModelFactory[ScoreSheet]):
    class Meta:
        model = ScoreSheet

    application = factory.SubFactory(ApplicationFactory, handed_in=True)
    scorer = factory.SubFactory(UserFactory)
