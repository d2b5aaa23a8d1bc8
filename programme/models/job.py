"""Signs of life of the workers and the timetable of periodic jobs."""

from django.db import models

from programme.privacy import NO_PERSONAL_DATA


class WorkerBeat(models.Model):
    """When a worker was last seen alive."""

    worker_id = models.CharField("Arbeiter", max_length=80, unique=True)
    seen_at = models.DateTimeField("zuletzt gesehen")

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "Lebenszeichen"
        verbose_name_plural = "Lebenszeichen"

    def __str__(self) -> str:
        return self.worker_id


class PeriodicJob(models.Model):
    """When a periodic job is due next; one row a job, however many workers there are."""

    name = models.CharField("Aufgabe", max_length=200, unique=True)
    next_at = models.DateTimeField("nächster Lauf")
    last_at = models.DateTimeField("letzter Lauf", null=True, blank=True)

    privacy = NO_PERSONAL_DATA

    class Meta:
        verbose_name = "regelmäßige Aufgabe"
        verbose_name_plural = "regelmäßige Aufgaben"

    def __str__(self) -> str:
        return self.name
