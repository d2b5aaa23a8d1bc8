"""One factory per model of the first floor."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from network.enums import (
    Answer,
    CheckInKind,
    ContactKind,
    LetterKind,
    MeetingStatus,
    OrganisationKind,
    RegistrationStatus,
    ReplySource,
    ReplyState,
)
from network.models import (
    AnswerEntry,
    CalendarReply,
    Certificate,
    CheckIn,
    Contact,
    Invitation,
    InvitationLetter,
    LateRequest,
    Material,
    Meeting,
    Membership,
    MinutesItem,
    Needs,
    Organisation,
    PublicBody,
    Registration,
    Reminder,
    Survey,
    SurveyAnswer,
    SurveyTicket,
    Workshop,
)
from programme import clock, tokens, vault
from tests.factories.programme import ProgrammeFactory, UserFactory


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    kind = OrganisationKind.IMMIGRATION_OFFICE
    name = factory.Sequence(lambda n: f"Ausländerbehörde Musterkreis {n}")
    short_name = factory.Sequence(lambda n: f"Musterkreis {n:03d}")
    slug = factory.Sequence(lambda n: f"musterkreis-{n}")
    valid_from = date(2000, 1, 1)


class PublicBodyFactory(DjangoModelFactory[PublicBody]):
    class Meta:
        model = PublicBody

    office = factory.SubFactory(OrganisationFactory)
    kind = "district"
    name = factory.Sequence(lambda n: f"Musterkreis {n}")
    short_name = "MUS"
    key = factory.Sequence(lambda n: f"06{n % 1000:03d}")
    region = "kassel"
    seat = "Musterstadt"
    latitude = Decimal("50.5")
    longitude = Decimal("9.1")
    tile_column = factory.Sequence(lambda n: n % 12 + 1)
    tile_row = 12
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


class WorkshopFactory(DjangoModelFactory[Workshop]):
    class Meta:
        model = Workshop

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Termine online vergeben {n}")


class AnswerEntryFactory(DjangoModelFactory[AnswerEntry]):
    """Somebody else answered by link; the main contact may take it back for two days."""

    class Meta:
        model = AnswerEntry

    invitation = factory.SubFactory(InvitationFactory)
    answer = Answer.COMING
    name = "Jörg Weiß"
    email = "joerg.weiss@example.org"
    before = factory.LazyFunction(
        lambda: {
            "answer": Answer.OPEN,
            "answered_at": None,
            "decline_reason": "",
            "represented_by": "",
        }
    )
    undo_seed = factory.LazyFunction(tokens.new_seed)
    undo_digest = factory.LazyAttribute(
        lambda row: tokens.digest(tokens.token("undo", row.undo_seed))
    )
    undo_until = factory.LazyFunction(lambda: clock.now() + timedelta(hours=48))


class LateRequestFactory(DjangoModelFactory[LateRequest]):
    class Meta:
        model = LateRequest

    invitation = factory.SubFactory(InvitationFactory)
    name = "Jörg Weiß"
    email = "joerg.weiss@example.org"
    message = "Können wir noch eine Person anmelden?"


class InvitationLetterFactory(DjangoModelFactory[InvitationLetter]):
    class Meta:
        model = InvitationLetter

    invitation = factory.SubFactory(InvitationFactory)
    kind = LetterKind.INVITATION
    recipient = "abh@example.org"


class ReminderFactory(DjangoModelFactory[Reminder]):
    class Meta:
        model = Reminder

    meeting = factory.SubFactory(MeetingFactory)
    days_before = 14


class CalendarReplyFactory(DjangoModelFactory[CalendarReply]):
    class Meta:
        model = CalendarReply

    fingerprint = factory.Sequence(lambda n: f"{n:064d}")
    source = ReplySource.PASTED
    uid = factory.Sequence(lambda n: f"anmeldung-{n}@example.org")
    state = ReplyState.PARKED


class NeedsFactory(DjangoModelFactory[Needs]):
    class Meta:
        model = Needs

    registration = factory.SubFactory(RegistrationFactory)
    secret = factory.LazyFunction(lambda: vault.encrypt('{"diet": ["vegan"]}'))


class CheckInFactory(DjangoModelFactory[CheckIn]):
    class Meta:
        model = CheckIn

    registration = factory.SubFactory(RegistrationFactory)
    kind = CheckInKind.ARRIVED
    by = factory.SubFactory(UserFactory)


class CertificateFactory(DjangoModelFactory[Certificate]):
    class Meta:
        model = Certificate

    registration = factory.SubFactory(RegistrationFactory)
    number = factory.Sequence(lambda n: f"LN-2026-{n:08d}")
    by = factory.SubFactory(UserFactory)


class MinutesItemFactory(DjangoModelFactory[MinutesItem]):
    class Meta:
        model = MinutesItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = "Die Stellen tauschen ihre Merkblätter aus."


class MaterialFactory(DjangoModelFactory[Material]):
    class Meta:
        model = Material

    meeting = factory.SubFactory(MeetingFactory)
    title = factory.Sequence(lambda n: f"Vortrag {n}")
    file = "treffen/2026/vortrag.pdf"
    name = "vortrag.pdf"
    content_type = "application/pdf"
    size_bytes = 1024
    sha256 = "0" * 64
    by = factory.SubFactory(UserFactory)


class SurveyFactory(DjangoModelFactory[Survey]):
    class Meta:
        model = Survey

    meeting = factory.SubFactory(MeetingFactory)


class SurveyTicketFactory(DjangoModelFactory[SurveyTicket]):
    class Meta:
        model = SurveyTicket

    survey = factory.SubFactory(SurveyFactory)
    token_digest = factory.Sequence(lambda n: f"{n:064d}")


class SurveyAnswerFactory(DjangoModelFactory[SurveyAnswer]):
    class Meta:
        model = SurveyAnswer

    survey = factory.SubFactory(SurveyFactory)
