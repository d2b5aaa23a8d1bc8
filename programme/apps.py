"""App configuration of programme."""

from django.apps import AppConfig
from django.core import validators
from django.db.models.signals import post_migrate, pre_migrate  # noqa: TID251  no others do this
from django.forms import Field

from programme import checks, triggers


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = "Programm"

    def ready(self) -> None:
        checks.refuse_half_configured()
        say_how_to_mend_it()
        pre_migrate.connect(triggers.lift_for_migration, sender=self)
        post_migrate.connect(triggers.install_after_migration, sender=self)


def say_how_to_mend_it() -> None:
    """Let the errors every form can have say what to do, where Django only says what is wrong."""
    Field.default_error_messages["required"] = "Bitte füllen Sie dieses Feld aus."
    validators.MaxLengthValidator.message = (
        "Bitte kürzen Sie die Eingabe auf höchstens %(limit_value)d Zeichen (jetzt %(show_value)d)."
    )
    validators.ProhibitNullCharactersValidator.message = (
        "Bitte entfernen Sie unsichtbare Steuerzeichen aus der Eingabe."
    )
    validators.EmailValidator.message = validators.validate_email.message = (
        "Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel name@beispiel.de."
    )
