"""Find mails, people and rules."""

from django import forms

from programme.enums import MailStatus, Role
from programme.queries.people import STATES
from programme.rules.funding.finding import Stage

ALL = ("", "alle")


class FilterForm(forms.Form):
    """A search by address bar: everything optional, a wrong value finds everything."""

    use_required_attribute = False

    def value(self, name: str) -> str:
        """Return what was asked for, or nothing if it makes no sense."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class OutboxFilterForm(FilterForm):
    suche = forms.CharField(label="Empfänger oder Betreff", max_length=100, required=False)
    stand = forms.ChoiceField(label="Stand", choices=[ALL, *MailStatus.choices], required=False)


class PeopleFilterForm(FilterForm):
    suche = forms.CharField(label="Name oder E-Mail-Adresse", max_length=100, required=False)
    rolle = forms.ChoiceField(label="Rolle", choices=[ALL, *Role.choices], required=False)
    stand = forms.ChoiceField(label="Konto", choices=[ALL, *STATES], required=False)


class RulesFilterForm(FilterForm):
    stufe = forms.ChoiceField(
        label="Wann gefragt wird", choices=[ALL, *Stage.choices], required=False
    )
