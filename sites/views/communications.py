"""The log of contacts: the sides of a site write it, auditors read it."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme import clock
from programme.pages import FormPage, Guarded, ListPage
from programme.permissions import is_office
from sites import permissions
from sites.forms.communications import CommunicationFilterForm, CommunicationForm
from sites.models import Communication
from sites.queries import communications as queries
from sites.rules.versions import NewerVersion
from sites.services import communications
from sites.views.workspace import SiteOfAddress

COLUMNS = (
    "happened_on",
    "kind",
    "partner",
    "topic",
    "text",
    "due_on",
    "done_on",
    "outside_reason",
)


class Communications(SiteOfAddress, ListPage):
    """All contacts of one site, the latest first."""

    guard = permissions.may_see_site
    template_name = "sites/communications.html"
    context_object_name = "entries"

    @cached_property
    def filter(self) -> CommunicationFilterForm:
        return CommunicationFilterForm(self.request.GET)

    def get_queryset(self) -> QuerySet[Communication]:
        is_open = self.filter.value("stand") == "offen"
        return queries.of_site(site=self.site, kind=self.filter.value("art"), is_open=is_open)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, runs = self.request.user, is_office(self.request.user)
        # Behind this page's guard only auditors cannot write.
        may_add = runs or not permissions.sees_all_sites(user)
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "filter": self.filter,
            "may_add": may_add,
            "changes_all": runs,
            "person": user,
            "today": clock.today(),
        }


class AddCommunication(SiteOfAddress, FormPage):
    """Note a contact with one site."""

    guard = permissions.may_keep_records
    purpose = "Einen Kontakt mit einem Standort festhalten"
    template_name = "sites/add_communication.html"
    form_class = CommunicationForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"programme": self.site.programme, "is_new": True}

    def get_initial(self) -> dict[str, Any]:
        programme = self.site.programme
        return {"happened_on": clock.default_as_of(programme.starts_on, programme.ends_on)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"site": self.site}

    def act(self, form: CommunicationForm) -> HttpResponse:
        side = permissions.side_of(self.person, self.site)
        entry = communications.add(site=self.site, draft=form.draft(), side=side, by=self.person)
        messages.success(self.request, f"Der Kontakt „{entry.topic}“ ist eingetragen.")
        return redirect("sites:communications", slug=self.site.slug)


class EntryOfAddress:
    """Finds the contact the address names; of another site it looks like missing."""

    kwargs: dict[str, Any]

    @cached_property
    def entry(self) -> Communication:
        slug = self.kwargs["slug"]
        return get_object_or_404(queries.one(), pk=self.kwargs["pk"], site__slug=slug)

    def guarded(self) -> Communication:
        return self.entry

    def to_list(self) -> HttpResponse:
        return redirect("sites:communications", slug=self.entry.site.slug)


class EditCommunication(EntryOfAddress, FormPage):
    """Change a contact; two people who save at once see both versions."""

    guard = permissions.may_change_communication
    purpose = "Einen Kontakt mit einem Standort ändern"
    template_name = "sites/edit_communication.html"
    form_class = CommunicationForm
    clash: Communication | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        programme = self.entry.site.programme
        return super().get_form_kwargs() | {"programme": programme, "is_new": False}

    def get_initial(self) -> dict[str, Any]:
        stands = {name: getattr(self.entry, name) for name in COLUMNS}
        return stands | {"seen_at": self.entry.updated_at.isoformat()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        stands = {name: getattr(self.clash, name) for name in COLUMNS} if self.clash else {}
        return context | {
            "entry": self.entry,
            "site": self.entry.site,
            "differences": context["form"].differences(stands) if stands else [],
        }

    def act(self, form: CommunicationForm) -> HttpResponse:
        seen_at = form.cleaned_data["seen_at"]
        try:
            communications.revise(
                entry=self.entry, draft=form.draft(), seen_at=seen_at, by=self.person
            )
        except NewerVersion as newer:
            self.clash = newer.current
            form.now_seen(newer.current)
            raise
        messages.success(self.request, "Der Kontakt ist gespeichert.")
        return self.to_list()


class SettleCommunication(EntryOfAddress, Guarded):
    """Tick a follow-up off; doing it again changes nothing."""

    guard = permissions.may_change_communication
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        communications.settle(entry=self.entry, by=self.person)
        messages.success(request, "Die Wiedervorlage ist erledigt.")
        return self.to_list()
