"""How allauth behaves here: no self sign-up, secrets of the second factor encrypted."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from programme import vault


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the programme team, never by a visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Stores TOTP secrets and recovery codes encrypted."""

    def encrypt(self, text: str) -> str:
        return vault.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.decrypt(encrypted_text)
