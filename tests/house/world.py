"""One record of everything, and one person per role who has to do with it."""

from datetime import date
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile

from network.enums import Audience
from network.services import office_feeds
from programme import jobs, tokens
from programme.enums import LegalPageKind, Role
from programme.models import LegalPage, OutgoingMail, User
from programme.services import notices, printouts
from publications.enums import EditionStatus
from publications.services import editions, manuscripts
from sites.enums import AssignmentKind
from tests.factories.documents import DocumentVersionFactory
from tests.factories.inspections import AuditFindingFactory, AuditSampleFactory
from tests.factories.library import DepositTaskFactory, SummaryFactory
from tests.factories.network import (
    AnswerEntryFactory,
    CertificateFactory,
    ContactFactory,
    InvitationFactory,
    MaterialFactory,
    MeetingFactory,
    MembershipFactory,
    PublicBodyFactory,
    RegistrationFactory,
    ReminderFactory,
    SurveyAnswerFactory,
    SurveyFactory,
    SurveyTicketFactory,
    WorkshopFactory,
)
from tests.factories.programme import (
    BudgetLineFactory,
    DrawdownFactory,
    FundingDocumentFactory,
    FundingSourceFactory,
    GrantNoticeFactory,
    LegalNoticeFactory,
    NoticeLinkFactory,
    ProgrammeFactory,
    ProofFactory,
    RuleParameterFactory,
    UserFactory,
    VoucherFactory,
)
from tests.factories.proof_checks import ProofCheckFactory
from tests.factories.publications import (
    BlockFactory,
    EditionFileFactory,
    ErratumFactory,
    OrderItemFactory,
    PackingBatchFactory,
    PublicationFactory,
)
from tests.factories.sites import (
    AdoptionFactory,
    CoachingDayFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    MeasureFactory,
    PracticeCardFactory,
    SiteAssignmentFactory,
    SiteFactory,
)
from tests.publications.photos import with_picture
from tests.publications.world import sign


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
    def notice_link(self) -> Any:
        return NoticeLinkFactory.create(user=self.people["coach"])

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
    def live_block(self) -> Any:
        return BlockFactory.create(chapter=self.block.chapter, kind="timeline", position=50)

    @cached_property
    def picture_block(self) -> Any:
        return with_picture(
            self.block.chapter.publication, self.people["office"], chapter=self.block.chapter
        )

    @cached_property
    def sources(self) -> list[Any]:
        """Land and AMIF; a programme has each once."""
        return [
            FundingSourceFactory.create(programme=self.programme),
            FundingSourceFactory.create(programme=self.programme, amif=True),
        ]

    @cached_property
    def parameter(self) -> Any:
        return RuleParameterFactory.create(source=self.sources[0])

    @cached_property
    def edition(self) -> Any:
        """A published edition, frozen from the portal's data, with a stand-in for its PDF."""
        office = self.people["office"]
        _land, _amif = self.sources  # the report shows both
        manuscripts.compile(publication=self.publication, by=office)
        with_picture(self.publication, office)
        sign(self.publication)
        edition = editions.publish(publication=self.publication, by=office)
        edition.pdf.save("bericht.pdf", ContentFile(b"%PDF-1.7"), save=False)
        edition.status, edition.pdf_bytes, edition.pdf_pages = EditionStatus.PUBLISHED, 8, 1
        edition.published_at = edition.frozen_at
        edition.save()
        return edition

    @cached_property
    def edition_file(self) -> Any:
        """A further format of the edition, with a stand-in for its bytes."""
        row = EditionFileFactory.build(edition=self.edition, status="ready", bytes=4)
        row.file.save("bericht.epub", ContentFile(b"PK\x03\x04"), save=True)
        return row

    @cached_property
    def erratum(self) -> Any:
        return ErratumFactory.create(edition=self.edition)

    @cached_property
    def deposit(self) -> Any:
        return DepositTaskFactory.create(edition=self.edition)

    @cached_property
    def summary(self) -> Any:
        return SummaryFactory.create(publication=self.publication, public=True)

    @cached_property
    def order(self) -> Any:
        return OrderItemFactory.create(publication=self.publication).order

    @cached_property
    def batch(self) -> Any:
        return PackingBatchFactory.create(printed_by=self.people["office"])

    @cached_property
    def voucher(self) -> Any:
        return VoucherFactory.create(line__plan__programme=self.programme)

    @cached_property
    def deadline_feed(self) -> Any:
        """The private calendar of somebody who may see the funding."""
        notices.link_of(person=self.people["finance"])
        return self.people["finance"].notice_link

    @cached_property
    def proof(self) -> Any:
        return ProofFactory.create(programme=self.programme)

    @cached_property
    def drawdown(self) -> Any:
        return DrawdownFactory.create(programme=self.programme)

    @cached_property
    def sample(self) -> Any:
        sample = AuditSampleFactory.create(
            programme=self.programme, drawn_by=self.people["auditor"]
        )
        sample.vouchers.add(self.voucher)
        return sample

    @cached_property
    def finding(self) -> Any:
        return AuditFindingFactory.create(programme=self.programme, found_by=self.people["auditor"])

    @cached_property
    def funding_document(self) -> Any:
        return FundingDocumentFactory.create(programme=self.programme)

    @cached_property
    def plan(self) -> Any:
        """A version of the financing plan nobody has approved yet."""
        plan: Any = BudgetLineFactory.create(plan__programme=self.programme, plan__version=2).plan
        return plan

    @cached_property
    def grant_notice(self) -> Any:
        return GrantNoticeFactory.create(source=self.sources[0])

    @cached_property
    def proof_check(self) -> Any:
        return ProofCheckFactory.create(proof=self.proof, source=self.sources[0])

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
    def document(self) -> Any:
        """A document of the site for its own people, with one version."""
        return DocumentVersionFactory.create(document__site=self.site).document

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
    def value(self) -> Any:
        return IndicatorValueFactory.create(site=self.site)

    @cached_property
    def survey_token(self) -> str:
        token = tokens.token("survey", tokens.new_seed())
        SurveyTicketFactory.create(survey=self.survey, token_digest=tokens.digest(token))
        return token

    @cached_property
    def certificate(self) -> Any:
        file = ContentFile(b"%PDF-1.7", name="bescheinigung.pdf")
        return CertificateFactory.create(registration=self.registration, file=file)
