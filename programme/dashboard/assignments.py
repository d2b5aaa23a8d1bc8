"""Roof: give people their site or their office, which live on the floors above."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from network.models import Membership, Organisation
from network.services import memberships
from programme import clock, permissions
from programme.enums import Role
from programme.models import User
from programme.pages import FormPage
from programme.views.people import AccountButton
from sites.enums import AssignmentKind
from sites.models import Site, SiteAssignment
from sites.rules.assignments import NEEDED_ROLE
from sites.services import assignments

MEMBER = "member"


class AssignForm(forms.Form):
    """One list, grouped by what the person's roles allow; a value reads "coach:7"."""

    target = forms.ChoiceField(label="Wozu gehört die Person?")
    starts_on = forms.DateField(
        label="ab", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, held: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = clock.today()
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        sites = list(Site.objects.all()) if {Role.SITE, Role.COACH} & held else []
        for kind, role in NEEDED_ROLE.items():
            if role in held:
                choices = [(f"{kind.value}:{site.pk}", site.name) for site in sites]
                groups.append((f"{kind.label} (Standorte)", choices))
        if Role.MEMBER in held:
            organisations = Organisation.objects.on(clock.today())
            choices = [(f"{MEMBER}:{row.pk}", row.name) for row in organisations]
            groups.append(("Behörden und Verbände", choices))
        self.has_choices = bool(groups)
        empty: list[tuple[str, Any]] = [("", "Bitte wählen")]
        self.fields["target"].choices = empty + groups  # type: ignore[attr-defined]

    def clean_starts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        if not date(2013, 1, 1) <= starts_on <= clock.today():
            raise forms.ValidationError("Bitte geben Sie einen Tag von 2013 bis heute an.")
        return starts_on


class AssignPerson(FormPage):
    guard = permissions.may_manage_people
    purpose = "Eine Person einem Standort oder einer Behörde zuordnen"
    template_name = "programme/assign_person.html"
    form_class = AssignForm

    @cached_property
    def account(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def guarded(self) -> User:
        return self.account

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"held": permissions.roles_of(self.account)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"account": self.account}

    def act(self, form: AssignForm) -> HttpResponse:
        kind, pk = form.cleaned_data["target"].split(":")
        who: dict[str, Any] = {
            "person": self.account,
            "starts_on": form.cleaned_data["starts_on"],
            "by": self.person,
        }
        if kind == MEMBER:
            memberships.join(organisation=get_object_or_404(Organisation, pk=pk), **who)
        else:
            site = get_object_or_404(Site, pk=pk)
            assignments.assign(site=site, kind=AssignmentKind(kind), **who)
        messages.success(self.request, f"{self.account} ist zugeordnet.")
        return redirect("programme:person", pk=self.account.pk)


class EndAssignment(AccountButton):
    guard = permissions.may_manage_people
    done = "Die Zuordnung zum Standort ist beendet."

    def press(self) -> None:
        row = get_object_or_404(SiteAssignment, pk=self.kwargs["row"], user=self.account)
        assignments.end(assignment=row, by=self.person)


class EndMembership(AccountButton):
    guard = permissions.may_manage_people
    done = "Die Zugehörigkeit ist beendet."

    def press(self) -> None:
        row = get_object_or_404(Membership, pk=self.kwargs["row"], user=self.account)
        memberships.leave(membership=row, by=self.person)
