"""The arguments of every address of the access matrix, taken from the world."""

from collections.abc import Callable
from typing import Any

from network.enums import MinutesKind
from network.exports import entrance
from network.rules import letter_codes
from programme import tokens
from programme.enums import LegalPageKind
from programme.exports.deadlines import feed_code
from programme.models import BarrierReport
from publications.queries.snapshots import pictures_of
from sites.enums import AssignmentKind
from tests.factories.applications import ApplicationFactory, CallFactory, CriterionFactory
from tests.factories.contributions import ContributionCommentFactory, ContributionVersionFactory
from tests.factories.documents import DocumentVersionFactory, SiteAgreementFactory
from tests.factories.network import (
    CalendarReplyFactory,
    LateRequestFactory,
    MinutesItemFactory,
)
from tests.factories.programme import AssetFactory, ContractFactory
from tests.factories.publications import BlockCommentFactory, OrderRuleFactory
from tests.factories.sites import (
    CoachingPhotoFactory,
    CommunicationFactory,
    DayDraftFactory,
    GoalFactory,
    IndicatorEvidenceFactory,
    NextStepFactory,
    SiteContactFactory,
)
from tests.house.world import World


def _criterion(row: Any) -> dict[str, Any]:
    return {"slug": row.call.slug, "pk": row.pk}


def link(purpose: str, row: Any) -> str:
    """The token of a record that is reached by link."""
    return tokens.token(purpose, row.token_seed)


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
    "batch": lambda world: {"number": world.batch.number},
    "publication": lambda world: {"slug": world.publication.slug},
    "chapter": lambda world: {
        "slug": world.block.chapter.publication.slug,
        "anchor": world.block.chapter.anchor,
    },
    "block": lambda world: {"slug": world.block.chapter.publication.slug, "pk": world.block.pk},
    "block_comment": lambda world: {
        "slug": world.block.chapter.publication.slug,
        "pk": world.block.pk,
        "comment": BlockCommentFactory.create(block=world.block).pk,
    },
    "live_block": lambda world: {
        "slug": world.live_block.chapter.publication.slug,
        "pk": world.live_block.pk,
    },
    "picture_block": lambda world: {
        "slug": world.picture_block.chapter.publication.slug,
        "pk": world.picture_block.pk,
    },
    "picture": lambda world: {
        "slug": world.picture_block.chapter.publication.slug,
        "address": world.picture_block.picture.address,
    },
    "edition_picture": lambda world: {
        "slug": world.publication.slug,
        "number": world.edition.number,
        "address": next(iter(pictures_of(world.edition.snapshot))),
    },
    "edition": lambda world: {"slug": world.publication.slug, "number": world.edition.number},
    "erratum": lambda world: {
        "slug": world.publication.slug,
        "number": world.edition.number,
        "erratum": world.erratum.number,
    },
    "deposit": lambda world: {"pk": world.deposit.pk},
    "summary": lambda world: {"slug": world.publication.slug, "variant": "en"},
    "public_summary": lambda world: {
        "slug": world.publication.slug,
        "variant": world.summary.variant,
    },
    "open_data": lambda world: {"syntax": "ttl"},
    "citation": lambda world: {
        "slug": world.publication.slug,
        "number": world.edition.number,
        "ending": "bib",
    },
    "part_citation": lambda world: {
        "slug": world.publication.slug,
        "number": world.edition.number,
        "anchor": "zusammenfassung",
        "ending": "csl.json",
    },
    "edition_file": lambda world: {
        "slug": world.publication.slug,
        "number": world.edition.number,
        "format": world.edition_file.format,
    },
    "edition_table": lambda world: {
        "slug": world.publication.slug,
        "number": world.edition.number,
        "key": "standorte",
    },
    "order_rule": lambda world: {"pk": OrderRuleFactory.create(programme=world.programme).pk},
    "order_pk": lambda world: {"pk": world.order.pk},
    "order": lambda world: {"token": link("order", world.order)},
    "voucher": lambda world: {"number": world.voucher.number},
    "voucher_file": lambda world: {"number": world.voucher.number, "pk": world.voucher_file.pk},
    "half_year": lambda world: {"year": world.programme.starts_on.year, "half": 2},
    "deadline_feed": lambda world: {
        "pk": world.deadline_feed.pk,
        "code": feed_code(world.deadline_feed),
    },
    "sample": lambda world: {"pk": world.sample.pk},
    "finding": lambda world: {"number": world.finding.number},
    "proof": lambda world: {"pk": world.proof.pk},
    "drawdown": lambda world: {"number": world.drawdown.number},
    "funding_document": lambda world: {"pk": world.funding_document.pk},
    "contract": lambda world: {"pk": ContractFactory.create(programme=world.programme).pk},
    "asset": lambda world: {"pk": AssetFactory.create(voucher=world.voucher).pk},
    "plan": lambda world: {"version": world.plan.version},
    "grant_notice": lambda world: {"pk": world.grant_notice.pk},
    "proof_check": lambda world: {"pk": world.proof_check.pk},
    "parameter": lambda world: {
        "source": world.parameter.source.key,
        "key": world.parameter.key,
    },
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
    "notice_link": lambda world: {
        "token": link("notices", world.notice_link),
        "scope": "coaching",
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
    "criterion": lambda world: _criterion(CriterionFactory.create(call__programme=world.programme)),
    "application_form": lambda world: {
        "slug": CallFactory.create(programme=world.programme).slug,
        "office": world.organisation.slug,
    },
    "application": lambda world: {
        "pk": ApplicationFactory.create(
            call__programme=world.programme, organisation=world.organisation, handed_in=True
        ).pk
    },
    "contribution_part": lambda world: {"slug": world.site.slug, "part": "ergebnis"},
    "contribution_comment": lambda world: {
        "slug": world.site.slug,
        "pk": ContributionCommentFactory.create(contribution__site=world.site).pk,
    },
    "contribution_version": lambda world: {
        "slug": world.site.slug,
        "number": ContributionVersionFactory.create(contribution__site=world.site).number,
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
    "document": lambda world: {"slug": world.site.slug, "pk": world.document.pk},
    "document_version": lambda world: {
        "slug": world.site.slug,
        "pk": world.document.pk,
        "number": 1,
    },
    "communication": lambda world: {
        "slug": world.site.slug,
        "pk": CommunicationFactory.create(site=world.site, by=world.people["site"]).pk,
    },
    "staff_assignment": lambda world: {
        "slug": world.site.slug,
        "pk": world.site.assignments.get(kind=AssignmentKind.STAFF).pk,
    },
    "public_document": lambda world: {
        "slug": world.site.slug,
        "pk": DocumentVersionFactory.create(
            document__site=world.site, document__audience="public"
        ).document.pk,
    },
    "site_sheet": lambda world: {"slug": world.site.slug, "kind": "xlsx"},
    "indicator": lambda world: {"slug": world.site.slug, "pk": world.indicator.pk},
    "indicator_value": lambda world: {"slug": world.site.slug, "pk": world.value.pk},
    "indicator_evidence": lambda world: {
        "slug": world.site.slug,
        "pk": world.value.pk,
        "file": IndicatorEvidenceFactory.create(value_of=world.value).pk,
    },
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
    "goal": lambda world: {
        "slug": world.site.slug,
        "pk": GoalFactory.create(site=world.site).pk,
    },
    "measure": lambda world: {"slug": world.site.slug, "pk": world.measure.pk},
}
