"""One organisation of the directory: what it is, and what stands against ending it."""

from datetime import date
from typing import Any

from django.db.models import Case, OuterRef, Prefetch, Q, QuerySet, Subquery, When

from network.models import Contact, Invitation, Meeting, Membership, Organisation, PublicBody
from network.queries.letters import LOST
from network.rules.names import folded
from programme import clock
from programme.models import OutgoingMail


def organisation_details() -> QuerySet[Organisation]:
    """Return organisations with bodies, contacts, members and invitations, to pick one from."""
    invitations = Invitation.objects.select_related("meeting").order_by("-invited_at", "-pk")
    members = Membership.objects.select_related("user").order_by("-starts_on", "user__full_name")
    return Organisation.objects.select_related("merged_into").prefetch_related(
        Prefetch("public_bodies", PublicBody.objects.order_by("name", "valid_from")),
        Prefetch("contacts", _contacts()),
        Prefetch("memberships", members),
        Prefetch("invitations", invitations),
    )


def _contacts() -> QuerySet[Any]:
    """Return contacts with `is_lost`: the latest mail to this address came back or was given up."""
    mails = OutgoingMail.objects.filter(recipient=OuterRef("email")).order_by("-created_at", "-pk")
    latest = Contact.objects.annotate(latest_mail=Subquery(mails.values("status")[:1]))
    is_lost = Case(When(latest_mail__in=LOST, then=True), default=False)
    return latest.annotate(is_lost=is_lost).order_by("-is_active", "pk")


def namesake(*, name: str, but: int = 0) -> Organisation | None:
    """Return the organisation that already has this name or short name, however it is written."""
    wanted = folded(name.strip())
    rows = Organisation.objects.filter(merged_into__isnull=True, valid_to__isnull=True)
    return next(
        (
            row
            for row in rows.exclude(pk=but)
            if wanted in {folded(row.name), folded(row.short_name)}
        ),
        None,
    )


def obstacles_to_end(*, organisation: Organisation, last_day: date) -> list[str]:
    """Say in German what has to be settled before the organisation can end on that day."""
    after = Meeting.objects.on().filter(starts_at__isnull=False).order_by("starts_at", "pk")
    invited = after.filter(
        Q(invitations__organisation=organisation, invitations__withdrawn_at__isnull=True)
    )
    found = [
        f"Sie ist zum Treffen „{meeting}“ am {meeting.day:%d.%m.%Y} eingeladen. Bitte ziehen Sie "
        "diese Einladung vorher zurück oder wählen Sie einen späteren letzten Tag."
        for meeting in invited.distinct()
        if _ends_before(last_day, meeting)
    ]
    found += [
        f"Sie ist Gastgeberin des Treffens „{meeting}“ am {meeting.day:%d.%m.%Y}. Bitte tragen Sie "
        "dort zuerst eine andere gastgebende Stelle ein."
        for meeting in after.filter(host=organisation)
        if _ends_before(last_day, meeting)
    ]
    return found + [
        f"Ihr ist noch „{body}“ ({body.get_kind_display()}) zugeordnet. Bitte ordnen Sie diese "
        "Körperschaft zuerst einer anderen Ausländerbehörde zu oder beenden Sie sie."
        for body in organisation.public_bodies.all()
        if body.valid_to is None or body.valid_to > last_day
    ]


def _ends_before(last_day: date, meeting: Meeting) -> bool:
    """Only meetings still to come count; what is over stays as it was."""
    return meeting.day is not None and meeting.day > last_day and meeting.day >= clock.today()
