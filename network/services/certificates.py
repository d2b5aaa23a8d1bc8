"""Certificates: only for people who were there, each with a number everybody can check."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from network import emails
from network.exports import papers
from network.models import Certificate, Meeting
from network.queries import certificates as queries
from network.rules.certificates import new_number
from network.rules.check_in import refuse_early
from programme import audit, clock, documents, jobs
from programme.errors import RuleBroken
from programme.models import Printout, User
from programme.rules.publicity import refuse_unfunded
from programme.services import printouts

TEMPLATE = "pdf/network/certificates.html"
PORTION = 10


@transaction.atomic
def issue_all(*, meeting: Meeting, by: User) -> Printout:
    """Issue a certificate to everybody who was there and has none, and ask for all as one file.

    Who has an address gets a mail with the link to the own page, once. Refuses (RuleBroken) while
    nobody is checked in, before the meeting has begun, and papers that would not say who pays
    (F31).
    """
    meeting = Meeting.objects.locked(meeting.pk)
    refuse_unfunded(
        f"Teilnahmebescheinigung zu {meeting.title}",
        notice=meeting.programme.funding_notice,
        templates=[TEMPLATE],
    )
    year = _year(meeting)
    people = list(queries.present(meeting))
    if not people:
        raise RuleBroken("Noch ist niemand als angekommen eingetragen.")
    made = [
        Certificate.objects.create(registration=person, number=new_number(year=year), by=by)
        for person in people
        if not hasattr(person, "certificate")
    ]
    printout = printouts.ask(
        title=f"Teilnahmebescheinigungen: {meeting.title}",
        download_name=f"bescheinigungen-{meeting.slug}.pdf",
        back_url=reverse("network:certificates", args=[meeting.slug]),
        by=by,
    )
    hand_out.enqueue(printout=str(printout.pk), meeting_id=meeting.pk)
    audit.record(
        by=by,
        verb="certificates.issued",
        subject=meeting,
        sentence=f"Teilnahmebescheinigungen für „{meeting}“ ausgestellt: {len(made)}.",
    )
    return printout


@jobs.job(lane=jobs.DOCUMENTS)
def hand_out(*, printout: str, meeting_id: int) -> None:
    """Set each certificate, tell its owner, then set all in one file; may be repeated.

    A certificate that has its file is done: whatever kills the job, nobody gets two mails. After
    a portion the job queues again, so that the letters of a lone worker come in between and a
    large meeting does not look like a job that hangs.
    """
    with printouts.making(pk=printout):
        meeting = Meeting.objects.select_related("programme").get(pk=meeting_id)
        rows = list(queries.of_meeting(meeting))
        unset = [row for row in rows if not row.file]
        for row in unset[:PORTION]:
            _set(row, meeting)
        if len(unset) > PORTION:
            hand_out.enqueue(printout=printout, meeting_id=meeting_id)
            return
        printouts.finish(
            pk=printout,
            template=TEMPLATE,
            context=papers.certificates(meeting=meeting, rows=rows),
            identifier=papers.identity("certificates", printout),
        )


def _year(meeting: Meeting) -> int:
    refuse_early(meeting, clock.now())
    if meeting.starts_at is None or clock.now() < meeting.starts_at:
        raise RuleBroken("Bescheinigungen gibt es, sobald das Treffen begonnen hat.")
    return clock.day_of(meeting.starts_at).year


def _set(row: Certificate, meeting: Meeting) -> None:
    document = documents.render_pdf(
        template=TEMPLATE,
        context=papers.certificates(meeting=meeting, rows=[row]),
        dated=row.issued_at,
        identifier=papers.identity(row.number),
    )
    with transaction.atomic():
        fresh = queries.of_meeting(meeting).select_for_update(of=("self",)).filter(pk=row.pk)
        certificate = fresh.first()
        if certificate is None or certificate.file:
            return
        storage = certificate.file.storage
        storage.delete(f"bescheinigungen/{row.number}.pdf")  # of a worker that was killed
        certificate.file.save(f"{row.number}.pdf", ContentFile(document.content))
        if certificate.registration.email:
            emails.certificate_issued(certificate.registration)
