"""Which person belongs to which organisation."""

from django.conf import settings
from django.db import models

from network.models.organisation import Organisation
from programme.privacy import Privacy


class Membership(models.Model):
    """A person with a login who works at an organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="Person", on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="Organisation",
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    starts_on = models.DateField("seit")
    ends_on = models.DateField("bis", null=True, blank=True)

    privacy = Privacy(fields=("user",), keep="solange das Konto besteht")

    class Meta:
        verbose_name = "Zugehörigkeit"
        verbose_name_plural = "Zugehörigkeiten"
        ordering = ("organisation", "user")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "starts_on"], name="membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"
