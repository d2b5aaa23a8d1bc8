"""The start page of the workspace: what each role can do next, with numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from network.enums import Answer, MeetingStatus, ReplyState
from network.models import CalendarReply
from network.queries import invitations
from programme import clock, permissions
from programme.dashboard import (
    application_tasks,
    contribution_tasks,
    deadline_tasks,
    deposit_tasks,
    follow_ups,
    meeting_tasks,
    order_tasks,
    site_tasks,
)
from programme.dashboard.queries import count
from programme.dashboard.task import Part, Task
from programme.enums import BarrierReportStatus, FindingState, MailStatus, VoucherStatus
from programme.models import AuditFinding, BarrierReport, OutgoingMail, Programme, User, Voucher
from programme.queries import funding, plans
from programme.queries.deadlines import ClockRows, clock_rows, packed_rows
from publications.enums import OrderStatus
from publications.models import Order, Publication
from publications.queries.deposits import open_of
from publications.queries.orders import lost_on_the_way
from publications.rules.orders import TO_DISPATCH
from sites.enums import ContributionState
from sites.models import Contribution


@dataclass(frozen=True)
class Start:
    """The start page of one person."""

    parts: tuple[Part, ...]
    money: funding.FundingOverview | None

    @property
    def open_tasks(self) -> int:
        return sum(task.amount or 0 for part in self.parts for task in part.tasks)

    @property
    def alarms(self) -> list[Task]:
        return [task for part in self.parts for task in part.tasks if task.is_alarm]


@dataclass(frozen=True)
class Counts:
    """Numbers that several roles look at, and the rows of the funding's clock: one query."""

    orders: int
    held: int
    lost_orders: int
    short: int
    mails: int
    replies: int
    reports: int
    people: int
    mine_to_check: int
    recorded: int
    approved: int
    contributions: int
    deposits: int
    late_deposits: int
    findings: int
    answered: int
    plans_to_approve: int
    clock: ClockRows


def start(*, user: User, programme: Programme | None, day: date, moment: datetime) -> Start:
    """Return the tasks of all roles of the person; at most fifteen queries, whatever the roles."""
    if programme is None:
        return Start(parts=(), money=None)
    counts = _counts(user, programme)
    parts: list[Part] = []
    is_office, is_finance = permissions.is_office(user), permissions.is_finance(user)
    dates = tuple(deadline_tasks.of(programme, counts.clock)) if is_office or is_finance else ()
    if is_office:
        parts.append(Part("Programmteam", (*_office(programme, counts, moment), *dates)))
    if is_finance:
        own = () if is_office else dates
        parts.append(Part("Finanzen", (*_finance(counts), *own)))
    if permissions.is_coach(user) or permissions.is_site(user):
        parts += site_tasks.of(user, day)
    parts.append(Part("Wiedervorlagen", tuple(follow_ups.of(user, day))))
    if permissions.is_member(user):
        parts.append(Part("Netzwerk", tuple(_member(user, day, moment))))
    if permissions.is_admin(user):
        parts.append(Part("Verwaltung und Datenschutz", tuple(_admin(counts))))
    if permissions.is_auditor(user):
        parts.append(Part("Prüfung", tuple(_auditor(counts))))
    sees_money = permissions.is_finance(user) or permissions.is_auditor(user)
    return Start(
        parts=tuple(part for part in parts if part.tasks),
        money=_money(programme) if sees_money else None,
    )


def _money(programme: Programme) -> funding.FundingOverview:
    """Return plan and actual figures as they stand today, at most at the end of the run time."""
    as_of = clock.default_as_of(programme.starts_on, programme.ends_on)
    return funding.overview(programme=programme, as_of=as_of)


def _counts(user: User, programme: Programme) -> Counts:
    """Count everything at once; the page shows only what the roles allow."""
    vouchers = Voucher.objects.filter(programme=programme)
    recorded = vouchers.filter(status=VoucherStatus.RECORDED)
    findings = AuditFinding.objects.filter(programme=programme)
    deposits = open_of(programme)
    mails = OutgoingMail.objects.filter(status__in=[MailStatus.FAILED, MailStatus.DELAYED])
    numbers = {
        "orders": count(Order.objects.filter(status__in=TO_DISPATCH)),
        "held": count(Order.objects.filter(status=OrderStatus.HELD)),
        "lost_orders": count(lost_on_the_way()),
        "short": count(Publication.objects.filter(reprint_warned_at__isnull=False)),
        "mails": count(mails),
        "replies": count(CalendarReply.objects.filter(state=ReplyState.PARKED)),
        "reports": count(BarrierReport.objects.filter(status=BarrierReportStatus.OPEN)),
        "people": count(User.objects.filter(is_active=True)),
        "mine_to_check": count(recorded.exclude(factual_check_by=user)),
        "recorded": count(recorded),
        "contributions": count(Contribution.objects.filter(state=ContributionState.HANDED_IN)),
        "deposits": count(deposits),
        "late_deposits": count(deposits.filter(due_on__lt=clock.today())),
        "findings": count(findings.filter(state=FindingState.OPEN)),
        "answered": count(findings.filter(state=FindingState.ANSWERED)),
        "plans_to_approve": count(plans.handed_in(programme=programme).exclude(proposed_by=user)),
        "approved": count(vouchers.filter(status=VoucherStatus.APPROVED)),
    }
    dates = packed_rows()
    rows = Programme.objects.filter(pk=programme.pk).annotate(**numbers, **dates)
    found = rows.values(*numbers, *dates).get()
    return Counts(
        clock=clock_rows({name: found.pop(name) for name in dates}),
        **found,
    )


def _office(programme: Programme, counts: Counts, moment: datetime) -> Iterator[Task]:
    yield from meeting_tasks.of(programme, moment)
    yield from order_tasks.of_team(
        to_send=counts.orders, held=counts.held, lost=counts.lost_orders, short=counts.short
    )
    yield Task(
        counts.mails,
        "E-Mails nicht zugestellt",
        "verzögert oder endgültig gescheitert",
        reverse("programme:outbox"),
    )
    yield from contribution_tasks.of_team(counts.contributions)
    yield from deposit_tasks.of_team(counts.deposits, counts.late_deposits)
    if counts.replies:
        yield _unclear_replies(counts)
    yield from _manuscript(programme)


def _unclear_replies(counts: Counts) -> Task:
    hint = "nicht eindeutig, noch ohne Wirkung"
    return Task(counts.replies, "Kalenderantworten zu klären", hint, reverse("network:replies"))


def _manuscript(programme: Programme) -> Iterator[Task]:
    for publication in Publication.objects.filter(programme=programme)[:3]:
        compiled = publication.compiled_at
        yield Task(
            None,
            f"Manuskript bearbeiten: {publication.title}"
            if compiled
            else f"Aus den Daten zusammenstellen: {publication.title}",
            f"zusammengestellt am {clock.day_of(compiled):%d.%m.%Y}"
            if compiled
            else "noch ohne Manuskript",
            reverse("publications:manuscript", args=[publication.slug]),
        )


def _finance(counts: Counts) -> Iterator[Task]:
    yield Task(
        counts.mine_to_check,
        "Belege warten auf Ihre zweite Prüfung",
        "von anderen erfasst; eigene Belege prüft eine zweite Person",
        reverse("programme:approve_vouchers"),
    )
    if counts.plans_to_approve:
        yield Task(
            counts.plans_to_approve,
            "Finanzierungsplan wartet auf Ihre Genehmigung",
            "von einer anderen Person vorgelegt",
            reverse("programme:plan"),
        )
    yield Task(
        None,
        "Beleg erfassen",
        f"{counts.recorded} erfasst und ungeprüft, {counts.approved} geprüft",
        reverse("programme:add_voucher"),
    )
    yield from _open_findings(counts)


def _open_findings(counts: Counts) -> Iterator[Task]:
    if counts.findings:
        yield Task(
            counts.findings,
            "Feststellungen der Prüfung beantworten",
            "eigene Feststellungen beantwortet eine andere Person",
            f"{reverse('programme:findings')}?stand={FindingState.OPEN}",
        )


def _member(user: User, day: date, moment: datetime) -> Iterator[Task]:
    yield from application_tasks.of(user, day)
    for invitation in invitations.own_invitations(user_id=user.pk, day=day):
        meeting = invitation.meeting
        if meeting.starts_at is None or meeting.starts_at < moment:
            continue
        if meeting.status == MeetingStatus.CANCELLED:
            continue
        is_open = invitation.answer == Answer.OPEN
        words = "Einladung beantworten" if is_open else "Ihre Antwort"
        yield Task(
            1 if is_open else None,
            f"{words}: {meeting.title}",
            f"am {clock.day_of(meeting.starts_at):%d.%m.%Y}, "
            f"{invitation.organisation}: {invitation.get_answer_display()}",
            reverse("network:my_invitation", args=[invitation.pk]),
        )
    url = reverse("network:my_invitations")
    yield Task(None, "Alle Einladungen Ihrer Organisation", "auch vergangene Treffen", url)


def _admin(counts: Counts) -> Iterator[Task]:
    yield Task(
        counts.reports,
        "Gemeldete Barrieren sind offen",
        "Antwort binnen sechs Wochen",
        reverse("programme:barrier_reports"),
    )
    url = reverse("programme:people")
    yield Task(None, "Personen und Rollen", f"{counts.people} aktive Zugänge", url)


def _auditor(counts: Counts) -> Iterator[Task]:
    yield Task(
        None,
        "Belege einsehen",
        f"{counts.approved} geprüft, {counts.recorded} noch ohne zweite Prüfung",
        reverse("programme:vouchers"),
    )
    address = reverse("programme:findings")
    if counts.answered:
        yield Task(
            counts.answered,
            "Beantwortete Feststellungen prüfen",
            "schließen, wenn alles geklärt ist, oder ändern",
            f"{address}?stand={FindingState.ANSWERED}",
        )
    amount = counts.findings
    hint = (
        "Eine Feststellung wartet auf eine Antwort"
        if amount == 1
        else f"{amount} Feststellungen warten auf eine Antwort"
    )
    yield Task(None, "Prüfraum öffnen", hint, reverse("programme:audit_room"))
