"""Factories of what the sites write for the report."""

import factory
from factory.django import DjangoModelFactory

from sites.models import Contribution, ContributionComment, ContributionVersion
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteFactory

TEXTS = {
    "starting_point": "Am Empfang warteten täglich 85 Menschen.",
    "approach": "Wir haben **Termine** nach Anliegen vergeben.",
    "result": "Die Wartezeit sank von 45 auf 20 Minuten.",
    "lessons": "Mit dem Empfang beginnen, größere Umbauten später.",
}


class ContributionFactory(DjangoModelFactory[Contribution]):
    class Meta:
        model = Contribution
        django_get_or_create = ("site",)

    site = factory.SubFactory(SiteFactory)

    class Params:
        written = factory.Trait(**TEXTS)


class ContributionVersionFactory(DjangoModelFactory[ContributionVersion]):
    class Meta:
        model = ContributionVersion
        django_get_or_create = ("contribution", "number")

    contribution = factory.SubFactory(ContributionFactory)
    number = 1
    texts = factory.LazyFunction(lambda: dict(TEXTS))
    handed_in_by = factory.SubFactory(UserFactory)


class ContributionCommentFactory(DjangoModelFactory[ContributionComment]):
    class Meta:
        model = ContributionComment

    contribution = factory.SubFactory(ContributionFactory)
    part = "result"
    text = "Woran haben Sie die Wartezeit gemessen?"
    by = factory.SubFactory(UserFactory)
