"""Understands a mail that orders, and an order somebody of the office writes down."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from programme.errors import RuleBroken
from programme.rules.numbers import grouped
from publications.enums import OrderChannel
from publications.forms.orders import (
    MOST_COPIES,
    NOTHING_CHOSEN,
    german_postcode,
    line_field,
    plain_address,
)
from publications.models import Publication
from publications.rules import mail_drafts, mail_files
from publications.rules.mail_drafts import MailDraft
from publications.rules.mail_findings import Found, Sureness
from publications.rules.mail_numbers import Title
from publications.rules.order_drafts import OrderDraft, OrderLine

MOST_SOURCE = 8_000
NOT_RECOGNISED = (
    "Als Bestellung nicht erkannt: {what}. Es wurde nichts gespeichert. Ist es doch eine "
    "Bestellung, tragen Sie sie bitte von Hand ein."
)


class OrderMailForm(forms.Form):
    """A mail as file or as pasted text; nothing of it is stored."""

    text = forms.CharField(
        label="E-Mail einfügen",
        required=False,
        max_length=mail_files.MAX_TEXT,
        help_text="Den ganzen Text mit Absender und Unterschrift, auch einen weitergeleiteten.",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Oder Datei wählen",
        required=False,
        max_length=200,
        help_text="Die E-Mail als .eml-Datei oder ihr Text als .txt-Datei, höchstens 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".eml,.txt,message/rfc822,text/plain"}),
    )

    def __init__(
        self, *args: Any, titles: Sequence[Title], mailboxes: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.titles, self.mailboxes = titles, mailboxes
        self.draft: MailDraft | None = None
        self.source = ""
        for name in ("file", "text"):
            self.fields[name].sometimes_required = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if self.errors:
            return cleaned
        if file:
            too_large = (file.size or 0) > mail_files.MAX_BYTES
            content = bytes(mail_files.MAX_BYTES + 1) if too_large else file.read()
            self._read("file", content)
        elif text:
            self._read("text", text.encode("utf-8", "replace"))
        else:
            self.add_error("text", "Bitte fügen Sie eine E-Mail ein oder wählen Sie eine Datei.")
        return cleaned

    def _read(self, field: str, content: bytes) -> None:
        try:
            mail = mail_files.read(content)
            reading = mail_drafts.understand(mail, titles=self.titles, mailboxes=self.mailboxes)
        except RuleBroken as broken:
            self.add_error(field, broken.message)
            return
        if reading.draft is None:
            self.add_error(field, NOT_RECOGNISED.format(what=reading.objection))
        self.draft, self.source = reading.draft, mail_files.shown(mail)[:MOST_SOURCE]


class EnterOrderForm(forms.Form):
    """An order that came by mail, telephone or letter, as somebody writes it down."""

    full_name = line_field("Name", 120, "off")
    organisation = line_field("Behörde oder Einrichtung", 160, "off", required=False)
    street = line_field("Straße und Hausnummer", 120, "off")
    postcode = forms.CharField(
        label="Postleitzahl",
        max_length=5,
        validators=[german_postcode],
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    city = line_field("Ort", 80, "off")
    email = forms.EmailField(
        label="E-Mail-Adresse",
        max_length=254,
        validators=[plain_address],
        help_text="Dorthin gehen Eingangsbestätigung und Versandmeldung.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    purpose = line_field("Zweck oder Grund", 300, "off", required=False)
    channel = forms.ChoiceField(
        choices=OrderChannel, widget=forms.HiddenInput, initial=OrderChannel.OFFICE
    )
    source = forms.CharField(required=False, max_length=MOST_SOURCE, widget=forms.HiddenInput)

    def __init__(self, *args: Any, titles: Sequence[Publication], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = {f"copies_{title.slug}": title.pk for title in titles}
        for title in titles:
            self.fields[f"copies_{title.slug}"] = _number(title)
        self.fields["purpose"].help_text = "Nötig, wenn eine Grenze oder Regel überschritten wird."
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset("Lieferanschrift", "full_name", "organisation", "street", "postcode", "city"),
            Fieldset("Bestellung", *self.numbers, "purpose"),
            Fieldset("Nachrichten", "email"),
            "channel",
            "source",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.lines() and not set(self.errors) & set(self.numbers):
            self.add_error(next(iter(self.numbers), None), NOTHING_CHOSEN)
        return cleaned

    def lines(self) -> tuple[OrderLine, ...]:
        """Return the titles with a number above zero."""
        numbers = ((pk, self.cleaned_data.get(name) or 0) for name, pk in self.numbers.items())
        return tuple(OrderLine(pk, copies) for pk, copies in numbers if copies > 0)

    def draft(self) -> OrderDraft:
        """Return the order as it was written down."""
        typed = ("full_name", "organisation", "street", "postcode", "city", "email", "purpose")
        return OrderDraft(**{name: self.cleaned_data[name] for name in typed}, lines=self.lines())

    def tell_where(self, draft: MailDraft) -> None:
        """Say beside each field where its value was found in the mail and how sure that is."""
        for name, found in found_in(draft).items():
            if name in self.fields:
                self.fields[name].help_text = _where(found)


def proposal(draft: MailDraft, source: str) -> dict[str, str | int]:
    """Return the first values of the form for an order that was read out of a mail."""
    values = {name: found.value for name, found in found_in(draft).items() if name in ADDRESS}
    numbers = {f"copies_{line.key}": line.copies for line in draft.lines if line.key}
    return {**values, **numbers, "channel": OrderChannel.MAIL.value, "source": source}


ADDRESS = ("full_name", "organisation", "street", "postcode", "city", "email")


def found_in(draft: MailDraft) -> Mapping[str, Found]:
    """Return what was found for each field of the form."""
    person = draft.recipient
    found = {name: getattr(person, name) for name in ADDRESS[:-1]} | {"email": draft.email}
    for line in draft.lines:
        if line.key:
            doubt = Sureness.UNSURE in {line.title_found.sureness, line.copies_found.sureness}
            sureness = Sureness.UNSURE if doubt else line.copies_found.sureness
            where = f"Titel {line.title_found.where}; Anzahl {line.copies_found.where}"
            found[f"copies_{line.key}"] = Found(str(line.copies), where, sureness)
    return found


def _where(found: Found) -> str:
    if not found.value:
        return "In der E-Mail nicht gefunden."
    where = f"{found.where[:1].upper()}{found.where[1:]}"
    return f"{where}: {found.sureness.value}."


def _number(title: Publication) -> forms.IntegerField:
    words = f"Bitte geben Sie eine ganze Zahl von 0 bis {grouped(MOST_COPIES)} an."
    field = forms.IntegerField(
        label=f"Anzahl „{title.title}“",
        required=False,
        min_value=0,
        max_value=MOST_COPIES,
        initial=0,
        help_text=f"Üblich sind bis {title.max_copies} Exemplare je Bestellung.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
    )
    field.sometimes_required = True  # type: ignore[attr-defined]
    return field
