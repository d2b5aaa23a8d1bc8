"""App configuration of programme."""

from django.apps import AppConfig

from programme import checks


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = "Programm"

    def ready(self) -> None:
        checks.refuse_half_configured()
