"""Notices of the authorities about a proof."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from programme.models import ProofCheck
from tests.factories.programme import (
    FundingDocumentFactory,
    FundingSourceFactory,
    ProofFactory,
    UserFactory,
)


class ProofCheckFactory(DjangoModelFactory[ProofCheck]):
    """A notice about a proof nobody has confirmed yet."""

    class Meta:
        model = ProofCheck

    proof = factory.SubFactory(ProofFactory)
    source = factory.SubFactory(
        FundingSourceFactory, programme=factory.SelfAttribute("..proof.programme")
    )
    reference = factory.Sequence(lambda n: f"IV-2017-{n}")
    issued_on = date(2017, 12, 11)
    recognised_eur = Decimal("100000.00")
    document = factory.SubFactory(
        FundingDocumentFactory, programme=factory.SelfAttribute("..proof.programme")
    )
    recorded_by = factory.SubFactory(UserFactory)
