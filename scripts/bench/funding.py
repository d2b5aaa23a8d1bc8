"""The funding with 1,000 and with 10,000 vouchers: the list, the files of a proof, the logbook.

`funding.py fill AMOUNT` fills a database and measures the list and the check of the chain,
`funding.py KIND` makes one file of the proof, or a binder, as the worker does, in a process of its
own, and says how much memory that took at most. Of the paper the amounts of all rows are read and
added up.
"""

import os
import re
import resource
import statistics
import sys
import time
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from crowd import current_programme

ROUNDS, MOST_MB = 15, 300
# One voucher in ten has its two files, so that the archive has real ones to copy.
PAPERS_EACH, IN_BINDER = 10, 20
AMOUNT = re.compile(r"Summe der Nummern 1 bis ([0-9]+) ([0-9.]+,[0-9]{2}) EUR")


def fill(amount: int) -> str:
    """Write the vouchers, begin the proof, open the list; check the chain of the logbook."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from programme.services import logbook, proofs
    from tests.factories.drawdowns import load_numbers
    from tests.factories.funding import funded_plan
    from tests.factories.ledger import fill as fill_ledger
    from tests.factories.programme import UserFactory

    programme = current_programme(count_from=20_000)
    plan = funded_plan(programme=programme)
    load_numbers(programme=programme)
    people = tuple(UserFactory.create_batch(2, roles=["finance"]))
    fill_ledger(plan=plan, amount=amount, people=people, papers_each=PAPERS_EACH)
    write_log(amount, people[0])
    proofs.begin(programme=programme, drawdown=None, by=people[0])
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(people[1])
    told = []
    for address in ("/intern/foerderung/", f"/intern/foerderung/?seite={amount // 25}"):
        spent = []
        for _ in range(ROUNDS):
            with CaptureQueriesContext(connection) as caught:
                started = time.perf_counter()
                answer = client.get(address)
                spent.append(time.perf_counter() - started)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
        told.append(f"{statistics.median(spent) * 1000:.0f} ms, {len(caught)} queries")
    started = time.perf_counter()
    found = logbook.check()
    chain = f"{time.perf_counter() - started:.1f} s, {found.sentence}"
    return f"list {told[0]}; last page {told[1]}; chain: {chain}"


def write_log(amount: int, person) -> None:
    """Write the entry of each approval, as many as there are vouchers, and seal them."""
    from programme import audit
    from programme.models import AuditEntry, Voucher

    AuditEntry.objects.bulk_create(
        AuditEntry(
            verb="voucher.approved",
            subject_type="programme.voucher",
            subject_id=str(pk),
            sentence="Beleg rechnerisch geprüft.",
            actor=person,
        )
        for pk in Voucher.objects.order_by("pk").values_list("pk", flat=True)[:amount]
    )
    audit.seal()


def make(kind: str) -> str:
    """Make one file and say how long it took and how much memory."""
    from programme.models import Printout, ProofOfUse, User, VoucherFile
    from programme.services import binders, printouts, proof_papers

    proof, person = ProofOfUse.objects.get(), User.objects.order_by("-pk")[0]
    printout = printouts.ask(title="x", download_name=f"x.{kind}", back_url="/", by=person)
    started = time.perf_counter()
    if kind == "binder":
        keys = VoucherFile.objects.order_by("voucher").values_list("voucher", flat=True).distinct()
        binders.make_binder.call(printout=str(printout.pk), vouchers=list(keys[:IN_BINDER]))
    else:
        proof_papers.make_proof.call(printout=str(printout.pk), proof_id=proof.pk, kind=kind)
    seconds = time.perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    printout = Printout.objects.get(pk=printout.pk)
    if printout.status != "ready":
        raise RuntimeError(printout.error)
    size = printout.file.size / 1024 / 1024
    verdict = "" if most < MOST_MB else f" (MORE THAN {MOST_MB} MB)"
    told = f"{kind}: {seconds:.1f} s, {most:.0f} MB at most{verdict}, file {size:.1f} MB"
    if kind in ("zip", "binder"):
        told += f" with {packed(printout)} files of vouchers"
    return f"{told}, {printout.pages} pages{read(printout)}" if printout.pages else told


def packed(printout) -> int:
    """Count the files of vouchers in an archive."""
    with printout.file.open("rb") as file, ZipFile(file) as archive:
        return sum("Rechnung" in name or "Zahlung" in name for name in archive.namelist())


def read(printout) -> str:
    """Read the paper: its sums so far and its sum must be those of the vouchers."""
    from django.db.models import Sum
    from pypdf import PdfReader

    from programme.models import Voucher
    from programme.rules.money import written

    with printout.file.open("rb") as file:
        pages = PdfReader(file).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
    sums = AMOUNT.findall(text)
    whole = Voucher.objects.aggregate(total=Sum("gross_eur"))["total"]
    rows = len(re.findall(r"brutto -?[0-9.]+,[0-9]{2} EUR", text))
    right = bool(sums) and f"{sums[-1][1]} EUR" == written(Decimal(whole))
    agree = "agree" if right and rows == Voucher.objects.count() else "DO NOT AGREE"
    return f"; {rows} rows and the sum on paper {agree} with the vouchers"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    print(fill(int(sys.argv[2])) if sys.argv[1] == "fill" else make(sys.argv[1]))
