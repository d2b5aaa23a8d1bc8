"""How allauth behaves here: no self sign-up, our letters, encrypted second factors."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from programme import unsent, vault
from programme.models import User
from programme.services import accounts

# What allauth reports by mail, as a sentence a person understands.
NOTICES = {
    "account/email/password_changed": "Ihr Passwort wurde geändert.",
    "account/email/password_reset": "Ihr Passwort wurde neu festgelegt.",
    "account/email/password_set": "Ihr Passwort wurde festgelegt.",
    "account/email/email_changed": "Die E-Mail-Adresse Ihres Kontos wurde geändert.",
    "account/email/email_confirm": "Eine E-Mail-Adresse Ihres Kontos wurde bestätigt.",
    "account/email/email_deleted": "Eine E-Mail-Adresse Ihres Kontos wurde entfernt.",
    "mfa/email/totp_activated": "Der zweite Faktor Ihrer Anmeldung wurde eingerichtet.",
    "mfa/email/totp_deactivated": "Der zweite Faktor Ihrer Anmeldung wurde entfernt.",
    "mfa/email/recovery_codes_generated": "Für Ihr Konto wurden neue Ersatzcodes erzeugt.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the programme team, never by a visitor."""

    # allauth's German says "du" in these.
    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": "Bitte geben Sie Ihr aktuelles Passwort ein.",
        "rate_limited": "Das waren sehr viele Versuche. Bitte warten Sie einige Minuten.",
        "too_many_login_attempts": (
            "Die Anmeldung ist mehrmals gescheitert. Bitte warten Sie einige Minuten."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Leave nothing behind that somebody else typed at this browser."""
        unsent.forget_unless_of(request, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send our letter; its link starts with BASE_URL, never with the host of the request."""
        accounts.send_password_reset(person=user)

    def send_confirmation_mail(
        self,
        request: HttpRequest,
        emailconfirmation: EmailConfirmation,
        signup: bool,  # noqa: FBT001  allauth calls it so
    ) -> None:
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        address = emailconfirmation.email_address.email
        accounts.send_address_confirmation(address=address, path=path)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        fallback = "Die Einstellungen Ihrer Anmeldung wurden geändert."
        accounts.tell_of_change(person=user, sentence=NOTICES.get(template_prefix, fallback))


class MFAAdapter(DefaultMFAAdapter):
    """Stores TOTP secrets and recovery codes encrypted."""

    def encrypt(self, text: str) -> str:
        return vault.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.decrypt(encrypted_text)
