"""A picture for the report and the words that belong to it."""

from typing import Any

from django import forms
from django.conf import settings

from programme.errors import RuleBroken
from programme.rules.uploads import too_large
from publications.forms.manuscripts import OpenedForm
from publications.services.pictures import Words
from sites.rules.photos import Photo, redrawn


class WordsForm(forms.Form):
    """What is written about a picture."""

    alt = forms.CharField(
        label="Alternativtext",
        help_text="Was ist zu sehen, und was soll man daraus erfahren? Ein bis drei Sätze für "
        "Menschen, die das Bild nicht sehen.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
    )
    caption = forms.CharField(
        label="Bildunterschrift", help_text="Steht hinter „Abbildung …“.", max_length=300
    )
    credit = forms.CharField(
        label="Quelle",
        help_text="Wer hat fotografiert oder gezeichnet, unter welcher Lizenz?",
        max_length=160,
        required=False,
    )

    def words(self) -> Words:
        """Return the words as they were typed."""
        data = self.cleaned_data
        return Words(alt=data["alt"], caption=data["caption"], credit=data["credit"])


class DescribeForm(OpenedForm, WordsForm):
    """Other words for a picture."""


class PictureForm(WordsForm):
    """A new picture; its content says what it is, not its name."""

    photo = forms.FileField(
        label="Bilddatei",
        help_text="PNG oder JPG. Das Bild wird neu gezeichnet: Ort, Kamera und andere versteckte "
        "Angaben gehen nicht mit.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    field_order = ("photo", "alt", "caption", "credit")

    def clean_photo(self) -> Photo:
        """Draw the picture anew; refuses everything that is no readable PNG or JPG."""
        file: Any = self.cleaned_data["photo"]
        try:
            too_large(name=file.name, size_bytes=file.size, limit_bytes=settings.UPLOAD_MAX_BYTES)
            return redrawn(name=file.name or "", content=file.read())
        except RuleBroken as broken:
            raise forms.ValidationError(broken.message) from broken
