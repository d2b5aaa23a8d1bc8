"""Applications of offices: kept as drafts, handed in until the deadline, decided with a reason."""

from dataclasses import fields
from datetime import datetime

from django.db import transaction

from network.models import Contact, Organisation
from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import OutgoingMail, User
from sites import emails
from sites.enums import ApplicationStatus, Phase, SiteStatus
from sites.models import Application, Call, Site, SitePhase
from sites.rules.applications import (
    SHEETS_NEEDED,
    ApplicationDraft,
    check_as_of,
    check_complete,
    check_in_time,
)
from sites.rules.versions import NewerVersion
from sites.services import news

COLUMNS = tuple(column.name for column in fields(ApplicationDraft))


@transaction.atomic
def keep(
    *,
    call: Call,
    organisation: Organisation,
    draft: ApplicationDraft,
    hand_in: bool,
    seen_at: datetime | None,
    by: User,
) -> Application:
    """Keep what an office writes, one application an office; `hand_in` hands it in.

    Raises NewerVersion if it was saved since `seen_at` (None: it did not exist), RuleBroken
    outside the time of the call, once scoring began, for figures of a day ahead or missing parts.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    check_in_time(call, clock.today())
    row = call.applications.filter(organisation=organisation).first()
    if row is not None and row.updated_at != seen_at and not _says(row, draft):
        raise NewerVersion(row)
    if row is not None and (row.is_decided or row.sheets.exists()):
        raise RuleBroken("Ihre Bewerbung wird schon bewertet und bleibt jetzt, wie sie ist.")
    check_as_of(draft, clock.today())
    was_in = row is not None and not row.is_draft
    if hand_in or was_in:
        check_complete(draft)
    row = row or Application(call=call, organisation=organisation, created_by=by)
    for name in COLUMNS:
        if name != "wishes":
            setattr(row, name, getattr(draft, name))
    row.updated_at = clock.now()
    if hand_in and not was_in:
        row.status, row.handed_in_at = ApplicationStatus.HANDED_IN, row.updated_at
    row.save()
    row.wishes.set(draft.wishes)
    said = "abgegeben" if hand_in and not was_in else "gespeichert"
    _note(row, "kept" if said == "gespeichert" else "handed_in", f"{said}.", by)
    if hand_in and not was_in:
        _tell(row, emails.application_received)
        news.application_handed_in(application=row, by=by)
    return row


@transaction.atomic
def decide(*, application: Application, select: bool, reason: str, by: User) -> Application:
    """Select an office or not, with a reason; both letters go at once, a site is made.

    Refuses (RuleBroken) a second decision, fewer than two score sheets, no reason, and an office
    that is a site already.
    """
    rows = Application.objects.select_for_update(of=("self",))
    row = rows.select_related("call__programme", "organisation").get(pk=application.pk)
    if row.is_draft or row.is_decided:
        raise RuleBroken(f"Diese Bewerbung hat den Stand „{row.get_status_display()}“.")
    if row.sheets.filter(handed_in_at__isnull=False).count() < SHEETS_NEEDED:
        raise RuleBroken("Bitte geben Sie zuerst zwei Bewertungsbögen ab.")
    if not reason.strip():
        raise RuleBroken("Bitte begründen Sie die Entscheidung.", field="reason")
    row.status = ApplicationStatus.SELECTED if select else ApplicationStatus.NOT_SELECTED
    row.decision_reason, row.decided_by = reason.strip(), by
    row.decided_at = row.updated_at = clock.now()
    row.save()
    if select:
        _make_site(row)
    _note(row, "decided", f"{row.get_status_display()}. {row.decision_reason}", by)
    _tell(row, emails.application_selected if select else emails.application_not_selected)
    return row


def _says(row: Application, draft: ApplicationDraft) -> bool:
    """Tell whether the row holds just what the draft says, so that nothing can be lost."""
    plain = [name for name in COLUMNS if name != "wishes"]
    same = all(getattr(row, name) == getattr(draft, name) for name in plain)
    return same and set(row.wishes.all()) == set(draft.wishes)


def _make_site(application: Application) -> None:
    office, call = application.organisation, application.call
    if Site.objects.filter(organisation=office).exists():
        raise RuleBroken(f"{office} ist schon Standort des Programms.")
    slug = office.slug
    if Site.objects.filter(slug=slug).exists():
        slug = f"{slug[:44]}-{application.pk}"[:50]
    site = Site.objects.create(
        programme=call.programme,
        organisation=office,
        slug=slug,
        name=office.short_name,
        status=SiteStatus.SELECTED,
        selected_on=clock.today(),
    )
    SitePhase.objects.create(
        site=site,
        phase=Phase.CALL,
        planned_from=call.opened_on,
        planned_to=call.deadline,
        actual_from=call.opened_on,
        actual_to=clock.today(),
        outside_reason="Tage des Aufrufs",
    )


def _tell(application: Application, letter: emails.ApplicationLetter) -> list[OutgoingMail]:
    """Write to the address of the application and to the contacts of the office, each once."""
    contacts = Contact.objects.addressed().filter(organisation=application.organisation)
    known = [application.contact_email, *contacts.values_list("email", flat=True)]
    addresses = {address.lower(): address for address in known if address}
    return [letter(application, address) for address in addresses.values()]


def _note(row: Application, verb: str, said: str, by: User) -> None:
    audit.record(
        by=by,
        verb=f"application.{verb}",
        subject=row,
        sentence=f"Bewerbung von {row.organisation}: {said}",
    )
