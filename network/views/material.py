"""The programme team keeps the files of a meeting and releases them."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.enums import Audience
from network.forms.material import AddMaterialForm, EditMaterialForm, ReleaseMaterialForm
from network.models import Material
from network.permissions import may_run_network
from network.queries import material as queries
from network.services import material
from network.views.meetings import MeetingFormPage
from programme import clock
from programme.pages import FormPage


class Materials(MeetingFormPage):
    """All files of a meeting, and a place for new ones."""

    guard = may_run_network
    purpose = "Material zu einem Treffen hochladen"
    template_name = "network/materials.html"
    form_class = AddMaterialForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(queries.of_meeting(self.meeting))
        return super().get_context_data(**kwargs) | {"rows": rows, "today": clock.today()}

    def act(self, form: AddMaterialForm) -> HttpResponse:
        kept = material.add(
            meeting=self.meeting, files=form.new_files(), about=form.about(), by=self.person
        )
        if kept:
            said = "Eine Datei ist" if len(kept) == 1 else f"{len(kept)} Dateien sind"
            messages.success(self.request, f"{said} hinzugefügt.")
        else:
            messages.info(self.request, "Diese Dateien sind schon da.")
        return redirect("network:materials", self.meeting.slug)


class MaterialPage(FormPage):
    """A form about one file of a meeting; files of other meetings are not found here."""

    guard = may_run_network

    @cached_property
    def material(self) -> Material:
        rows = Material.objects.select_related("meeting")
        return get_object_or_404(rows, meeting__slug=self.kwargs["slug"], pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"material": self.material, "meeting": self.material.meeting}
        return super().get_context_data(**kwargs) | context

    def back(self) -> HttpResponse:
        return redirect("network:materials", self.material.meeting.slug)


class EditMaterial(MaterialPage):
    """Change what is said about a file, or put a new version in its place."""

    guard = may_run_network
    purpose = "Material zu einem Treffen ändern oder ersetzen"
    template_name = "network/edit_material.html"
    form_class = EditMaterialForm

    def get_initial(self) -> dict[str, Any]:
        return EditMaterialForm.stands(self.material)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"versions": queries.versions(self.material)}

    def act(self, form: EditMaterialForm) -> HttpResponse:
        material.describe(material=self.material, about=form.about(), by=self.person)
        new = form.new_file()
        if new:
            note = form.cleaned_data["note"]
            material.replace(material=self.material, new=new, note=note, by=self.person)
        messages.success(self.request, "Das Material ist geändert.")
        return self.back()


class ReleaseMaterial(MaterialPage):
    """Choose who reads a file, release it."""

    guard = may_run_network
    purpose = "Material zu einem Treffen freigeben"
    template_name = "network/release_material.html"
    form_class = ReleaseMaterialForm

    def get_initial(self) -> dict[str, Any]:
        audience = self.material.audience
        return {"audience": Audience.OFFICES if audience == Audience.TEAM else audience}

    def act(self, form: ReleaseMaterialForm) -> HttpResponse:
        audience = form.cleaned_data["audience"]
        material.release(material=self.material, audience=audience, by=self.person)
        messages.success(self.request, f"„{self.material.title}“: {audience.label}.")
        return self.back()


class RemoveMaterial(MaterialPage):
    """Delete a file for good."""

    guard = may_run_network
    purpose = "Material zu einem Treffen löschen"
    template_name = "network/remove_material.html"
    form_class = forms.Form

    def act(self, form: forms.Form) -> HttpResponse:
        title = self.material.title
        material.remove(material=self.material, by=self.person)
        messages.success(self.request, f"„{title}“ ist gelöscht.")
        return self.back()
