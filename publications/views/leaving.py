"""What remains when the portal is switched off: a copy of the public pages and an archive."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from programme import clock
from programme.models import Printout, Programme
from programme.pages import FormPage, Page
from programme.services import printouts
from publications import permissions
from publications.queries import archive
from publications.services import leaving


class Leaving(Page):
    """What can be packed, what it holds today, and what this person had packed."""

    guard = permissions.may_edit_publications
    template_name = "publications/leaving.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        editions = archive.published_editions(programme=programme)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "editions": editions.count(),
            "packages": archive.packages(
                user_id=self.person.pk,
                asked_on=self.request.path,
                since=clock.now() - printouts.KEEP,
            ),
        }


class Pack(FormPage):
    """One button; the page of the printout shows how far the worker is."""

    guard = permissions.may_edit_publications
    purpose: ClassVar[str] = "Öffentliche Seiten oder Publikationen zum Mitnehmen packen"
    http_method_names = ["post", "options"]
    form_class = forms.Form
    template_name = "publications/leaving.html"

    def pack(self, programme: Programme) -> Printout:
        raise NotImplementedError

    def act(self, form: Any) -> HttpResponse:
        return redirect("programme:printout", self.pack(Programme.objects.current()).pk)


class PackSite(Pack):
    """The public pages as files."""

    guard = permissions.may_edit_publications
    purpose = "Eine Kopie der öffentlichen Seiten anfordern"

    def pack(self, programme: Programme) -> Printout:
        return leaving.pack_site(programme=programme, by=self.person)


class PackArchive(Pack):
    """The publications with all editions."""

    guard = permissions.may_edit_publications
    purpose = "Das Archiv der Publikationen anfordern"

    def pack(self, programme: Programme) -> Printout:
        return leaving.pack_archive(programme=programme, by=self.person)
