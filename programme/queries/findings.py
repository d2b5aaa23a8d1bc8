"""Findings of audits and what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When
from django.urls import reverse

from programme.enums import FindingState
from programme.models import AuditFinding, Drawdown, Programme, ProofOfUse, Voucher
from programme.queries.funding import approved_plan

KINDS = (
    ("voucher", "Beleg"),
    ("line", "Einzelansatz"),
    ("drawdown", "Mittelabruf"),
    ("proof", "Verwendungsnachweis"),
)
STATES = (("offen", "nicht erledigt"), *FindingState.choices)
_STATES = {"offen": Q(state__in=[FindingState.OPEN, FindingState.ANSWERED])}


@dataclass(frozen=True)
class Row:
    """A finding on the list, with the page of its subject and whether its day has passed."""

    finding: AuditFinding
    url: str
    is_due: bool


def findings(*, programme: Programme) -> QuerySet[AuditFinding]:
    """Return the findings of a programme with their people, in the order of their numbers."""
    rows = AuditFinding.objects.filter(programme=programme)
    return rows.select_related("programme", "found_by", "answered_by").order_by("number")


def narrowed(
    *, rows: QuerySet[AuditFinding], state: str = "", kind: str = "", text: str = ""
) -> QuerySet[AuditFinding]:
    """Narrow the list by state (`offen` is all that is not closed), subject and words.

    What is not closed stands first, ordered by the day of its follow-up.
    """
    condition = Q()
    if state:
        condition &= _STATES.get(state, Q(state=state))
    if kind:
        condition &= Q(subject_key__startswith=f"{kind}:")
    if text:
        condition &= Q(text__icontains=text) | Q(subject_title__icontains=text)
    is_closed = Case(
        When(state=FindingState.CLOSED, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return rows.filter(condition).order_by(is_closed, "follow_up_on", "number")


def listed(*, rows: Iterable[AuditFinding], day: date) -> list[Row]:
    """Return findings as the list shows them on a day; no query."""
    return [Row(row, subject_url(row.subject_key), _is_due(row, day)) for row in rows]


def open_findings(*, programme: Programme) -> QuerySet[AuditFinding]:
    """Return what is not closed, the most urgent first."""
    return narrowed(rows=findings(programme=programme), state="offen")


def about(*, programme: Programme, key: str) -> QuerySet[AuditFinding]:
    """Return the findings about one subject, for example "voucher:12"."""
    return findings(programme=programme).filter(subject_key=key)


def subject_title(*, programme: Programme, kind: str, number: int) -> str:
    """Return the name of a subject as people read it; empty if there is no such subject."""
    return str(_subject(programme, kind, number) or "")


def subject_url(key: str) -> str:
    """Return the page on which a subject is read."""
    kind, _, number = key.partition(":")
    if kind == "voucher":
        return reverse("programme:voucher_chain", args=[number])
    if kind == "line":
        return f"{reverse('programme:vouchers')}?ansatz={number}"
    return reverse(f"programme:{kind}", args=[number])


def voucher_gross_eur(*, programme: Programme, number: int) -> Decimal:
    """Return the gross amount of a voucher in EUR; raises DoesNotExist without such a voucher."""
    return Voucher.objects.get(programme=programme, number=number).gross_eur


def next_number(*, programme: Programme) -> int:
    """Return the number of the next finding; call it while the programme is locked."""
    last = AuditFinding.objects.filter(programme=programme).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _subject(programme: Programme, kind: str, number: int) -> object:
    if kind == "voucher":
        return Voucher.objects.filter(programme=programme, number=number).first()
    if kind == "drawdown":
        return Drawdown.objects.filter(programme=programme, number=number).first()
    if kind == "proof":
        return ProofOfUse.objects.filter(programme=programme, pk=number).first()
    plan = approved_plan(programme=programme)
    line = plan.lines.filter(position=number).first() if plan else None
    return f"Einzelansatz {number}: {line.title}" if line else None


def _is_due(row: AuditFinding, day: date) -> bool:
    is_open = row.state != FindingState.CLOSED
    return is_open and row.follow_up_on is not None and row.follow_up_on <= day
