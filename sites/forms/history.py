"""Narrows and orders the history of a site."""

from django import forms

from programme.forms.filters import FilterForm
from sites.queries.history import KINDS


class HistoryFilterForm(FilterForm):
    """By kind of event, oldest or latest first."""

    art = forms.ChoiceField(
        label="Was",
        required=False,
        choices=[("", "alles"), *((key, label) for key, (label, _) in KINDS.items())],
    )
    folge = forms.ChoiceField(
        label="Reihenfolge",
        required=False,
        choices=[("", "älteste zuerst"), ("neu", "neueste zuerst")],
    )
