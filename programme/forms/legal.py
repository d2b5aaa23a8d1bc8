"""Edit contact data and legal texts."""

from django import forms

from programme.models import LegalNotice, LegalPage


class LegalNoticeForm(forms.ModelForm[LegalNotice]):
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


class LegalPageForm(forms.ModelForm[LegalPage]):
    class Meta:
        model = LegalPage
        fields = ("body",)
        widgets = {"body": forms.Textarea(attrs={"rows": 24})}
        help_texts = {
            "body": "Überschriften beginnen mit ##, Aufzählungen mit -, Hervorhebungen stehen "
            "zwischen **zwei Sternen**. Kontaktangaben ergänzt das Portal."
        }
