"""The team's list of what the sites write for the report: state, due day, reminder."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from programme import clock
from programme.models import Programme
from programme.pages import FormPage, Guarded, Page
from programme.permissions import is_office
from sites import permissions
from sites.forms.contributions import DueForm
from sites.queries import contributions as queries
from sites.queries.contributions import DeskRow
from sites.services import contribution_reminders, contributions


class OfDesk:
    """Finds the sites of the current programme, once a request."""

    @cached_property
    def rows(self) -> list[DeskRow]:
        return queries.desk(programme=Programme.objects.current(), today=clock.today())


class Contributions(OfDesk, Page):
    """All sites with state, due day and open comments, one click to each."""

    guard = permissions.sees_all_sites
    template_name = "sites/contributions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "rows": self.rows,
            "counts": queries.counts(self.rows),
            "due_soon": [row for row in self.rows if row.is_due_soon],
            "runs": is_office(self.request.user),
        }


class SetContributionsDue(OfDesk, FormPage):
    """One day for one, some or all sites."""

    guard = is_office
    purpose = "Festlegen, bis wann Standorte ihren Beitrag abgeben"
    template_name = "sites/set_contributions_due.html"
    form_class = DueForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"sites": [row.site for row in self.rows]}

    def get_initial(self) -> dict[str, Any]:
        wanted = self.request.GET.get("standort")
        chosen = [row.site for row in self.rows if wanted in {None, row.site.slug}]
        return {"sites": [site.pk for site in chosen]}

    def act(self, form: DueForm) -> HttpResponse:
        due_on = form.cleaned_data["due_on"]
        number = contributions.set_due(
            sites=form.cleaned_data["sites"], due_on=due_on, by=self.person
        )
        told = "einen Standort" if number == 1 else f"{number} Standorte"
        messages.success(self.request, f"Die Frist {due_on:%d.%m.%Y} gilt jetzt für {told}.")
        return redirect("sites:contributions")


class RemindContributions(Guarded):
    """Remind every site whose part is late or due within fourteen days."""

    guard = is_office
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        programme = Programme.objects.current()
        names = contribution_reminders.remind(programme=programme, by=self.person)
        if names:
            messages.success(request, f"Erinnert: {', '.join(names)}.")
        else:
            messages.info(request, "Niemand ist zu erinnern: Alle sind abgegeben oder noch Zeit.")
        return redirect("sites:contributions")
