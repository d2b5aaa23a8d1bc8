"""The binder of a sample: a ZIP with papers of the meeting, or what is missing."""

import csv
import hashlib
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from network.services.occasion_papers import KIND
from programme.enums import PrintoutStatus, Role, VoucherFileKind
from programme.models import FinancingPlan, Printout, Voucher
from programme.queries.vouchers import vouchers_with_details
from programme.services import approvals, binders, samples
from programme.services.samples import SampleEntry
from tests.factories.funding import PDF, funded_plan, new_file, recorded_voucher
from tests.factories.network import InvitationFactory, MeetingFactory, RegistrationFactory
from tests.factories.programme import UserFactory
from tests.pdf import failures

OTHER = PDF + b"\n% Kontoauszug"


@pytest.fixture
def plan(programme) -> FinancingPlan:
    return funded_plan(programme=programme)


@pytest.fixture
def auditor(db):
    return UserFactory.create(roles=[Role.AUDITOR])


def voucher_for(plan, meeting, *, number=1, files=()):
    voucher = recorded_voucher(plan=plan, files=list(files), invoice_number=f"RE-{number}")
    Voucher.objects.filter(pk=voucher.pk).update(
        occasion_key=f"{KIND}:{meeting.pk}", occasion_title=meeting.title
    )
    checker = UserFactory.create(roles=[Role.FINANCE])
    approvals.approve(voucher=voucher, seen_version=1, by=checker)
    return vouchers_with_details(programme=plan.programme).get(pk=voucher.pk)


def text_of(content):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def made(printout):
    """Run the job as the worker would and open the ZIP."""
    row = DBTaskResult.objects.get(args_kwargs__kwargs__printout=str(printout.pk))
    row.task.call(**row.args_kwargs["kwargs"])
    printout.refresh_from_db()
    assert printout.status == PrintoutStatus.READY, printout.error
    with printout.file.open("rb") as stored:
        return ZipFile(BytesIO(stored.read()))


def test_the_binder_of_one_voucher_holds_the_whole_chain(plan, auditor):
    invitation = InvitationFactory.create(meeting=MeetingFactory.create(programme=plan.programme))
    RegistrationFactory.create(invitation=invitation, full_name="Jörg Öztürk")
    files = [
        new_file(name="Rechnung ../Größe.pdf"),
        new_file(OTHER, name="Zahlung.pdf", kind=VoucherFileKind.PROOF_OF_PAYMENT),
    ]
    voucher = voucher_for(plan, invitation.meeting, files=files)

    binder = made(binders.of_voucher(voucher=voucher, by=auditor))

    names = binder.namelist()
    assert [name.partition("/")[2] for name in names if "/" in name] == [
        "01-Rechnung-" + voucher.files.first().name.replace("/", "_"),
        "02-Zahlung-Zahlung.pdf",
        "Anlass-Anwesenheitsliste.pdf",
        "Anlass-Einladung mit Förderhinweis.pdf",
        "00-Datenblatt.pdf",
    ]
    assert names[-3:] == ["Verzeichnis.csv", "Verzeichnis.pdf", "SHA256SUMS.txt"]
    people = text_of(binder.read("Beleg-0001/Anlass-Anwesenheitsliste.pdf"))
    assert "Jörg Öztürk" in people
    invited = text_of(binder.read("Beleg-0001/Anlass-Einladung mit Förderhinweis.pdf"))
    assert "Hinweis auf die Förderung" in invited
    assert failures(binder.read("Beleg-0001/00-Datenblatt.pdf"), "ua1") == []
    assert failures(binder.read("Verzeichnis.pdf"), "ua1") == []
    rows = list(
        csv.reader(StringIO(binder.read("Verzeichnis.csv").decode("utf-8-sig")), delimiter=";")
    )
    assert rows[1][-1] == "nichts"
    for line in binder.read("SHA256SUMS.txt").decode().splitlines():
        checksum, _, name = line.partition("  ")
        assert hashlib.sha256(binder.read(name)).hexdigest() == checksum


def test_what_is_missing_stands_in_the_index(plan, auditor):
    meeting = MeetingFactory.create(programme=plan.programme, title="Fachtag")
    voucher = voucher_for(plan, meeting, files=[new_file()])
    stored = voucher.files.get().file
    stored.storage.delete(stored.name)

    binder = made(binders.of_voucher(voucher=voucher, by=auditor))

    index = binder.read("Verzeichnis.csv").decode("utf-8-sig")
    assert (
        "Zahlungsnachweis; Anwesenheitsliste zu „Fachtag“; Einladung mit Förderhinweis zu "
        "„Fachtag“; Datei „Rechnung.pdf“ liegt nicht mehr im Speicher"
    ) in index


def test_a_sample_hands_out_the_binder_of_all_its_vouchers(plan, auditor):
    meeting = MeetingFactory.create(programme=plan.programme)
    for number in range(1, 4):
        voucher_for(plan, meeting, number=number)
    entry = SampleEntry(size=2, seed=2017)
    sample = samples.draw(programme=plan.programme, entry=entry, by=auditor)

    binder = made(binders.of_sample(sample=sample, by=auditor))

    sheets = [name for name in binder.namelist() if name.endswith("00-Datenblatt.pdf")]
    drawn = sample.vouchers.order_by("number").values_list("number", flat=True)
    assert sheets == [f"Beleg-{number:04d}/00-Datenblatt.pdf" for number in drawn]
    assert len(sheets) == 2


def test_an_unknown_occasion_is_missing_and_breaks_nothing(plan, auditor):
    meeting = MeetingFactory.create(programme=plan.programme)
    voucher = voucher_for(plan, meeting)
    meeting.delete()

    binder = made(binders.of_voucher(voucher=voucher, by=auditor))

    assert "Unterlagen zum Anlass" in binder.read("Verzeichnis.csv").decode("utf-8-sig")


def test_a_binder_that_is_gone_is_not_made(plan, auditor):
    voucher = voucher_for(plan, MeetingFactory.create(programme=plan.programme))
    printout = binders.of_voucher(voucher=voucher, by=auditor)
    Printout.objects.all().delete()

    binders.make_binder.call(printout=str(printout.pk), vouchers=[voucher.pk])

    assert not Printout.objects.exists()
