"""One person at one meeting."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from network.enums import AttendanceMode, CalendarAnswer, RegistrationStatus, WorkshopPlace
from network.models.agenda import Workshop
from network.models.invitation import Invitation
from network.models.meeting import Meeting
from programme import clock
from programme.privacy import Privacy


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        """People with a seat."""
        return self.filter(status=RegistrationStatus.CONFIRMED)

    def active(self) -> Self:
        """People who are registered or wait; the cancelled ones are history."""
        return self.exclude(status=RegistrationStatus.CANCELLED)

    def waiting(self) -> Self:
        """People without a seat, the one who waits longest first."""
        return self.filter(status=RegistrationStatus.WAITING).order_by("queued_at", "pk")

    def attended(self) -> Self:
        """People who took part: those who arrived, or all with a seat where nobody was checked in.

        On site and online stand apart: the list at the door says nothing about who was online.
        Every figure of turnout counts these, so that one corrected check-in changes all of them.
        """
        arrived = Registration.objects.filter(
            meeting=OuterRef("meeting"), mode=OuterRef("mode"), arrived_at__isnull=False
        ).exclude(status=RegistrationStatus.CANCELLED)
        return self.active().filter(
            Q(arrived_at__isnull=False)
            | Q(status=RegistrationStatus.CONFIRMED) & ~Exists(arrived.order_by())
        )


class Registration(models.Model):
    """Registered by an invited office; confirmed, waiting or cancelled.

    `workshop` is the wish, `workshop_place` whether there is room in it. People of the same
    `party` get seats together or wait together. `arrived_at` is what the check-ins add up to.
    Only walk-ins may lack an address.
    """

    meeting = models.ForeignKey(
        Meeting, verbose_name="Treffen", on_delete=models.PROTECT, related_name="registrations"
    )
    invitation = models.ForeignKey(
        Invitation, verbose_name="Einladung", on_delete=models.PROTECT, related_name="registrations"
    )
    full_name = models.CharField("Name", max_length=120)
    email = models.EmailField("E-Mail-Adresse", blank=True)
    function = models.CharField("Funktion", max_length=120, blank=True)
    mode = models.CharField(
        "Teilnahme", max_length=10, choices=AttendanceMode, default=AttendanceMode.ON_SITE
    )
    workshop = models.ForeignKey(
        Workshop,
        verbose_name="Workshop",
        on_delete=models.PROTECT,
        related_name="registrations",
        null=True,
        blank=True,
    )
    workshop_place = models.CharField(
        "Platz im Workshop", max_length=10, choices=WorkshopPlace, blank=True
    )
    workshop_queued_at = models.DateTimeField(
        "auf der Warteliste des Workshops seit", null=True, blank=True
    )
    party = models.UUIDField("nur gemeinsam", null=True, blank=True)
    status = models.CharField("Stand", max_length=10, choices=RegistrationStatus)
    calendar_answer = models.CharField(
        "Antwort aus dem Kalender", max_length=10, choices=CalendarAnswer, blank=True
    )
    is_walk_in = models.BooleanField("vor Ort angemeldet", default=False)
    arrived_at = models.DateTimeField("angekommen um", null=True, blank=True)
    is_copied = models.BooleanField("Kopien an die Ansprechperson", default=False)
    token_seed = models.CharField("Zufallswert des Links", max_length=64)
    token_digest = models.CharField("Prüfwert des Links", max_length=64, unique=True)
    registered_at = models.DateTimeField("angemeldet am", default=clock.now)
    queued_at = models.DateTimeField("auf der Warteliste seit", null=True, blank=True)
    promoted_at = models.DateTimeField("nachgerückt am", null=True, blank=True)
    cancelled_at = models.DateTimeField("abgemeldet am", null=True, blank=True)
    calendar_sequence = models.PositiveSmallIntegerField("Fassung des Kalendereintrags", default=0)
    replaces = models.OneToOneField(
        "self",
        verbose_name="ersetzt",
        on_delete=models.PROTECT,
        related_name="replaced_by",
        null=True,
        blank=True,
    )

    objects = RegistrationQuerySet.as_manager()

    privacy = Privacy(
        fields=("full_name", "email", "function"),
        keep="Name und Organisation von Teilnehmenden als Teilnahmenachweis (Regelgröße "
        "Aufbewahrung); alles andere bis vier Wochen nach dem Treffen",
    )

    class Meta:
        verbose_name = "Anmeldung"
        verbose_name_plural = "Anmeldungen"
        ordering = ("registered_at", "pk")
        constraints = [
            models.UniqueConstraint(
                "meeting",
                Lower("email"),
                condition=~Q(status=RegistrationStatus.CANCELLED) & ~Q(email=""),
                name="registered_once",
                violation_error_message="Diese E-Mail-Adresse ist für das Treffen "
                "schon angemeldet.",
            )
        ]
        indexes = [
            models.Index(fields=["meeting", "status", "queued_at"], name="seat_count"),
            models.Index(
                fields=["meeting", "status", "mode", "workshop", "workshop_place"],
                name="head_count",
            ),
            models.Index("meeting", Lower("full_name"), "id", name="people_by_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def has_seat(self) -> bool:
        """Say whether this person has a seat, not just a place in the queue."""
        return self.status == RegistrationStatus.CONFIRMED

    @property
    def is_active(self) -> bool:
        """Say whether this person is registered or waits."""
        return self.status != RegistrationStatus.CANCELLED
