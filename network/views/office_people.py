"""An office cancels or replaces one of its people, by its own link."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from network.forms.answers import PeopleForm
from network.forms.registrations import ConfirmForm
from network.models import Registration
from network.services import registrations
from network.views.answers import ByLink
from programme.permissions import everybody


class OnePersonByLink(ByLink):
    """One person of the office; people of other offices are not found.

    A second tab may still show somebody who is cancelled by now: it leads back and does nothing.
    """

    guard = everybody

    @cached_property
    def registration(self) -> Registration:
        rows = self.invitation.registrations.select_related(
            "meeting__programme", "invitation__organisation"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_active = self.registration.is_active
        return super().get(request, *args, **kwargs) if is_active else self.gone()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_active = self.registration.is_active
        return super().post(request, *args, **kwargs) if is_active else self.gone()

    def gone(self) -> HttpResponse:
        messages.info(
            self.request, "Diese Person ist schon abgemeldet. Es hat sich nichts geändert."
        )
        return redirect(self.own_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "registration": self.registration,
            "meeting": self.invitation.meeting,
            "back_url": self.own_url(),
        }


class CancelPerson(OnePersonByLink):
    """The office cancels one of its people."""

    guard = everybody
    purpose = "Die Anmeldung einer Person stornieren"
    form_class = ConfirmForm
    template_name = "network/cancel_registration.html"

    def act(self, form: ConfirmForm) -> HttpResponse:
        registrations.cancel(registration=self.registration, origin=self.origin())
        messages.success(self.request, f"{self.registration.full_name} ist abgemeldet.")
        return redirect(self.own_url())


class ReplacePerson(OnePersonByLink):
    """The office sends somebody else instead."""

    guard = everybody
    purpose = "Eine angemeldete Person durch eine andere ersetzen"
    form_class = PeopleForm
    template_name = "network/replace_registration.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rows": 1, "offer": self.offer, "offers_copy": False}

    def get_initial(self) -> dict[str, Any]:
        row = self.registration
        return super().get_initial() | {"mode_1": row.mode, "workshop_1": row.workshop_id or ""}

    def act(self, form: PeopleForm) -> HttpResponse:
        person = form.people()[0]
        successor = registrations.replace(
            registration=self.registration, person=person, origin=self.origin_of(person)
        )
        messages.success(self.request, f"{successor.full_name} ist jetzt angemeldet.")
        return redirect(self.own_url())
