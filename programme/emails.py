"""Letters of the ground floor: accounts and reports of barriers."""

from django.urls import reverse

from programme import outbox
from programme.models import BarrierReport, OutgoingMail, Programme, User


def barrier_report(report: BarrierReport, programme: Programme) -> OutgoingMail:
    """Tell the programme team that somebody met a barrier."""
    return outbox.queue(
        letter="programme/barrier_report",
        to=programme.contact_email,
        context={
            "report": report,
            "link": outbox.absolute_url(reverse("programme:barrier_reports")),
        },
        reply_to=report.email,
    )


def barrier_report_received(report: BarrierReport) -> OutgoingMail:
    """Confirm a report; its text is not repeated, so that nobody can write to others through us."""
    return outbox.queue(
        letter="programme/barrier_report_received",
        to=report.email,
        context={"link": outbox.absolute_url(reverse("programme:accessibility"))},
    )


def account_invitation(person: User, *, path: str, inviter: User) -> OutgoingMail:
    """Invite a person to set a password; `path` works once and for seven days."""
    return outbox.queue(
        letter="programme/account_invitation",
        to=person.email,
        context={"person": person, "inviter": inviter, "link": outbox.absolute_url(path)},
    )


def password_reset(person: User, *, path: str) -> OutgoingMail:
    """Send the link to a new password."""
    return outbox.queue(
        letter="programme/password_reset",
        to=person.email,
        context={"person": person, "link": outbox.absolute_url(path)},
    )


def address_confirmation(address: str, *, path: str) -> OutgoingMail:
    """Ask for a click that shows that a new address of an account belongs to its person."""
    return outbox.queue(
        letter="programme/address_confirmation",
        to=address,
        context={"link": outbox.absolute_url(path)},
    )


def account_notice(person: User, *, sentence: str) -> OutgoingMail:
    """Tell a person that something about the safety of the account has changed."""
    return outbox.queue(
        letter="programme/account_notice",
        to=person.email,
        context={
            "person": person,
            "sentence": sentence,
            "link": outbox.absolute_url(reverse("account_reset_password")),
        },
    )
