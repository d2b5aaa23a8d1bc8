"""One record of everything, to make the addresses of the access matrix from."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile

from network.enums import Audience, MinutesKind
from network.exports import entrance
from network.rules import letter_codes
from network.services import office_feeds
from programme import jobs, tokens
from programme.enums import LegalPageKind, Role
from programme.models import BarrierReport, LegalPage, OutgoingMail, User
from programme.services import printouts
from publications.enums import EditionStatus
from publications.services import editions, manuscripts
from sites.enums import AssignmentKind
from tests.factories.network import (
    AnswerEntryFactory,
    CalendarReplyFactory,
    CertificateFactory,
    ContactFactory,
    InvitationFactory,
    LateRequestFactory,
    MaterialFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesItemFactory,
    PublicBodyFactory,
    RegistrationFactory,
    ReminderFactory,
    SurveyAnswerFactory,
    SurveyFactory,
    SurveyTicketFactory,
    WorkshopFactory,
)
from tests.factories.programme import (
    FundingSourceFactory,
    LegalNoticeFactory,
    ProgrammeFactory,
    UserFactory,
    VoucherFactory,
)
from tests.factories.publications import BlockFactory, OrderItemFactory, PublicationFactory
from tests.factories.sites import (
    AdoptionFactory,
    ApplicationFactory,
    CallFactory,
    CoachingDayFactory,
    CoachingPhotoFactory,
    DayDraftFactory,
    IndicatorFactory,
    MeasureFactory,
    NextStepFactory,
    PracticeCardFactory,
    SiteAgreementFactory,
    SiteAssignmentFactory,
    SiteContactFactory,
    SiteFactory,
)


def link(purpose: str, row: Any) -> str:
    """The token of a record that is reached by link."""
    return tokens.token(purpose, row.token_seed)


class World:
    """One record of everything, and one person per role who has to do with it."""

    def __init__(self) -> None:
        self.programme = ProgrammeFactory.create(is_current=True)
        LegalNoticeFactory.create(programme=self.programme)
        for kind in LegalPageKind:
            LegalPage.objects.create(
                programme=self.programme, kind=kind, body="Text", reviewed_on=date(2026, 1, 15)
            )
        jobs.beat(worker_id="beats")
        self.people: dict[str, User] = {
            role: UserFactory.create(roles=[role]) for role in Role.values
        }
        self.site = SiteFactory.create(programme=self.programme)
        for role, task in (("site", AssignmentKind.STAFF), ("coach", AssignmentKind.COACH)):
            SiteAssignmentFactory.create(user=self.people[role], site=self.site, kind=task)
        self.organisation = self.site.organisation
        self.contact = ContactFactory.create(organisation=self.organisation)
        MembershipFactory.create(user=self.people["member"], organisation=self.organisation)

    @cached_property
    def mail(self) -> Any:
        mail = OutgoingMail.objects.create(
            message_id="<1@example.org>", sender="a@example.org", recipient="b@example.org"
        )
        mail.attachments.create(name="termin.ics", content_type="text/calendar", content=b"BEGIN")
        return mail

    @cached_property
    def printout(self) -> Any:
        """A finished printout the programme team asked for."""
        printout = printouts.ask(
            title="Liste", download_name="liste.pdf", back_url="/", by=self.people["office"]
        )
        printouts.finish_with(pk=printout.pk, content=b"%PDF-1.7", pages=1)
        return printout

    @cached_property
    def publication(self) -> Any:
        return PublicationFactory.create(programme=self.programme)

    @cached_property
    def block(self) -> Any:
        return BlockFactory.create(chapter__publication__programme=self.programme)

    @cached_property
    def edition(self) -> Any:
        """A published edition, frozen from the portal's data, with a stand-in for its PDF."""
        office = self.people["office"]
        FundingSourceFactory.create(programme=self.programme)
        FundingSourceFactory.create(programme=self.programme, amif=True)
        manuscripts.compile(publication=self.publication, by=office)
        edition = editions.publish(publication=self.publication, by=office)
        edition.pdf.save("bericht.pdf", ContentFile(b"%PDF-1.7"), save=False)
        edition.status, edition.pdf_bytes, edition.pdf_pages = EditionStatus.PUBLISHED, 8, 1
        edition.published_at = edition.frozen_at
        edition.save()
        return edition

    @cached_property
    def order(self) -> Any:
        return OrderItemFactory.create(publication=self.publication).order

    @cached_property
    def voucher(self) -> Any:
        return VoucherFactory.create(line__plan__programme=self.programme)

    @cached_property
    def voucher_file(self) -> Any:
        return self.voucher.files.create(
            kind="invoice",
            file=ContentFile(b"%PDF-1.7", name="rechnung.pdf"),
            name="Rechnung Größe.pdf",
            content_type="application/pdf",
            size_bytes=8,
            sha256="0" * 64,
            uploaded_by=self.people["finance"],
        )

    @cached_property
    def measure(self) -> Any:
        return MeasureFactory.create(site=self.site)

    @cached_property
    def indicator(self) -> Any:
        return IndicatorFactory.create(site=self.site)

    @cached_property
    def coaching_day(self) -> Any:
        return CoachingDayFactory.create(site=self.site, handed_in=True)

    @cached_property
    def body(self) -> Any:
        return PublicBodyFactory.create(office=self.organisation)

    def card(self, **columns: Any) -> Any:
        """A public practice card, of another site unless said otherwise."""
        site = columns.pop("site", None) or SiteFactory.create(programme=self.programme)
        return PracticeCardFactory.create(site=site, public=True, **columns)

    @cached_property
    def adoption(self) -> Any:
        return AdoptionFactory.create(card=self.card(), organisation=self.organisation)

    @cached_property
    def feed_token(self) -> str:
        office_feeds.renew(organisation=self.organisation, by=self.people["office"])
        self.organisation.refresh_from_db()
        return tokens.token("calendar", self.organisation.feed_seed)

    @cached_property
    def meeting(self) -> Any:
        return MeetingFactory.create(programme=self.programme)

    @cached_property
    def reminder(self) -> Any:
        return ReminderFactory.create(meeting=self.meeting, days_before=99)

    @cached_property
    def workshop(self) -> Any:
        return WorkshopFactory.create(meeting=self.meeting, position=99)

    @cached_property
    def invitation(self) -> Any:
        return InvitationFactory.create(meeting=self.meeting, organisation=self.organisation)

    @cached_property
    def registration(self) -> Any:
        return RegistrationFactory.create(invitation=self.invitation)

    @cached_property
    def material(self) -> Any:
        file = ContentFile(b"%PDF-1.7", name="vortrag.pdf")
        return MaterialFactory.create(meeting=self.meeting, file=file, audience=Audience.PUBLIC)

    @cached_property
    def answer_entry(self) -> Any:
        return AnswerEntryFactory.create(invitation=self.invitation)

    @cached_property
    def survey(self) -> Any:
        """A survey that was sent, with as many answers as it takes to show them."""
        questions = [{"key": "q1", "text": "Wie war es?", "kind": "text"}]
        survey = SurveyFactory.create(meeting=self.meeting, questions=questions)
        SurveyAnswerFactory.create_batch(5, survey=survey, values={"q1": "gut"})
        return survey

    @cached_property
    def survey_token(self) -> str:
        token = tokens.token("survey", tokens.new_seed())
        SurveyTicketFactory.create(survey=self.survey, token_digest=tokens.digest(token))
        return token

    @cached_property
    def certificate(self) -> Any:
        file = ContentFile(b"%PDF-1.7", name="bescheinigung.pdf")
        return CertificateFactory.create(registration=self.registration, file=file)


ARGS: dict[str, Callable[[World], dict[str, Any]]] = {
    "": lambda world: {},
    "report": lambda world: {"pk": BarrierReport.objects.create(message="Zu klein").pk},
    "mail": lambda world: {"pk": world.mail.pk},
    "mail_file": lambda world: {
        "pk": world.mail.pk,
        "attachment": world.mail.attachments.get().pk,
    },
    "person": lambda world: {"pk": world.people["coach"].pk},
    "role": lambda world: {
        "pk": world.people["coach"].pk,
        "grant": world.people["coach"].role_grants.get().pk,
    },
    "site_assignment": lambda world: {
        "pk": world.people["coach"].pk,
        "row": world.site.assignments.get(kind=AssignmentKind.COACH).pk,
    },
    "membership": lambda world: {
        "pk": world.people["member"].pk,
        "row": world.organisation.memberships.get().pk,
    },
    "legal_page": lambda world: {"kind": LegalPageKind.PRIVACY},
    "printout": lambda world: {"pk": world.printout.pk},
    "publication": lambda world: {"slug": world.publication.slug},
    "chapter": lambda world: {
        "slug": world.block.chapter.publication.slug,
        "anchor": world.block.chapter.anchor,
    },
    "block": lambda world: {"slug": world.block.chapter.publication.slug, "pk": world.block.pk},
    "edition": lambda world: {"slug": world.publication.slug, "number": world.edition.number},
    "order": lambda world: {"token": link("order", world.order)},
    "voucher": lambda world: {"number": world.voucher.number},
    "voucher_file": lambda world: {"number": world.voucher.number, "pk": world.voucher_file.pk},
    "invitation": lambda world: {"token": link("invitation", world.invitation)},
    "invited_person": lambda world: {
        "token": link("invitation", world.invitation),
        "pk": world.registration.pk,
    },
    "own_invitation": lambda world: {"pk": world.invitation.pk},
    "registration": lambda world: {"token": link("registration", world.registration)},
    "decision": lambda world: {
        "pk": MinutesItemFactory.create(meeting=world.meeting, kind=MinutesKind.DECISION).pk
    },
    "survey": lambda world: {"slug": world.survey.meeting.slug},
    "survey_ticket": lambda world: {"token": world.survey_token},
    "papers": lambda world: {"slug": world.material.meeting.slug},
    "material": lambda world: {"slug": world.material.meeting.slug, "pk": world.material.pk},
    "participant_material": lambda world: {
        "token": link("registration", world.registration),
        "pk": world.material.pk,
    },
    "late_request": lambda world: {"pk": LateRequestFactory.create(invitation=world.invitation).pk},
    "undo": lambda world: {"token": tokens.token("undo", world.answer_entry.undo_seed)},
    "check_in_code": lambda world: {
        "pk": world.registration.pk,
        "code": entrance.code(world.registration),
    },
    "certificate": lambda world: {"token": link("registration", world.certificate.registration)},
    "meeting": lambda world: {"slug": world.meeting.slug},
    "workshop": lambda world: {"slug": world.meeting.slug, "pk": world.workshop.pk},
    "participant": lambda world: {
        "slug": world.meeting.slug,
        "pk": world.registration.pk,
    },
    "letter_code": lambda world: {"code": letter_codes.code(world.invitation.pk)},
    "reminder": lambda world: {
        "slug": world.meeting.slug,
        "pk": world.reminder.pk,
    },
    "invited_office": lambda world: {
        "slug": world.meeting.slug,
        "organisation": world.invitation.organisation.slug,
    },
    "office_feed": lambda world: {"token": world.feed_token},
    "calendar_reply": lambda world: {"pk": CalendarReplyFactory.create().pk},
    "organisation": lambda world: {"slug": world.organisation.slug},
    "contact": lambda world: {"slug": world.organisation.slug, "pk": world.contact.pk},
    "sheet": lambda world: {"kind": "xlsx"},
    "body": lambda world: {"slug": world.organisation.slug, "pk": world.body.pk},
    "office_certificate": lambda world: {"pk": world.certificate.pk},
    "card": lambda world: {"slug": world.card().slug},
    "tried_card": lambda world: {"slug": world.adoption.card.slug},
    "adoption": lambda world: {"token": link("adoption", world.adoption)},
    "site_card": lambda world: {
        "slug": world.site.slug,
        "pk": world.card(site=world.site).pk,
    },
    "site": lambda world: {"slug": world.site.slug},
    "call": lambda world: {"slug": CallFactory.create(programme=world.programme).slug},
    "application_form": lambda world: {
        "slug": CallFactory.create(programme=world.programme).slug,
        "office": world.organisation.slug,
    },
    "application": lambda world: {
        "pk": ApplicationFactory.create(
            call__programme=world.programme, organisation=world.organisation, handed_in=True
        ).pk
    },
    "phase": lambda world: {"slug": world.site.slug, "phase": "measures"},
    "site_contact": lambda world: {
        "slug": world.site.slug,
        "pk": SiteContactFactory.create(site=world.site).pk,
    },
    "agreement": lambda world: {
        "slug": world.site.slug,
        "pk": SiteAgreementFactory.create(site=world.site).pk,
    },
    "site_sheet": lambda world: {"slug": world.site.slug, "kind": "xlsx"},
    "indicator": lambda world: {"slug": world.site.slug, "pk": world.indicator.pk},
    "indicator_phase": lambda world: {"slug": world.site.slug, "phase": "ausgangswert"},
    "indicator_site": lambda world: {"slug": world.indicator.site.slug},
    "coaching_day": lambda world: {"slug": world.site.slug, "pk": world.coaching_day.pk},
    "coaching_photo": lambda world: {
        "slug": world.site.slug,
        "pk": CoachingPhotoFactory.create(coaching_day__site=world.site).coaching_day.pk,
    },
    "day_to_confirm": lambda world: {"token": link("coaching_day", world.coaching_day)},
    "day_draft": lambda world: {
        "key": DayDraftFactory.create(coach=world.people["coach"]).key,
    },
    "next_step": lambda world: {
        "slug": world.site.slug,
        "pk": NextStepFactory.create(coaching_day=world.coaching_day).pk,
    },
    "measure": lambda world: {"slug": world.site.slug, "pk": world.measure.pk},
}


def put_away(response: Any) -> None:
    """Close the file an answer would have sent; the database stays open."""
    for close in response._resource_closers:
        close()
