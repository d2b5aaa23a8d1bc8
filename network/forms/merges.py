"""Understands which entry of the directory stays."""

from typing import Any

from django import forms

from network.models import Organisation


class MergeForm(forms.Form):
    """The entry that stays and takes over."""

    target = forms.ChoiceField(
        label="Zusammenführen mit", help_text="Dieser Eintrag bleibt und übernimmt alles."
    )

    def __init__(self, *args: Any, candidates: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_slug = {row.slug: row for row in candidates}
        chosen = [(row.slug, f"{row.short_name} – {row.name}") for row in candidates]
        self.fields["target"].choices = [("", "bitte wählen"), *chosen]  # type: ignore[attr-defined]

    def chosen(self) -> Organisation:
        """Return the entry that stays."""
        return self.by_slug[self.cleaned_data["target"]]
