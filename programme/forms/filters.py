"""Find mails, people and rules."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from programme import permissions
from programme.enums import LogTopic, MailStatus, Role
from programme.models import User
from programme.queries.logbook import LogFilter
from programme.queries.people import STATES
from programme.rules.funding.finding import Stage

ALL = ("", "alle")
OUR_TIME = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1)))


def day_input() -> forms.DateInput:
    """Return the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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


class LogFilterForm(FilterForm):
    """What to look for in the logbook; the subject comes from a link, not from typing."""

    suche = forms.CharField(label="Was geschah", max_length=100, required=False)
    person = forms.CharField(label="Name oder E-Mail-Adresse", max_length=100, required=False)
    von = forms.DateField(label="von", required=False, widget=day_input(), validators=OUR_TIME)
    bis = forms.DateField(label="bis", required=False, widget=day_input(), validators=OUR_TIME)
    thema = forms.ChoiceField(label="Thema", choices=[ALL, *LogTopic.choices], required=False)
    gegenstand = forms.CharField(max_length=110, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = permissions.may_see_whole_log(person)
        self.with_sensitive = permissions.may_read_sensitive(person)
        self.allowed = () if whole else (LogTopic.FUNDING,)
        if not whole:
            del self.fields["thema"]

    @property
    def wanted(self) -> LogFilter:
        """Return what was asked for, inside what the person may see."""
        topic = self.value("thema")
        return LogFilter(
            topics=self.allowed or ((LogTopic(topic),) if topic else ()),
            person=self.value("person"),
            text=self.value("suche"),
            subject=self.value("gegenstand"),
            since=self.cleaned_data.get("von"),
            until=self.cleaned_data.get("bis"),
            with_sensitive=self.with_sensitive,
        )


class LogExportForm(LogFilterForm):
    """The same, handed on to the worker as a table."""

    art = forms.ChoiceField(label="Format", choices=[("xlsx", "XLSX"), ("csv", "CSV")])


class RulesFilterForm(FilterForm):
    stufe = forms.ChoiceField(
        label="Wann gefragt wird", choices=[ALL, *Stage.choices], required=False
    )
