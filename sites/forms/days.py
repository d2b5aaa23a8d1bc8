"""Calendar days in forms."""

from django import forms


def day_widget() -> forms.DateInput:
    """Return the browser's date field; it wants ISO dates, German ones are understood too."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def day_field(label: str, *, help_text: str = "", required: bool = False) -> forms.DateField:
    """Return a calendar day in the browser's date field."""
    return forms.DateField(label=label, required=required, widget=day_widget(), help_text=help_text)
