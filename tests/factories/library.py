"""Factories of what makes a publication found, cited and kept."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from programme import clock
from publications.enums import DepositForm, DepositLibrary, Variant
from publications.models import DepositTask, Imprint, Summary
from tests.factories.programme import UserFactory
from tests.factories.publications import EditionFactory, PublicationFactory


class ImprintFactory(DjangoModelFactory[Imprint]):
    class Meta:
        model = Imprint

    publication = factory.SubFactory(PublicationFactory)


class DepositTaskFactory(DjangoModelFactory[DepositTask]):
    class Meta:
        model = DepositTask

    edition = factory.SubFactory(EditionFactory)
    library = DepositLibrary.DNB
    form = DepositForm.PRINT
    copies = 2
    due_on = date(2017, 7, 7)


class SummaryFactory(DjangoModelFactory[Summary]):
    class Meta:
        model = Summary

    publication = factory.SubFactory(PublicationFactory)
    variant = Variant.GERMAN
    title = "Das Wichtigste in Kürze"
    body = "Sechs Behörden haben ihren Service verbessert."
    edited_by = factory.SubFactory(UserFactory)

    class Params:
        public = factory.Trait(
            public_title=factory.SelfAttribute("title"),
            public_body=factory.SelfAttribute("body"),
            signed_at=factory.LazyFunction(clock.now),
            signed_by=factory.SubFactory(UserFactory),
        )
