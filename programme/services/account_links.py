"""Links with which a person sets a password: the invitation and the forgotten password."""

from datetime import timedelta

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from programme.models import User

RESET_VALID_FOR = timedelta(hours=4)


class AccountTokens(PasswordResetTokenGenerator):
    """Tokens that work once: a new password or a login makes them worthless.

    An invitation holds as long as PASSWORD_RESET_TIMEOUT says (seven days); once somebody has
    logged in, a link to a new password holds for four hours only.
    """

    def check_token(self, user: User | None, token: str | None) -> bool:  # type: ignore[override]
        if user is None or not token or not super().check_token(user, token):
            return False
        if user.last_login is None:
            return True
        age = self._num_seconds(self._now()) - base36_to_int(token.split("-")[0])  # type: ignore[attr-defined]
        return bool(age <= RESET_VALID_FOR.total_seconds())


def set_password_path(person: User) -> str:
    """Return the path of a fresh link for this person."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": int_to_base36(person.pk), "key": AccountTokens().make_token(person)},
    )
