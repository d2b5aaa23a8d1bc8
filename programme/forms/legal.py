"""Edit contact data and legal texts."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from programme.forms.versions import VersionedForm
from programme.models import LegalNotice, LegalPage, Programme
from programme.rules.publicity import FUND_NAMES

LONGEST_NOTICE = 2000


class MarkedForm(VersionedForm):
    """A form about a record without a version; `seen` is a mark of what the person opened."""

    seen_at = None  # type: ignore[assignment]
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def mark_seen(self, mark: str) -> None:
        """Take note that the person now sees this state; saving again is then deliberate."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = mark  # type: ignore[index]

    def values(self) -> dict[str, Any]:
        """Return what the person wrote, without the mark."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class LegalNoticeForm(MarkedForm, forms.ModelForm[LegalNotice]):
    website = forms.URLField(label="Internetauftritt", required=False, assume_scheme="https")

    class Meta:
        model = LegalNotice
        fields = (
            "publisher_name",
            "street",
            "postcode",
            "city",
            "phone",
            "email",
            "website",
            "legal_representative",
            "content_responsible",
            "vat_id",
            "privacy_officer_email",
            "supervisory_authority",
            "enforcement_body",
            "accessibility_reviewed_on",
            "printer",
        )
        help_texts = {
            "publisher_name": "Steht im Impressum, in E-Mails und in den Publikationen.",
            "legal_representative": "Leer lassen, solange die Angabe nicht bestätigt ist.",
            "supervisory_authority": "Name und Anschrift, eine Angabe je Zeile.",
            "enforcement_body": "Name, Anschrift und Kontakt, eine Angabe je Zeile.",
        }

    def clean_postcode(self) -> str:
        postcode = str(self.cleaned_data["postcode"])
        if len(postcode) != 5 or not (postcode.isascii() and postcode.isdigit()):
            raise forms.ValidationError("Eine Postleitzahl hat fünf Ziffern.")
        return postcode


class NoticesForm(MarkedForm, forms.ModelForm[Programme]):
    """Where orders go, and what every publication says of its funding and its use."""

    class Meta:
        model = Programme
        fields = ("order_mailbox", "funding_notice", "election_notice")
        help_texts = {
            "order_mailbox": "Dorthin geht jede bestätigte Bestellung; steht im Impressum.",
            "funding_notice": "Steht im Seitenfuß und in jeder Ausgabe. Muss den Fonds nennen.",
            "election_notice": "Steht bei der Bestellung, im Impressum und auf dem Lieferschein.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("funding_notice", "election_notice"):
            self.fields[name].validators.append(MaxLengthValidator(LONGEST_NOTICE))

    def clean_funding_notice(self) -> str:
        notice = str(self.cleaned_data["funding_notice"])
        if not any(name in notice for name in FUND_NAMES):
            raise forms.ValidationError(
                f"Bitte nennen Sie den Fonds, zum Beispiel „{FUND_NAMES[-1]}“ (F31)."
            )
        return notice


class LegalPageForm(MarkedForm, forms.ModelForm[LegalPage]):
    class Meta:
        model = LegalPage
        fields = ("body",)
        widgets = {"body": forms.Textarea(attrs={"rows": 24})}
        help_texts = {
            "body": "Überschriften beginnen mit ##, Aufzählungen mit -, Hervorhebungen stehen "
            "zwischen **zwei Sternen**. Kontaktangaben ergänzt das Portal."
        }
