"""Meetings of the network."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from network.enums import ON, TOOK_PLACE, Audience, MeetingKind, MeetingMode, MeetingStatus
from network.models.organisation import Organisation
from programme import clock
from programme.models import Programme
from programme.privacy import NO_PERSONAL_DATA


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def public(self) -> Self:
        """Meetings everybody may read about."""
        return self.exclude(status=MeetingStatus.DRAFT)

    def upcoming(self, moment: datetime) -> Self:
        """Announced meetings that have not begun, the next one first."""
        return self.on().filter(starts_at__gte=moment).order_by("starts_at", "pk")

    def on(self) -> Self:
        """Announced meetings, whether or not registration is closed already."""
        return self.filter(status__in=ON)

    def took_place(self) -> Self:
        """Meetings that were held, documented or not."""
        return self.filter(status__in=TOOK_PLACE)

    def locked(self, pk: int) -> "Meeting":
        """Return the meeting as it stands now, locked until the transaction ends.

        Whoever counts or gives seats starts here; on SQLite the transaction itself is the lock.
        """
        return self.select_for_update(of=("self",)).select_related("programme").get(pk=pk)


class Meeting(models.Model):
    """One meeting: when, where, how many seats, until when to answer.

    `starts_at` is empty only for past events whose day is not documented; then `date_label`
    says what is known ("Juni 2017") and `listed_on` where the chronicle shows it.

    `seats` are the seats of the meeting; only a hybrid one has `online_seats` beside them, and
    then `seats` are those on site. `change_until` is the last moment to change, replace or
    switch; without it that is possible until the meeting begins.
    """

    programme = models.ForeignKey(
        Programme, verbose_name="Programm", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(
        "Art", max_length=20, choices=MeetingKind, default=MeetingKind.NETWORK_MEETING
    )
    title = models.CharField("Titel", max_length=160)
    slug = models.SlugField("Kurzname in Adressen", max_length=80, unique=True)
    topic = models.CharField("Thema", max_length=200, blank=True)
    description = models.TextField("Worum es geht", blank=True)
    balance_question = models.TextField(
        "Leitfrage: Ordnungsaufgaben und Integrationsaufgaben", blank=True
    )
    starts_at = models.DateTimeField("Beginn", null=True, blank=True)
    ends_at = models.DateTimeField("Ende", null=True, blank=True)
    date_label = models.CharField(
        "Zeitangabe, wenn der Tag nicht belegt ist", max_length=60, blank=True
    )
    listed_on = models.DateField("in der Chronik einsortiert bei", null=True, blank=True)
    venue = models.CharField("Ort der Veranstaltung", max_length=200, blank=True)
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postcode = models.CharField("Postleitzahl", max_length=5, blank=True)
    city = models.CharField("Stadt", max_length=80, blank=True)
    host = models.ForeignKey(
        Organisation,
        verbose_name="gastgebende Stelle",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    mode = models.CharField("Form", max_length=10, choices=MeetingMode, default=MeetingMode.ON_SITE)
    seats = models.PositiveSmallIntegerField("Plätze", null=True, blank=True)
    online_seats = models.PositiveSmallIntegerField("Plätze online", null=True, blank=True)
    online_url = models.URLField("Adresse für die Teilnahme online", max_length=400, blank=True)
    seats_per_office = models.PositiveSmallIntegerField("Plätze je Organisation", default=2)
    reply_until = models.DateTimeField("Antwort bis", null=True, blank=True)
    change_until = models.DateTimeField("Änderungen bis", null=True, blank=True)
    status = models.CharField(
        "Stand", max_length=10, choices=MeetingStatus, default=MeetingStatus.DRAFT
    )
    calendar_sequence = models.PositiveSmallIntegerField("Fassung der Kalendereinträge", default=0)
    cancel_reason = models.CharField("Grund der Absage", max_length=300, blank=True)
    minutes_audience = models.CharField(
        "Wer die Niederschrift liest", max_length=12, choices=Audience, default=Audience.TEAM
    )
    minutes_released_at = models.DateTimeField("Niederschrift freigegeben", null=True, blank=True)
    source_note = models.CharField("Quelle", max_length=200, blank=True)
    created_at = models.DateTimeField("angelegt am", default=clock.now)
    changed_at = models.DateTimeField("zuletzt geändert am", default=clock.now)

    objects = MeetingQuerySet.as_manager()

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Treffen"
        verbose_name_plural = "Treffen"
        ordering = (F("starts_at").desc(nulls_last=True), "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False) | ~Q(date_label=""),
                name="meeting_has_a_date",
                violation_error_message="Bitte geben Sie an, wann das Treffen ist.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gt=0),
                name="meeting_has_seats",
                violation_error_message="Ein Treffen braucht mindestens einen Platz.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_on(self) -> bool:
        """Say whether the meeting is announced; its links work until it is over."""
        return self.status in ON

    @property
    def all_seats(self) -> int | None:
        """Return the seats on site and online together; None if there is no limit."""
        if self.mode != MeetingMode.HYBRID or self.seats is None:
            return self.seats
        return None if self.online_seats is None else self.seats + self.online_seats

    @property
    def has_taken_place(self) -> bool:
        return self.status in TOOK_PLACE

    @property
    def day(self) -> date | None:
        """Return the day in Hessen; of an undated one, where it stands in the chronicle."""
        return clock.day_of(self.starts_at) if self.starts_at else self.listed_on
