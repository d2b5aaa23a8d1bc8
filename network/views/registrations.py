"""One person's registration: see, change, replace, cancel – by the own link only."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from network.enums import MeetingMode
from network.forms.answers import PeopleForm
from network.forms.registrations import ChangeRegistrationForm, ConfirmForm
from network.models import Registration
from network.queries import registrations as registration_queries
from network.rules import deadlines
from network.services import registrations
from programme import clock
from programme.pages import FormPage, Unlisted
from programme.permissions import everybody


class OwnRegistration(Unlisted, FormPage):
    """What the pages behind a person's link share; the link opens nothing else (target A8)."""

    guard = everybody

    @cached_property
    def registration(self) -> Registration:
        registration = registration_queries.by_token(token=self.kwargs["token"], moment=clock.now())
        if registration is None:
            raise Http404
        return registration

    @property
    def is_hybrid(self) -> bool:
        return self.registration.meeting.mode == MeetingMode.HYBRID

    def own_url(self) -> str:
        return reverse("network:registration", args=[self.kwargs["token"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "registration": self.registration,
            "meeting": self.registration.meeting,
            "token": self.kwargs["token"],
            "back_url": self.own_url(),
        }


class RegistrationPage(OwnRegistration):
    """See the registration and correct it; after cancelling, a neutral state without names."""

    guard = everybody
    purpose = "Die eigene Anmeldung zu einem Treffen ändern"
    form_class = ChangeRegistrationForm
    template_name = "network/registration.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        options = {"registration": self.registration, "is_hybrid": self.is_hybrid}
        return super().get_form_kwargs() | options

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        starts_at = self.registration.meeting.starts_at
        return super().get_context_data(**kwargs) | {
            "position": registration_queries.queue_position(self.registration),
            "may_change": deadlines.may_change(starts_at=starts_at, moment=clock.now()),
        }

    def act(self, form: ChangeRegistrationForm) -> HttpResponse:
        registrations.change(registration=self.registration, person=form.person())
        messages.success(self.request, "Ihre Angaben sind geändert.")
        return redirect(self.own_url())


class StillRegistered(OwnRegistration):
    """Steps that need a registration; after cancelling they lead back and do nothing."""

    guard = everybody

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_active = self.registration.is_active
        return super().get(request, *args, **kwargs) if is_active else redirect(self.own_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_active = self.registration.is_active
        return super().post(request, *args, **kwargs) if is_active else redirect(self.own_url())


class CancelRegistration(StillRegistered):
    """The person cancels, or leaves the waiting list."""

    guard = everybody
    purpose = "Die eigene Anmeldung zu einem Treffen stornieren"
    form_class = ConfirmForm
    template_name = "network/cancel_registration.html"

    def act(self, form: ConfirmForm) -> HttpResponse:
        registrations.cancel(registration=self.registration)
        messages.success(self.request, "Sie sind abgemeldet.")
        return redirect(self.own_url())


class ReplaceRegistration(StillRegistered):
    """The person sends somebody else instead."""

    guard = everybody
    purpose = "Die eigene Anmeldung an eine andere Person abgeben"
    form_class = PeopleForm
    template_name = "network/replace_registration.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rows": 1, "is_hybrid": self.is_hybrid}

    def act(self, form: PeopleForm) -> HttpResponse:
        registrations.replace(registration=self.registration, person=form.people()[0])
        messages.success(self.request, "Ihr Platz ist übertragen. Sie erhalten beide eine E-Mail.")
        return redirect(self.own_url())
