"""Understands who is invited, by mail or on paper, and what guests are called."""

from typing import Any

from django import forms

from network.enums import ContactKind, OrganisationKind
from network.models import Organisation
from network.rules.contacts import Details
from network.rules.organisations import OrganisationDetails
from network.services.invitation_changes import MOST_SEATS
from programme import clock

Groups = list[tuple[str, list[Organisation]]]


class InviteForm(forms.Form):
    """Who is invited: everybody who can be written to, unless unticked; others on paper.

    `recipient` says whose letter is shown as it will arrive.
    """

    organisations = forms.TypedMultipleChoiceField(
        label="Wer wird eingeladen?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    paper = forms.TypedMultipleChoiceField(
        label="Brief auf Papier",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Diese Organisationen haben keinen Kontakt mit E-Mail-Adresse. Angekreuzte "
        "laden Sie mit einem Brief ein; nach dem Senden drucken Sie ihn.",
    )
    recipient = forms.TypedChoiceField(
        label="Einladung ansehen für", coerce=int, required=False, empty_value=None
    )

    def __init__(
        self, *args: Any, groups: Groups, unreachable: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        grouped = [(label, [(row.pk, row.short_name) for row in rows]) for label, rows in groups]
        self.fields["organisations"].sometimes_required = True  # type: ignore[attr-defined]
        for name, choices in (
            ("organisations", grouped),
            ("recipient", grouped),
            ("paper", [(row.pk, row.short_name) for row in unreachable]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not unreachable:
            del self.fields["paper"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("organisations") or cleaned.get("paper")
        if not chosen and not self.errors:
            self.add_error("organisations", "Bitte wählen Sie mindestens eine Organisation aus.")
        return cleaned


class GuestForm(forms.Form):
    """A guest that is not in the directory yet, with the contact the invitation goes to."""

    name = forms.CharField(label="Name der Organisation", max_length=200)
    short_name = forms.CharField(
        label="Kurzname", max_length=80, help_text="So steht sie in Listen, zum Beispiel BAMF."
    )
    contact_name = forms.CharField(label="Name des Kontakts", max_length=120, required=False)
    email = forms.EmailField(label="E-Mail-Adresse", max_length=254)

    def details(self) -> OrganisationDetails:
        """Return the guest as the directory keeps it."""
        return OrganisationDetails(
            kind=OrganisationKind.GUEST,
            name=self.cleaned_data["name"],
            short_name=self.cleaned_data["short_name"],
            valid_from=clock.today(),
        )

    def contact(self) -> Details:
        """Return whom the invitation goes to; an address without a name is a mailbox."""
        name = self.cleaned_data["contact_name"]
        kind = ContactKind.MAIN if name else ContactKind.MAILBOX
        return Details(email=self.cleaned_data["email"], name=name, kind=kind)


class SeatsForm(forms.Form):
    """Other seats for one office; empty means as many as all others."""

    seats = forms.IntegerField(
        label="Plätze dieser Organisation",
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text="Leer: so viele wie alle anderen.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            f"Bitte geben Sie eine Zahl von 1 bis {MOST_SEATS} an.",
        ),
    )
