"""One factory per model of the ground floor."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from programme import tokens
from programme.clock import now
from programme.enums import CostCategory, MailStatus, ParameterKey, ProofKind, SourceKey
from programme.models import (
    Asset,
    BarrierReport,
    BudgetLine,
    Contract,
    Drawdown,
    FieldOfAction,
    FinancingPlan,
    FundingDocument,
    FundingSource,
    GrantNotice,
    LegalNotice,
    MailAttachment,
    Notice,
    NoticeChoice,
    NoticeLink,
    OutgoingMail,
    PlannedFunding,
    Programme,
    ProofOfUse,
    RoleGrant,
    RuleParameter,
    User,
    Voucher,
)


class UserFactory(DjangoModelFactory[User]):
    """A person; `roles=[Role.OFFICE]` grants roles."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Person Müller {n}")

    @factory.post_generation
    def roles(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        for role in extracted or ():
            RoleGrant.objects.create(user=self, role=role)


class ProgrammeFactory(DjangoModelFactory[Programme]):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programm-{n}")
    title = "Stärkung der Serviceorientierung hessischer Ausländerbehörden"
    short_title = "Serviceorientierung"
    summary = "Sechs Ausländerbehörden wurden begleitet."
    starts_on = date(2015, 10, 1)
    ends_on = date(2017, 6, 30)
    owner_name = "Hessisches Ministerium für Soziales und Integration"
    order_mailbox = "integration@example.org"
    contact_email = "kontakt@example.org"
    funding_notice = "Dieses Projekt wird aus Mitteln des AMIF kofinanziert."
    election_notice = "Diese Druckschrift darf nicht zur Wahlwerbung verwendet werden."


class LegalNoticeFactory(DjangoModelFactory[LegalNotice]):
    class Meta:
        model = LegalNotice

    programme = factory.SubFactory(ProgrammeFactory)
    publisher_name = "Hessisches Ministerium für Soziales und Integration"
    street = "Sonnenberger Straße 2/2a"
    postcode = "65193"
    city = "Wiesbaden"
    email = "poststelle@example.org"
    privacy_officer_email = "datenschutz@example.org"
    supervisory_authority = "Der Hessische Beauftragte für Datenschutz"
    enforcement_body = "Durchsetzungs- und Überwachungsstelle"
    accessibility_reviewed_on = date(2026, 1, 15)


class FieldOfActionFactory(DjangoModelFactory[FieldOfAction]):
    class Meta:
        model = FieldOfAction

    key = factory.Sequence(lambda n: f"feld-{n}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Handlungsfeld {n}")
    description = "Was dazugehört"


class FundingSourceFactory(DjangoModelFactory[FundingSource]):
    class Meta:
        model = FundingSource

    programme = factory.SubFactory(ProgrammeFactory)
    key = SourceKey.LAND
    position = 1
    name = "Land Hessen"
    granted_eur = Decimal("112000.00")

    class Params:
        amif = factory.Trait(
            key=SourceKey.AMIF, position=2, name="AMIF", granted_eur=Decimal("100000.00")
        )


class FinancingPlanFactory(DjangoModelFactory[FinancingPlan]):
    class Meta:
        model = FinancingPlan

    programme = factory.SubFactory(ProgrammeFactory)
    version = 1


class PlannedFundingFactory(DjangoModelFactory[PlannedFunding]):
    class Meta:
        model = PlannedFunding

    plan = factory.SubFactory(FinancingPlanFactory)
    source = factory.SubFactory(
        FundingSourceFactory, programme=factory.SelfAttribute("..plan.programme")
    )
    planned_eur = Decimal("112000.00")


class BudgetLineFactory(DjangoModelFactory[BudgetLine]):
    class Meta:
        model = BudgetLine

    plan = factory.SubFactory(FinancingPlanFactory)
    position = factory.Sequence(lambda n: n + 1)
    category = CostCategory.SUBCONTRACTING
    title = "Prozessbegleitung"
    planned_eur = Decimal("212000.00")


class VoucherFactory(DjangoModelFactory[Voucher]):
    class Meta:
        model = Voucher

    line = factory.SubFactory(BudgetLineFactory)
    programme = factory.SelfAttribute("line.plan.programme")
    number = factory.Sequence(lambda n: n + 1)
    payee = "Beratung Beispiel GmbH"
    invoice_number = factory.Sequence(lambda n: f"RE-{n}")
    invoiced_on = date(2016, 5, 2)
    paid_on = date(2016, 5, 20)
    gross_eur = Decimal("1000.00")
    reason = "Begleittage im April 2016"
    factual_check_by = factory.SubFactory(UserFactory)


class FundingDocumentFactory(DjangoModelFactory[FundingDocument]):
    class Meta:
        model = FundingDocument

    programme = factory.SubFactory(ProgrammeFactory)
    title = "Zuwendungsbescheid"
    name = "Bescheid Größe.pdf"
    content_type = "application/pdf"
    size_bytes = 8
    sha256 = "0" * 64
    file = factory.django.FileField(data=b"%PDF-1.7", filename="bescheid.pdf")
    by = factory.SubFactory(UserFactory)


class GrantNoticeFactory(DjangoModelFactory[GrantNotice]):
    class Meta:
        model = GrantNotice

    source = factory.SubFactory(FundingSourceFactory)
    reference = factory.Sequence(lambda n: f"IV-2015-{n}")
    issued_on = date(2015, 9, 21)
    valid_from = date(2015, 10, 1)
    valid_to = date(2017, 6, 30)
    granted_eur = Decimal("112000.00")
    document = factory.SubFactory(
        FundingDocumentFactory, programme=factory.SelfAttribute("..source.programme")
    )
    recorded_by = factory.SubFactory(UserFactory)


class RuleParameterFactory(DjangoModelFactory[RuleParameter]):
    class Meta:
        model = RuleParameter

    source = factory.SubFactory(FundingSourceFactory)
    key = ParameterKey.LINE_TOLERANCE
    value = Decimal("0.20")
    unit = "Anteil"
    valid_from = date(2015, 10, 1)
    basis = "ANBest-P Nr. 1.2"


class DrawdownFactory(DjangoModelFactory[Drawdown]):
    """A drawdown without parts; services make real ones."""

    class Meta:
        model = Drawdown

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda n: n + 1)
    requested_on = date(2016, 6, 28)
    requested_eur = Decimal("21200.00")
    proposed_eur = Decimal("21200.00")
    spent_eur = Decimal("1000.00")
    forecast_eur = Decimal("20200.00")
    reason = "Begleitung der Standorte im zweiten Halbjahr"
    recorded_by = factory.SubFactory(UserFactory)


class ContractFactory(DjangoModelFactory[Contract]):
    class Meta:
        model = Contract

    programme = factory.SubFactory(ProgrammeFactory)
    title = "Prozessbegleitung"
    contractor = "Beratung Beispiel GmbH"
    value_eur = Decimal("117647.06")


class AssetFactory(DjangoModelFactory[Asset]):
    class Meta:
        model = Asset

    voucher = factory.SubFactory(VoucherFactory)
    title = "Beamer"
    net_eur = Decimal("499.00")


class ProofFactory(DjangoModelFactory[ProofOfUse]):
    """A final proof without texts; services make real ones."""

    class Meta:
        model = ProofOfUse

    programme = factory.SubFactory(ProgrammeFactory)
    kind = ProofKind.FINAL
    number = 1
    plan = factory.SubFactory(
        FinancingPlanFactory, programme=factory.SelfAttribute("..programme"), version=77
    )
    period_from = date(2015, 10, 1)
    period_to = date(2017, 6, 30)
    due_on = date(2017, 8, 31)


class OutgoingMailFactory(DjangoModelFactory[OutgoingMail]):
    """A mail that waits; `failed=True`, `sent=True` are traits."""

    class Meta:
        model = OutgoingMail

    message_id = factory.Sequence(lambda n: f"<{n}@portal.example.org>")
    sender = "portal@example.org"
    recipient = factory.Sequence(lambda n: f"amt{n}@example.org")
    subject = factory.Sequence(lambda n: f"Einladung Nr. {n}")
    text_body = "Guten Tag,\n\nSie sind eingeladen.\n"
    html_body = "<p>Guten Tag,</p><p>Sie sind eingeladen.</p>"
    letter = "network/invitation"

    class Params:
        failed = factory.Trait(status=MailStatus.FAILED, attempts=12, last_error="refused")
        sent = factory.Trait(status=MailStatus.SENT, attempts=1, sent_at=factory.LazyFunction(now))


class MailAttachmentFactory(DjangoModelFactory[MailAttachment]):
    class Meta:
        model = MailAttachment

    mail = factory.SubFactory(OutgoingMailFactory)
    name = "treffen.ics"
    content_type = "text/calendar"
    content = b"BEGIN:VCALENDAR"


class BarrierReportFactory(DjangoModelFactory[BarrierReport]):
    class Meta:
        model = BarrierReport

    message = "Der Vorleser liest die Karte nicht vor."
    page_url = "/standorte/"
    email = "person.mueller@example.org"


class NoticeFactory(DjangoModelFactory[Notice]):
    class Meta:
        model = Notice

    user = factory.SubFactory(UserFactory)
    topic = "coaching"
    key = factory.Sequence(lambda n: f"coaching:{n}:confirmed")
    sentence = "Der Standort Kassel hat den Begleittag vom 29.02.2016 bestätigt."
    path = "/intern/"


class NoticeChoiceFactory(DjangoModelFactory[NoticeChoice]):
    class Meta:
        model = NoticeChoice

    user = factory.SubFactory(UserFactory)
    topic = "coaching"
    speed = "now"


class NoticeLinkFactory(DjangoModelFactory[NoticeLink]):
    class Meta:
        model = NoticeLink

    user = factory.SubFactory(UserFactory)
    token_seed = factory.LazyFunction(tokens.new_seed)
    token_digest = factory.LazyAttribute(
        lambda row: tokens.digest(tokens.token("notices", row.token_seed))
    )
