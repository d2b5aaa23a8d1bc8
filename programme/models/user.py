"""People and the roles they were given."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from programme import clock
from programme.enums import Role
from programme.privacy import Privacy


class UserManager(BaseUserManager["User"]):
    def create_user(
        self,
        email: str,
        password: str | None = None,
        **extra: Any,  # Django's own signature
    ) -> "User":
        """Create a person; without a password the account waits for its invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with a login; the e-mail address is the name of the account."""

    email = models.EmailField("E-Mail-Adresse", unique=True)
    full_name = models.CharField("Name", max_length=120)
    is_active = models.BooleanField("aktiv", default=True)
    joined_at = models.DateTimeField("angelegt am", default=clock.now)
    session_epoch = models.PositiveIntegerField("Sitzungsstand", default=0)

    remembered_roles: frozenset[str] | None = None  # by permissions.roles_of, for one request

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    privacy = Privacy(
        fields=("email", "full_name"),
        keep="bis zur Schließung des Kontos; danach nur noch im Protokoll",
    )

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        ordering = ("full_name", "pk")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Zu dieser E-Mail-Adresse gibt es schon ein Konto.",
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Tie sessions to the epoch too: raising it ends all sessions of the person (target A6)."""
        value = f"{self.password}:{self.session_epoch}"
        salt = "programme.models.user.session"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class RoleGrant(models.Model):
    """One role of one person: who gave it, and when it ended."""

    user = models.ForeignKey(
        User, verbose_name="Person", on_delete=models.PROTECT, related_name="role_grants"
    )
    role = models.CharField("Rolle", max_length=20, choices=Role)
    granted_by = models.ForeignKey(
        User,
        verbose_name="vergeben von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    granted_at = models.DateTimeField("vergeben am", default=clock.now)
    ended_by = models.ForeignKey(
        User,
        verbose_name="beendet von",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    ended_at = models.DateTimeField("beendet am", null=True, blank=True)

    privacy = Privacy(fields=("user",), keep="so lange wie das Konto, als Nachweis der Rechte")

    class Meta:
        verbose_name = "Rolle einer Person"
        verbose_name_plural = "Rollen von Personen"
        ordering = ("user", "role", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="role_given_once",
                violation_error_message="Diese Rolle hat die Person schon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
