"""App configuration of programme."""

from django.apps import AppConfig
from django.core import validators
from django.forms import Field

from programme import checks


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = "Programm"

    def ready(self) -> None:
        checks.refuse_half_configured()
        say_how_to_mend_it()


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
