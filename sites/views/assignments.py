"""The programme team says from when until when somebody looks after a site."""

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from programme import clock
from programme.permissions import is_office
from sites.forms.assignments import AssignmentForm, EndAssignmentForm
from sites.models import SiteAssignment
from sites.services import assignments
from sites.views.site_files import OfSiteFile


class AddAssignment(OfSiteFile):
    guard = is_office
    purpose = "Eine Person einem Standort ab einem Tag zuordnen"
    form_class = AssignmentForm
    heading = "Person zuordnen"
    submit = "Zuordnen"
    hint = "Zur Auswahl stehen Personen mit der Rolle Standort oder Prozessbegleitung."

    def act(self, form: AssignmentForm) -> HttpResponse:
        row = assignments.assign(
            person=form.chosen(),
            site=self.site,
            kind=form.kind(),
            starts_on=form.cleaned_data["starts_on"],
            by=self.person,
        )
        return self.to_file(f"{row.user} ist zugeordnet.")


class EndAssignment(OfSiteFile):
    guard = is_office
    purpose = "Die Zuordnung einer Person zu einem Standort beenden"
    form_class = EndAssignmentForm
    heading = "Zuordnung beenden"
    submit = "Ende festhalten"

    @cached_property
    def assignment(self) -> SiteAssignment:
        rows = SiteAssignment.objects.select_related("user")
        return get_object_or_404(rows, pk=self.kwargs["pk"], site__slug=self.kwargs["slug"])

    def guarded(self) -> SiteAssignment:  # type: ignore[override]
        return self.assignment

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": self.assignment.ends_on or clock.today()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.assignment
        hint = f"{row.user}, {row.get_kind_display()}, seit {row.starts_on:%d.%m.%Y}."
        return super().get_context_data(**kwargs) | {"hint": hint}

    def act(self, form: EndAssignmentForm) -> HttpResponse:
        last_day = form.cleaned_data["last_day"]
        row = assignments.end_on(assignment=self.assignment, last_day=last_day, by=self.person)
        return self.to_file(f"Die Zuordnung von {row.user} endet mit dem {last_day:%d.%m.%Y}.")
