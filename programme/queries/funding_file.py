"""What has to be mended before the file of the funding is complete (B16)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from programme.enums import (
    DrawdownStatus,
    PlanStatus,
    ProofKind,
    VoucherFileKind,
    VoucherStatus,
)
from programme.models import (
    Drawdown,
    Programme,
    ProofOfUse,
    Voucher,
    VoucherFile,
)
from programme.queries import logbook
from programme.rules.proofs import SENT


@dataclass(frozen=True)
class OpenPoint:
    """Something to mend before the file is complete, and the page where that is done."""

    text: str
    url: str


def open_points(*, programme: Programme, open_findings: int) -> tuple[OpenPoint, ...]:
    """Return what is still open, in the order of the file; five queries."""
    papers = _plans_and_notices(programme)
    return (
        *_of_vouchers(_vouchers(programme)),
        *_of_drawdowns(_drawdowns(programme)),
        *_of_proofs(list(ProofOfUse.objects.filter(programme=programme))),
        *_counted(papers["draft_count"], PLAN, reverse("programme:plan")),
        *_counted(papers["bare_count"], NOTICE, reverse("programme:grant_notices")),
        *_counted(papers["check_count"], CHECK, reverse("programme:grant_notices")),
        *_counted(open_findings, FINDING, reverse("programme:findings")),
        *_of_log(),
    )


# One and several of the same thing.
WAITING = ("1 Beleg wartet auf die zweite Prüfung", "{} Belege warten auf die zweite Prüfung")
BARE = ("1 geprüfter Beleg ist ohne Rechnung", "{} geprüfte Belege sind ohne Rechnung")
UNPAID = (
    "1 geprüfter Beleg ist ohne Zahlungsnachweis",
    "{} geprüfte Belege sind ohne Zahlungsnachweis",
)
DRAW = ("1 Mittelabruf wartet auf die zweite Prüfung", "{} Mittelabrufe warten auf die Prüfung")
UNSIGNED = (
    "1 Mittelabruf ist ohne unterschriebene Anforderung",
    "{} Mittelabrufe sind ohne unterschriebene Anforderung",
)
PLAN = ("1 Fassung des Finanzierungsplans ist noch ein Entwurf", "{} Fassungen sind Entwürfe")
NOTICE = ("1 Bescheid ist ohne Datei", "{} Bescheide sind ohne Datei")
CHECK = (
    "1 Prüfbescheid wartet auf die zweite Person",
    "{} Prüfbescheide warten auf die zweite Person",
)
FINDING = ("1 Feststellung ist nicht erledigt", "{} Feststellungen sind nicht erledigt")


def _counted(number: int, words: tuple[str, str], url: str) -> Iterator[OpenPoint]:
    if number:
        yield OpenPoint(words[number > 1].format(number), url)


def _vouchers(programme: Programme) -> dict[str, int]:
    approved = Q(status=VoucherStatus.APPROVED, corrects=None)
    kinds = VoucherFile.objects.filter(voucher=OuterRef("pk"))
    found = Voucher.objects.filter(programme=programme).annotate(
        has_invoice=Exists(kinds.filter(kind=VoucherFileKind.INVOICE)),
        has_payment=Exists(kinds.filter(kind=VoucherFileKind.PROOF_OF_PAYMENT)),
    )
    return found.aggregate(
        waiting=Count("pk", filter=Q(status=VoucherStatus.RECORDED)),
        bare=Count("pk", filter=approved & Q(has_invoice=False)),
        unpaid=Count("pk", filter=approved & Q(has_payment=False)),
    )


def _of_vouchers(counted: dict[str, int]) -> Iterator[OpenPoint]:
    page = reverse("programme:vouchers")
    yield from _counted(counted["waiting"], WAITING, f"{page}?status={VoucherStatus.RECORDED}")
    approved = f"{page}?status={VoucherStatus.APPROVED}"
    yield from _counted(counted["bare"], BARE, approved)
    yield from _counted(counted["unpaid"], UNPAID, approved)


def _drawdowns(programme: Programme) -> dict[str, int]:
    counts = Q(status__in=[DrawdownStatus.APPROVED, DrawdownStatus.RECEIVED])
    return Drawdown.objects.filter(programme=programme).aggregate(
        waiting=Count("pk", filter=Q(status=DrawdownStatus.RECORDED)),
        unsigned=Count("pk", filter=counts & Q(signed_copy=None)),
    )


def _of_drawdowns(counted: dict[str, int]) -> Iterator[OpenPoint]:
    page = reverse("programme:drawdowns")
    yield from _counted(counted["waiting"], DRAW, page)
    yield from _counted(counted["unsigned"], UNSIGNED, page)


def _plans_and_notices(programme: Programme) -> dict[str, int]:
    notice, draft = "sources__notices", Q(plans__status=PlanStatus.DRAFT)
    return Programme.objects.filter(pk=programme.pk).aggregate(
        draft_count=Count("plans", distinct=True, filter=draft),
        bare_count=Count(notice, distinct=True, filter=Q(sources__notices__document=None)),
        check_count=Count(
            "sources__proof_checks",
            distinct=True,
            filter=Q(sources__proof_checks__confirmed_by=None),
        ),
    )


def _of_proofs(proofs: Sequence[ProofOfUse]) -> Iterator[OpenPoint]:
    for proof in proofs:
        if proof.status not in SENT:
            url = reverse("programme:proof", args=[proof.pk])
            yield OpenPoint(f"{proof} ist nicht eingereicht", url)
    if not any(proof.kind == ProofKind.FINAL for proof in proofs):
        url = reverse("programme:proofs")
        yield OpenPoint("Der Abschlussverwendungsnachweis ist nicht begonnen", url)


def _of_log() -> Iterator[OpenPoint]:
    if logbook.is_broken():
        yield OpenPoint("Das Protokoll ist nicht unversehrt", reverse("programme:audit_log"))
