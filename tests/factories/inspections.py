"""Findings, samples and checks of the audit room."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from programme.models import ArchiveOffer, AuditFinding, AuditSample
from tests.factories.programme import ProgrammeFactory, UserFactory


class AuditFindingFactory(DjangoModelFactory[AuditFinding]):
    """An open finding; services make real ones."""

    class Meta:
        model = AuditFinding

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda n: n + 1)
    subject_key = "line:1"
    subject_title = "Einzelansatz 1: Prozessbegleitung der Standorte"
    text = "Zu einem Begleittag fehlt der Stundennachweis."
    found_by = factory.SubFactory(UserFactory)


class AuditSampleFactory(DjangoModelFactory[AuditSample]):
    """A sample without vouchers; the service draws real ones."""

    class Meta:
        model = AuditSample

    programme = factory.SubFactory(ProgrammeFactory)
    drawn_by = factory.SubFactory(UserFactory)
    seed = 2017
    size = 1
    population = 1


class ArchiveOfferFactory(DjangoModelFactory[ArchiveOffer]):
    """An offer to the archive that is not decided."""

    class Meta:
        model = ArchiveOffer

    programme = factory.SubFactory(ProgrammeFactory)
    offered_on = date(2018, 1, 15)
    recorded_by = factory.SubFactory(UserFactory)
