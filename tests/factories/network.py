"""One factory per model of the first floor."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from network.enums import ContactKind, MeetingStatus, OrganisationKind, RegistrationStatus
from network.models import Contact, Invitation, Meeting, Membership, Organisation, Registration
from programme import tokens
from tests.factories.programme import ProgrammeFactory, UserFactory


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    kind = OrganisationKind.IMMIGRATION_OFFICE
    name = factory.Sequence(lambda n: f"Ausländerbehörde Musterkreis {n}")
    short_name = factory.Sequence(lambda n: f"Musterkreis {n:03d}")
    slug = factory.Sequence(lambda n: f"musterkreis-{n}")
    valid_from = date(2000, 1, 1)


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    organisation = factory.SubFactory(OrganisationFactory)
    kind = ContactKind.MAIN
    name = "Öznur Groß"
    email = factory.Sequence(lambda n: f"abh{n}@example.org")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    starts_on = date(2015, 10, 1)


class MeetingFactory(DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"{n}. Landesnetzwerktreffen")
    slug = factory.Sequence(lambda n: f"netzwerktreffen-{n}")  # none of the documented ones
    starts_at = datetime(2100, 3, 1, 9, 0, tzinfo=UTC)
    ends_at = datetime(2100, 3, 1, 15, 0, tzinfo=UTC)
    venue = "Regierungspräsidium Darmstadt"
    city = "Darmstadt"
    seats = 40
    reply_until = datetime(2100, 2, 15, 22, 59, tzinfo=UTC)
    status = MeetingStatus.PUBLISHED


class InvitationFactory(DjangoModelFactory[Invitation]):
    """`InvitationFactory(...).token_seed` gives the link: tokens.token("invitation", seed)."""

    class Meta:
        model = Invitation

    meeting = factory.SubFactory(MeetingFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    token_seed = factory.LazyFunction(tokens.new_seed)
    token_digest = factory.LazyAttribute(
        lambda row: tokens.digest(tokens.token("invitation", row.token_seed))
    )


class RegistrationFactory(DjangoModelFactory[Registration]):
    class Meta:
        model = Registration

    invitation = factory.SubFactory(InvitationFactory)
    meeting = factory.SelfAttribute("invitation.meeting")
    full_name = factory.Sequence(lambda n: f"Jörg Weiß {n}")
    email = factory.Sequence(lambda n: f"joerg.weiss{n}@example.org")
    status = RegistrationStatus.CONFIRMED
    token_seed = factory.LazyFunction(tokens.new_seed)
    token_digest = factory.LazyAttribute(
        lambda row: tokens.digest(tokens.token("registration", row.token_seed))
    )
