"""What the portal knows about its own forms and personal data, for the privacy page (W08)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Field
from django.urls import URLPattern, URLResolver, get_resolver

from programme import permissions
from programme.jobs import HOUSE_APPS
from programme.pages import FormPage

# Forms of the login come with allauth and cannot say themselves what they are for.
ACCOUNT_FORMS = (
    "Anmelden im internen Bereich mit E-Mail-Adresse und Passwort",
    "Passwort festlegen, ändern oder zurücksetzen",
    "Zweiten Faktor der Anmeldung einrichten",
    "Eigene Sitzungen ansehen und beenden",
)


@dataclass(frozen=True)
class FormUse:
    """One form of the portal and what it is for."""

    purpose: str
    legal_basis: str


@dataclass(frozen=True)
class PersonalRecord:
    """One kind of record that holds personal data, with how long it is kept."""

    label: str
    fields: tuple[str, ...]
    keep: str


def _pages(patterns: list[URLPattern | URLResolver]) -> Iterator[type[FormPage]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _pages(pattern.url_patterns)
            continue
        page = getattr(pattern.callback, "view_class", None)
        if isinstance(page, type) and issubclass(page, FormPage):
            yield page


def form_pages() -> list[type[FormPage]]:
    """Return every page with a form that the portal answers under, in the order of addresses."""
    return list(dict.fromkeys(_pages(get_resolver().url_patterns)))


def _uses(pages: list[type[FormPage]]) -> list[FormUse]:
    named = [FormUse(page.purpose, page.legal_basis) for page in pages if page.purpose]
    return list(dict.fromkeys(named))


def public_forms() -> list[FormUse]:
    """Return what the public can send without an account."""
    return _uses([page for page in form_pages() if page.guard is permissions.everybody])


def internal_forms() -> list[FormUse]:
    """Return what people with an account can send."""
    return _uses([page for page in form_pages() if page.guard is not permissions.everybody])


def personal_records() -> list[PersonalRecord]:
    """Return every kind of record with personal data, as its model declares it."""
    found = []
    for app in HOUSE_APPS:
        for model in apps.get_app_config(app).get_models():
            privacy = getattr(model, "privacy", None)
            if privacy is None or not privacy.fields:
                continue
            columns = [model._meta.get_field(name) for name in privacy.fields]
            labels = tuple(
                str(column.verbose_name) for column in columns if isinstance(column, Field)
            )
            found.append(PersonalRecord(str(model._meta.verbose_name_plural), labels, privacy.keep))
    return found
