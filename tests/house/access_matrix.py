"""Who may open and send what: one line a page. A page that is not here fails the house.

`may` names the roles that get the page; "everybody" is the public. Everybody else is refused:
strangers are sent to the login, people without the right get `refused` (403, or 404 where the
page shows a record). `get` and `post` are the answers to those who may; an empty form gets 422,
a page without a form 405. `args` names the record of the world below the address is made of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile

from programme import jobs, tokens
from programme.enums import LegalPageKind, Role
from programme.models import BarrierReport, LegalPage, OutgoingMail, User
from publications.enums import EditionStatus
from publications.services import editions, manuscripts
from sites.enums import AssignmentKind
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
    RegistrationFactory,
)
from tests.factories.programme import (
    FundingSourceFactory,
    LegalNoticeFactory,
    ProgrammeFactory,
    UserFactory,
    VoucherFactory,
)
from tests.factories.publications import BlockFactory, OrderItemFactory, PublicationFactory
from tests.factories.sites import MeasureFactory, SiteAssignmentFactory, SiteFactory

ROLES = ("anonymous", *Role.values)


@dataclass(frozen=True)
class Page:
    """The answers of one page."""

    may: str
    get: int = 200
    post: int = 405
    refused: int = 403
    args: str = ""


EVERY_ROLE = " ".join(Role.values)

OPEN = "everybody"

# Pages that only show answer 405 to POST, pages with a form 422 to an empty one (see Page).
MATRIX: dict[str, Page] = {
    "dashboard:home": Page(OPEN),
    "dashboard:programme": Page(OPEN),
    "dashboard:start": Page(EVERY_ROLE),
    "programme:legal_notice": Page(OPEN),
    "programme:privacy": Page(OPEN),
    "programme:accessibility": Page(OPEN),
    "programme:easy_language": Page(OPEN),
    "programme:sign_language": Page(OPEN),
    "programme:report_barrier": Page(OPEN, post=422),
    "programme:barrier_reports": Page("office admin"),
    "programme:close_barrier_report": Page(
        "office admin", get=405, post=302, refused=404, args="report"
    ),
    "programme:outbox": Page("office admin"),
    "programme:mail": Page("office admin", refused=404, args="mail"),
    "programme:mail_html": Page("office admin", refused=404, args="mail"),
    "programme:mail_file": Page("office admin", refused=404, args="mail_file"),
    "programme:send_again": Page("office admin", get=405, post=302, refused=404, args="mail"),
    "programme:people": Page("office admin"),
    "programme:invite_person": Page("office admin", post=422),
    "programme:invite_again": Page("office admin", get=405, post=302, refused=404, args="person"),
    "programme:person": Page("office admin", refused=404, args="person"),
    "programme:grant_role": Page("admin", post=422, refused=404, args="person"),
    "programme:end_role": Page("admin", get=405, post=302, refused=404, args="role"),
    "programme:deactivate": Page("admin", get=405, post=302, refused=404, args="person"),
    "programme:reactivate": Page("admin", get=405, post=302, refused=404, args="person"),
    "programme:edit_legal_notice": Page("admin", post=422),
    "programme:edit_legal_page": Page("admin", post=422, args="legal_page"),
    "programme:health": Page(OPEN),
    "programme:favicon": Page(OPEN, get=302),
    "programme:robots": Page(OPEN),
    "programme:security_contact": Page(OPEN),
    "programme:public_funding": Page(OPEN),
    "programme:vouchers": Page("finance office auditor"),
    "programme:split_preview": Page("finance"),
    "programme:approve_vouchers": Page("finance", post=422),
    "programme:add_voucher": Page("finance", post=422),
    "programme:voucher": Page("finance office auditor", refused=404, args="voucher"),
    "programme:edit_voucher": Page("finance", post=422, refused=404, args="voucher"),
    "programme:approve_voucher": Page("finance", get=405, post=422, refused=404, args="voucher"),
    "programme:reject_voucher": Page("finance", get=405, post=422, refused=404, args="voucher"),
    "programme:voucher_file": Page("finance office auditor", refused=404, args="voucher_file"),
    "network:network": Page(OPEN),
    "network:meetings": Page(OPEN),
    "network:meeting": Page(OPEN, args="meeting"),
    "network:meeting_calendar": Page(OPEN, args="meeting"),
    "network:meetings_calendar": Page(OPEN),
    "network:meetings_feed": Page(OPEN),
    "network:workspace": Page("office"),
    "network:create_meeting": Page("office", post=422),
    "network:board": Page("office", args="meeting"),
    "network:edit_meeting": Page("office", post=422, args="meeting"),
    "network:publish_meeting": Page("office", post=302, args="meeting"),
    "network:cancel_meeting": Page("office", post=422, args="meeting"),
    "network:invite": Page("office", post=422, args="meeting"),
    "network:resend_invitation": Page("office", post=302, args="invited_office"),
    "network:directory": Page("office"),
    "network:organisation": Page("office", args="organisation"),
    "network:add_contact": Page("office", post=422, args="organisation"),
    "network:edit_contact": Page("office", post=422, args="contact"),
    "network:invitation": Page(OPEN, post=422, args="invitation"),
    "network:decline_invitation": Page(OPEN, post=302, args="invitation"),
    "network:represent_invitation": Page(OPEN, post=422, args="invitation"),
    "network:cancel_person": Page(OPEN, post=422, args="invited_person"),
    "network:replace_person": Page(OPEN, post=422, args="invited_person"),
    "network:registration": Page(OPEN, post=422, args="registration"),
    "network:cancel_registration": Page(OPEN, post=422, args="registration"),
    "network:replace_registration": Page(OPEN, post=422, args="registration"),
    "network:my_invitations": Page("member"),
    "network:my_invitation": Page("member", get=302, args="own_invitation"),
    "sites:sites": Page(OPEN),
    "sites:site": Page(OPEN, args="site"),
    "sites:workspace": Page("site coach office auditor"),
    "sites:workspace_site": Page("site coach office auditor", refused=404, args="site"),
    "sites:add_measure": Page("site office", post=422, refused=404, args="site"),
    "sites:edit_measure": Page("site office", post=422, refused=404, args="measure"),
    "sites:log_coaching_day": Page("coach", post=422, refused=404, args="site"),
    "publications:workspace": Page("office"),
    "publications:manuscript": Page("office", args="publication"),
    "publications:compile": Page("office", get=405, post=302, args="publication"),
    "publications:add_text": Page("office", get=405, post=302, args="chapter"),
    "publications:edit_block": Page("office", post=422, args="block"),
    "publications:arrange_block": Page("office", get=405, post=302, args="block"),
    "publications:publish": Page("office", post=422, args="publication"),
    "publications:edition_progress": Page("office", args="edition"),
    "publications:edition_status": Page("office", args="edition"),
    "publications:retry_edition": Page("office", get=405, post=302, args="edition"),
    "publications:publications": Page(OPEN),
    "publications:publication": Page(OPEN, args="publication"),
    "publications:edition": Page(OPEN, args="edition"),
    "publications:edition_pdf": Page(OPEN, args="edition"),
    "publications:order": Page(OPEN, post=422, args="publication"),
    "publications:order_received": Page(OPEN, args="publication"),
    "publications:order_status": Page(OPEN, post=302, args="order"),
    "publications:orders": Page("office"),
    "publications:mark_sent": Page("office", get=405, post=302),
    "publications:count_stock": Page("office", post=422, args="publication"),
}


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
    def meeting(self) -> Any:
        return MeetingFactory.create(programme=self.programme)

    @cached_property
    def invitation(self) -> Any:
        return InvitationFactory.create(meeting=self.meeting, organisation=self.organisation)

    @cached_property
    def registration(self) -> Any:
        return RegistrationFactory.create(invitation=self.invitation)


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
    "legal_page": lambda world: {"kind": LegalPageKind.PRIVACY},
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
    "meeting": lambda world: {"slug": world.meeting.slug},
    "invited_office": lambda world: {
        "slug": world.meeting.slug,
        "organisation": world.invitation.organisation.slug,
    },
    "organisation": lambda world: {"slug": world.organisation.slug},
    "contact": lambda world: {"slug": world.organisation.slug, "pk": world.contact.pk},
    "site": lambda world: {"slug": world.site.slug},
    "measure": lambda world: {"slug": world.site.slug, "pk": world.measure.pk},
}


def put_away(response: Any) -> None:
    """Close the file an answer would have sent; the database stays open."""
    for close in response._resource_closers:
        close()
