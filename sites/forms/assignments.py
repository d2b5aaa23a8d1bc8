"""Understands who looks after a site, from when, until when."""

from datetime import date, timedelta
from typing import Any

from django import forms

from programme import clock
from programme.enums import Role
from programme.models import User
from sites.enums import AssignmentKind
from sites.forms.days import day_field
from sites.rules.assignments import NEEDED_ROLE

EARLIEST = date(2013, 1, 1)
AHEAD = timedelta(days=730)
BOUNDS = "Bitte geben Sie einen Tag ab 2013 und höchstens zwei Jahre im Voraus an."


def _bounded(day: date) -> date:
    if not EARLIEST <= day <= clock.today() + AHEAD:
        raise forms.ValidationError(BOUNDS)
    return day


class AssignmentForm(forms.Form):
    """One list of people with the role that goes with the task; a value reads "coach:7"."""

    who = forms.ChoiceField(label="Person und Aufgabe")
    starts_on = day_field("ab", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = {role: kind for kind, role in NEEDED_ROLE.items()}
        grants = User.objects.filter(
            is_active=True, role_grants__ended_at__isnull=True, role_grants__role__in=list(roles)
        ).values_list("role_grants__role", "pk", "full_name", "email")
        groups: dict[str, list[tuple[str, str]]] = {kind.label: [] for kind in AssignmentKind}
        for role, pk, name, email in grants.order_by("full_name", "pk"):
            kind = roles[Role(role)]
            groups[kind.label].append((f"{kind.value}:{pk}", f"{name or email} ({email})"))
        choices: list[tuple[str, Any]] = [("", "Bitte wählen"), *groups.items()]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = clock.today()

    def clean_starts_on(self) -> date:
        return _bounded(self.cleaned_data["starts_on"])

    def kind(self) -> AssignmentKind:
        """Return what the person does at the site."""
        return AssignmentKind(self.cleaned_data["who"].split(":")[0])

    def chosen(self) -> User:
        """Return the person."""
        return User.objects.get(pk=self.cleaned_data["who"].split(":")[1])


class EndAssignmentForm(forms.Form):
    """The last day somebody looks after a site."""

    last_day = day_field(
        "Letzter Tag",
        required=True,
        help_text="Am Tag danach sieht und ändert die Person diesen Standort nicht mehr.",
    )

    def clean_last_day(self) -> date:
        return _bounded(self.cleaned_data["last_day"])
