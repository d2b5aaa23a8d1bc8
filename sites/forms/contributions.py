"""Understands what a site writes for the report, comments on it, and the decisions of the team."""

from collections.abc import Iterable
from typing import Any

from django import forms

from programme.forms.choices import RowsField
from programme.forms.versions import VersionedForm
from sites.enums import ContributionPart
from sites.forms.days import day_field
from sites.models import Site
from sites.rules.contributions import MOST_CHARACTERS, PARTS
from sites.services import contribution_comments

ASKS = {
    ContributionPart.STARTING_POINT: "Wie war es vorher? Welche Zahlen zeigen es?",
    ContributionPart.APPROACH: "Welche Ziele haben Sie sich gesetzt, was haben Sie getan?",
    ContributionPart.RESULT: "Was ist heute anders, für wen, und woran sieht man es?",
    ContributionPart.LESSONS: "Was würden Sie wieder so machen, was nicht?",
}


class ContributionForm(VersionedForm):
    """The four parts; a draft may have gaps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            field = forms.CharField(
                label=part.label,
                help_text=ASKS[part],
                required=False,
                max_length=MOST_CHARACTERS,
                error_messages={"max_length": "Bitte kürzen Sie den Abschnitt auf 6.000 Zeichen."},
                widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "true"}),
            )
            # What was typed too much comes back whole instead of being cut by the browser.
            field.widget.attrs.pop("maxlength", None)
            field.sometimes_required = True  # type: ignore[attr-defined]
            self.fields[part] = field

    def texts(self) -> dict[str, str]:
        """Return the four parts as the site wrote them."""
        return {part: self.cleaned_data[part] for part in PARTS}


class CommentForm(forms.Form):
    """What coach or team think of one part."""

    text = forms.CharField(
        label="Anmerkung",
        max_length=contribution_comments.MOST_CHARACTERS,
        help_text="Der Standort sieht sie sofort und hakt sie ab, wenn sie erledigt ist.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class VersionForm(forms.Form):
    """Which version the person has read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReturnForm(VersionForm):
    """Why a version goes back."""

    reason = forms.CharField(
        label="Was fehlt oder ist unklar?", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class DueForm(forms.Form):
    """The day by which some sites hand in."""

    due_on = day_field("Abzugeben bis", required=True)
    sites = RowsField(
        Site.objects.none(), label="Für diese Standorte", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sites: Iterable[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Site.objects.filter(pk__in=[site.pk for site in sites])
        self.fields["sites"].queryset = rows  # type: ignore[attr-defined]
