"""Thousands of approved vouchers in seconds: split by the real rule, written in bulk."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import connection

from programme import clock
from programme.enums import VoucherFileKind, VoucherStatus
from programme.exports.sample_files import sample_pdf
from programme.models import (
    BudgetLine,
    FinancingPlan,
    FundingSource,
    User,
    Voucher,
    VoucherFile,
    VoucherShare,
)
from programme.rules.split import Pot, Share, split

BATCH = 1000
PAPER_BYTES = 50_000
FIRST_DAY = date(2015, 10, 5)
DAYS = 600
# Nothing is as nasty as a name a spreadsheet would run, and one with everything German.
PAYEES = ("Beratung Müßig & Söhne GmbH", '=HYPERLINK("http://x.example")', "Druckerei Groß", "+49")


def fill(
    *,
    plan: FinancingPlan,
    amount: int,
    people: tuple[User, User],
    seed: int = 5,
    papers_each: int = 0,
) -> None:
    """Write so many approved vouchers to a plan with two lines; together they fit the grants.

    Each twentieth is on the second line. The first person recorded them, the second approved.
    With `papers_each` one voucher in so many has an invoice and a proof of payment.
    """
    chance = random.Random(seed)  # noqa: S311  a fixed walk, guards no secret
    cents_left = sum(int(row.planned_eur * 100) for row in plan.funding.all())
    most = max(1, cents_left // amount)
    lines = {line.position: line for line in plan.lines.all()}
    pots = [
        Pot(
            row.source.key,
            row.source.short_name,
            row.planned_eur,
            row.source.granted_eur,
            Decimal(0),
        )
        for row in plan.funding.select_related("source").order_by("source__position")
    ]
    sources = {source.key: source for source in plan.programme.sources.all()}
    for start in range(1, amount + 1, BATCH):
        numbers = range(start, min(start + BATCH, amount + 1))
        rows = Voucher.objects.bulk_create(
            _voucher(
                lines[2 if number % 20 == 0 else 1],
                number,
                Decimal(chance.randint(1, most)).scaleb(-2),
                people,
            )
            for number in numbers
        )
        VoucherShare.objects.bulk_create(_shares(pots, sources, rows))
        if papers_each:
            with_papers = [row for row in rows if row.number % papers_each == 0]
            VoucherFile.objects.bulk_create(_papers(with_papers, people[0], chance))
        # Parts of an approved voucher are never written, so it becomes one afterwards.
        Voucher.objects.filter(programme=plan.programme, number__in=numbers).update(
            status=VoucherStatus.APPROVED
        )
    if connection.vendor == "postgresql":  # elsewhere it counts its rows by itself a minute later
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _voucher(
    line: BudgetLine, number: int, gross_eur: Decimal, people: tuple[User, User]
) -> Voucher:
    day = FIRST_DAY + timedelta(days=number * 7 % DAYS)
    return Voucher(
        programme=line.plan.programme,
        number=number,
        line=line,
        payee=PAYEES[number % len(PAYEES)],
        invoice_number=f"RE-{number:05d}",
        invoiced_on=day,
        paid_on=day + timedelta(days=14),
        gross_eur=gross_eur,
        reason=f"Begleittag {number}",
        factual_check_by=people[0],
        arithmetic_check_by=people[1],
        arithmetic_check_at=clock.at(date(2017, 7, 1), time(10)),
    )


def _papers(rows: list[Voucher], person: User, chance: random.Random) -> Iterator[VoucherFile]:
    """Make two readable PDF files for each voucher, as big as a scan that was pressed well."""
    for row in rows:
        for kind, title in (
            (VoucherFileKind.INVOICE, "Rechnung"),
            (VoucherFileKind.PROOF_OF_PAYMENT, "Zahlung"),
        ):
            text = sample_pdf(title=f"{title} zu Beleg {row.number}", lines=[row.payee, row.reason])
            content = text + b"%" + chance.randbytes(PAPER_BYTES)
            name = f"{title} {row.number}.pdf"
            yield VoucherFile(
                voucher=row,
                kind=kind,
                file=ContentFile(content, name=name),
                name=name,
                content_type="application/pdf",
                size_bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                uploaded_by=person,
            )


def _shares(
    pots: list[Pot], sources: dict[str, FundingSource], rows: list[Voucher]
) -> Iterator[VoucherShare]:
    """Split one voucher after another; `pots` remember what is spent."""
    for row in rows:
        parts = split(gross_eur=row.gross_eur, pots=pots)
        pots[:] = [
            replace(pot, spent_eur=pot.spent_eur + part.amount_eur)
            for pot, part in zip(pots, parts, strict=True)
        ]
        for part in parts:
            yield _kept(row, sources[part.key], part)


def _kept(row: Voucher, source: FundingSource, part: Share) -> VoucherShare:
    return VoucherShare(
        voucher=row,
        source=source,
        amount_eur=part.amount_eur,
        ratio_numerator=part.ratio_numerator,
        ratio_denominator=part.ratio_denominator,
        before_eur=part.before_eur,
        total_before_eur=part.total_before_eur,
    )
