"""A small programme with something of everything a report tells."""

from datetime import UTC, date, datetime
from decimal import Decimal

from network.enums import Answer, MeetingStatus
from network.models import PublicBody
from programme.enums import Role, VoucherStatus
from programme.models import VoucherShare
from publications.models import Publication
from publications.queries import snapshots
from publications.services import editions, manuscripts, sign_offs
from sites.enums import Balance, MeasureStatus, SiteStatus
from tests.factories.funding import approved_plan
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    OrganisationFactory,
    RegistrationFactory,
)
from tests.factories.programme import (
    BudgetLineFactory,
    FieldOfActionFactory,
    FinancingPlanFactory,
    FundingSourceFactory,
    LegalNoticeFactory,
    PlannedFundingFactory,
    ProgrammeFactory,
    UserFactory,
    VoucherFactory,
)
from tests.factories.publications import PublicationFactory
from tests.factories.sites import CoachingDayFactory, MeasureFactory, SiteFactory


def build():
    """Make programme, funding, network, one site and the empty report; return the report."""
    programme = ProgrammeFactory(is_current=True)
    LegalNoticeFactory(programme=programme)
    _funding(programme)
    office = OrganisationFactory(name="Ausländerbehörde Gießen", short_name="Gießen")
    other = OrganisationFactory(name="Ausländerbehörde Fulda", short_name="Fulda")
    for place, organisation in enumerate((office, other)):
        PublicBody.objects.create(
            office=organisation,
            kind="independent_city",
            name=organisation.short_name,
            short_name=organisation.short_name[:5],
            key=f"0653{place}",
            region="giessen",
            seat=organisation.short_name,
            latitude=Decimal("50.5"),
            longitude=Decimal("8.6"),
            tile_column=place,
            tile_row=1,
            valid_from=date(2000, 1, 1),
        )
    _meeting(programme, office)
    _site(programme, office)
    return PublicationFactory(programme=programme, subtitle="Größe und Maß")


def _funding(programme):
    plan = FinancingPlanFactory(programme=programme)
    line = BudgetLineFactory(plan=plan, position=1)
    land = FundingSourceFactory(programme=programme)
    amif = FundingSourceFactory(programme=programme, amif=True)
    for source in (land, amif):
        PlannedFundingFactory(plan=plan, source=source, planned_eur=source.granted_eur)
    approved_plan(plan)
    voucher = VoucherFactory(line=line, number=1, gross_eur=Decimal("1000.01"))
    VoucherFactory(line=line, number=2, gross_eur=Decimal("99.00"))
    for source, amount in ((land, "528.31"), (amif, "471.70")):
        VoucherShare.objects.create(
            voucher=voucher,
            source=source,
            amount_eur=Decimal(amount),
            ratio_numerator=1,
            ratio_denominator=2,
        )
    # The parts come first: an approved voucher and its parts stay as they are.
    voucher.status, voucher.arithmetic_check_by = VoucherStatus.APPROVED, UserFactory()
    voucher.save()


def _meeting(programme, office):
    meeting = MeetingFactory(
        programme=programme,
        title="2. Landesnetzwerktreffen",
        status=MeetingStatus.HELD,
        starts_at=datetime(2016, 9, 16, 8, 0, tzinfo=UTC),
        ends_at=datetime(2016, 9, 16, 14, 0, tzinfo=UTC),
    )
    invitation = InvitationFactory(meeting=meeting, organisation=office, answer=Answer.COMING)
    RegistrationFactory(invitation=invitation)
    RegistrationFactory(invitation=invitation)


def _site(programme, office):
    site = SiteFactory(
        programme=programme, organisation=office, name="Gießen", status=SiteStatus.COMPLETED
    )
    field = FieldOfActionFactory(title="Binnenorganisation")
    for number in range(2):
        MeasureFactory(
            site=site,
            field_of_action=field,
            title=f"Terminvergabe {number}",
            status=MeasureStatus.DONE,
            balance=Balance.BOTH,
            reconciliation="Termine dienen beiden Aufgaben.",
        )
    MeasureFactory(site=site, field_of_action=field, title="Intern", is_public=False)
    CoachingDayFactory(site=site)


def office_person():
    """Make somebody of the programme team."""
    return UserFactory(roles=[Role.OFFICE])


def compiled():
    """Make a report two people have agreed with; return it and who compiled it."""
    report, by = build(), office_person()
    manuscripts.compile(publication=report, by=by)
    sign(report)
    return report, by


def sign(report):
    """Let two people agree with the report as it is now."""
    report = Publication.objects.get(pk=report.pk)
    state = snapshots.state_of(snapshots.current(report))
    for _ in range(2):
        sign_offs.sign(publication=report, state=state, by=office_person())


def published():
    """Make a report with edition 1, set at once; return the edition."""
    report, by = compiled()
    edition = editions.publish(publication=report, by=by)
    editions.render.call(edition_id=edition.pk)
    edition.refresh_from_db()
    return edition
