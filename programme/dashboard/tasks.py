"""The start page of the workspace: what each role can do next, with numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from network.enums import Answer, MeetingStatus, ReplyState
from network.models import CalendarReply
from network.queries import invitations
from programme import clock, permissions
from programme.dashboard import contribution_tasks, follow_ups, meeting_tasks
from programme.dashboard.queries import count
from programme.dashboard.task import Task
from programme.enums import BarrierReportStatus, MailStatus, VoucherStatus
from programme.models import BarrierReport, OutgoingMail, Programme, User, Voucher
from programme.queries import funding
from publications.enums import OrderStatus
from publications.models import Order, Publication
from sites.enums import AssignmentKind, ContributionState
from sites.models import Contribution, Site, SiteAssignment
from sites.queries import measures
from sites.queries.sites import with_numbers
from sites.rules.lifecycle import takes_entries


@dataclass(frozen=True)
class Part:
    """The tasks of one role, or the numbers that belong to them."""

    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Start:
    """The start page of one person."""

    parts: tuple[Part, ...]
    money: funding.FundingOverview | None

    @property
    def open_tasks(self) -> int:
        return sum(task.amount or 0 for part in self.parts for task in part.tasks)


@dataclass(frozen=True)
class Counts:
    """Numbers that several roles look at, from one query."""

    orders: int = 0
    mails: int = 0
    replies: int = 0
    reports: int = 0
    people: int = 0
    mine_to_check: int = 0
    recorded: int = 0
    approved: int = 0
    contributions: int = 0


def start(*, user: User, programme: Programme | None, day: date, moment: datetime) -> Start:
    """Return the tasks of all roles of the person; at most eleven queries, whatever the roles."""
    if programme is None:
        return Start(parts=(), money=None)
    counts = _counts(user, programme)
    parts: list[Part] = []
    if permissions.is_office(user):
        parts.append(Part("Programmteam", tuple(_office(programme, counts, moment))))
    if permissions.is_finance(user):
        parts.append(Part("Finanzen", tuple(_finance(counts))))
    if permissions.is_coach(user) or permissions.is_site(user):
        parts += _sites(user, day)
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
    mails = OutgoingMail.objects.filter(status__in=[MailStatus.FAILED, MailStatus.DELAYED])
    numbers = {
        "orders": count(Order.objects.filter(status=OrderStatus.CONFIRMED)),
        "mails": count(mails),
        "replies": count(CalendarReply.objects.filter(state=ReplyState.PARKED)),
        "reports": count(BarrierReport.objects.filter(status=BarrierReportStatus.OPEN)),
        "people": count(User.objects.filter(is_active=True)),
        "mine_to_check": count(recorded.exclude(factual_check_by=user)),
        "recorded": count(recorded),
        "contributions": count(Contribution.objects.filter(state=ContributionState.HANDED_IN)),
        "approved": count(vouchers.filter(status=VoucherStatus.APPROVED)),
    }
    rows = Programme.objects.filter(pk=programme.pk).annotate(**numbers).values(*numbers)
    return Counts(**rows.get())


def _office(programme: Programme, counts: Counts, moment: datetime) -> Iterator[Task]:
    yield from meeting_tasks.of(programme, moment)
    yield Task(
        counts.orders,
        "Bestellungen zu versenden",
        "bestätigt, noch nicht verschickt",
        reverse("publications:orders"),
    )
    yield Task(
        counts.mails,
        "E-Mails nicht zugestellt",
        "verzögert oder endgültig gescheitert",
        reverse("programme:outbox"),
    )
    yield from contribution_tasks.of_team(counts.contributions)
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
    yield Task(
        None,
        "Beleg erfassen",
        f"{counts.recorded} erfasst und ungeprüft, {counts.approved} geprüft",
        reverse("programme:add_voucher"),
    )


def _sites(user: User, day: date) -> Iterator[Part]:
    """One part a site the person is assigned to, with what the assignment allows."""
    mine = SiteAssignment.objects.on(day).filter(user=user)
    here = mine.filter(site=OuterRef("pk"))
    rows = with_numbers(Site.objects.filter(programme__is_current=True, pk__in=mine.values("site")))
    for site in rows.select_related("contribution").annotate(
        staffed=Exists(here.filter(kind=AssignmentKind.STAFF)),
        coached=Exists(here.filter(kind=AssignmentKind.COACH)),
        due=count(measures.due(day=day).filter(site=OuterRef("pk"))),
    ):
        tasks = []
        if site.coached and permissions.is_coach(user):
            last = f", zuletzt am {site.last_on:%d.%m.%Y}" if site.last_on else ""
            address = reverse("sites:log_coaching_day", args=[site.slug])
            tasks.append(Task(None, "Begleittag eintragen", f"{site.days} Tage{last}", address))
        if site.staffed and permissions.is_site(user):
            known = f"{site.measure_count} Maßnahmen sind dokumentiert"
            tasks += _month(site, site.due)
            tasks += contribution_tasks.of_staff(site)
            address = reverse("sites:add_measure", args=[site.slug])
            tasks.append(Task(None, "Maßnahme anlegen", known, address))
        address = reverse("sites:workspace_site", args=[site.slug])
        tasks.append(Task(None, "Standort öffnen", str(site.get_status_display()), address))
        yield Part(f"Standort {site.name}", tuple(tasks))


def _month(site: Site, due: int) -> list[Task]:
    """Ask for the month only while an open measure has had no step for a month."""
    if not due or not takes_entries(site.status):
        return []
    hint = "offene Maßnahmen ohne Eintrag seit über einem Monat"
    address = reverse("sites:monthly_update", args=[site.slug])
    return [Task(due, "Monatsstand eintragen", hint, address)]


def _member(user: User, day: date, moment: datetime) -> Iterator[Task]:
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
    yield Task(None, "Alle Einladungen Ihrer Behörde", "auch vergangene Treffen", url)


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
        f"{counts.approved} geprüft, {counts.recorded} warten auf die zweite Prüfung",
        reverse("programme:vouchers"),
    )
