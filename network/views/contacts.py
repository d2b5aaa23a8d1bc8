"""Whom mail to an organisation goes to."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.forms.directory import ContactForm
from network.models import Contact, Organisation
from network.permissions import may_run_network
from network.services import organisations
from programme.pages import FormPage, Guarded


class AddContact(FormPage):
    """Enter a contact of an organisation."""

    guard = may_run_network
    purpose = "Eine Kontaktadresse einer Behörde eintragen"
    template_name = "network/add_contact.html"
    form_class = ContactForm

    @cached_property
    def organisation(self) -> Organisation:
        return get_object_or_404(Organisation, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"organisation": self.organisation}

    def act(self, form: ContactForm) -> HttpResponse:
        organisations.add_contact(
            organisation=self.organisation, details=form.details(), by=self.person
        )
        messages.success(self.request, "Der Kontakt ist eingetragen.")
        return redirect("network:organisation", self.organisation.slug)


class OneContact:
    """Finds the contact the address names, at its own organisation only."""

    kwargs: dict[str, Any]

    @cached_property
    def contact(self) -> Contact:
        rows = Contact.objects.select_related("organisation")
        return get_object_or_404(rows, organisation__slug=self.kwargs["slug"], pk=self.kwargs["pk"])


class EditContact(OneContact, FormPage):
    """Change a contact, or stop writing to it."""

    guard = may_run_network
    purpose = "Eine Kontaktadresse einer Behörde ändern"
    template_name = "network/edit_contact.html"
    form_class = ContactForm

    def get_initial(self) -> dict[str, Any]:
        names = ("kind", "name", "function", "email", "is_active", "gets_copies")
        return {name: getattr(self.contact, name) for name in names}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "contact": self.contact,
            "organisation": self.contact.organisation,
        }

    def act(self, form: ContactForm) -> HttpResponse:
        organisations.change_contact(contact=self.contact, details=form.details(), by=self.person)
        messages.success(self.request, "Der Kontakt ist geändert.")
        return redirect("network:organisation", self.contact.organisation.slug)


class RemoveContact(OneContact, Guarded):
    """Delete a contact with its data."""

    guard = may_run_network
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        organisations.remove_contact(contact=self.contact, by=self.person)
        messages.success(request, "Der Kontakt ist gelöscht.")
        return redirect("network:organisation", slug)
