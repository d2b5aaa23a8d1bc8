"""One person's registration: see, change, replace, cancel – by the own link only."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from network.enums import AttendanceMode, Audience
from network.exports import entrance
from network.exports.calendar import registration_ics
from network.forms.answers import PeopleForm
from network.forms.registrations import ChangeRegistrationForm, ConfirmForm
from network.models import Registration
from network.queries import certificates, offers, released
from network.queries import registrations as registration_queries
from network.rules import deadlines
from network.services import registrations
from network.services.answer_entries import Origin
from programme import clock
from programme.pages import FormPage, Guarded, Unlisted, made_now
from programme.permissions import everybody


class ByOwnLink(Unlisted, Guarded):
    """What is found by a person's link, which opens nothing else (target A8)."""

    guard = everybody

    @cached_property
    def registration(self) -> Registration:
        registration = registration_queries.by_token(token=self.kwargs["token"], moment=clock.now())
        if registration is None:
            raise Http404
        return registration


class OwnRegistration(ByOwnLink, FormPage):
    """What the pages behind a person's link share."""

    guard = everybody

    @cached_property
    def offer(self) -> offers.Offer:
        return offers.of(self.registration.meeting)

    @property
    def may_change(self) -> bool:
        """Say whether the person may still change, replace and cancel; later they may ask."""
        meeting = self.registration.meeting
        return deadlines.may_change(
            starts_at=meeting.starts_at, change_until=meeting.change_until, moment=clock.now()
        )

    def origin(self) -> Origin:
        """Return who acts: the person for themselves, so the office is not asked."""
        row = self.registration
        return Origin(name=row.full_name, email=row.email, is_own=True)

    def own_url(self) -> str:
        return reverse("network:registration", args=[self.kwargs["token"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "registration": self.registration,
            "meeting": self.registration.meeting,
            "token": self.kwargs["token"],
            "back_url": self.own_url(),
            "may_change": self.may_change,
        }


class RegistrationPage(OwnRegistration):
    """See the registration and correct it; after cancelling, a neutral state without names.

    After the meeting whoever had a seat finds the certificate and what was released here.
    """

    guard = everybody
    purpose = "Die eigene Anmeldung zu einem Treffen ändern"
    form_class = ChangeRegistrationForm
    template_name = "network/registration.html"

    @cached_property
    def registration(self) -> Registration:
        token = self.kwargs["token"]
        row = registration_queries.by_token(token=token, moment=clock.now())
        row = row or released.participant(token=token)
        if row is None:
            raise Http404
        return row

    @property
    def is_over(self) -> bool:
        meeting = self.registration.meeting
        return deadlines.is_over(
            starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=clock.now()
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        options = {"registration": self.registration, "offer": self.offer}
        return super().get_form_kwargs() | options

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.registration
        context = super().get_context_data(**kwargs)
        context |= {"is_over": self.is_over, "certificate": None, "released": None}
        return context | (self._afterwards(row) if self.is_over else self._before(row))

    def _before(self, row: Registration) -> dict[str, Any]:
        meeting = row.meeting
        is_online = row.mode == AttendanceMode.ONLINE
        return {
            "position": registration_queries.queue_position(row),
            "workshop_position": registration_queries.workshop_position(row),
            "entrance_code": entrance.drawing(row) if row.has_seat and not is_online else "",
            "join_url": meeting.online_url if row.has_seat and is_online else "",
        }

    def _afterwards(self, row: Registration) -> dict[str, Any]:
        token = self.kwargs["token"]
        return {
            "certificate": certificates.by_token(token=token),
            "released": released.for_audience(row.meeting, Audience.PARTICIPANTS, token=token),
        }

    def act(self, form: ChangeRegistrationForm) -> HttpResponse:
        registrations.change(
            registration=self.registration, person=form.person(), origin=self.origin()
        )
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
        registrations.cancel(registration=self.registration, origin=self.origin())
        messages.success(self.request, "Sie sind abgemeldet.")
        return redirect(self.own_url())


class ReplaceRegistration(StillRegistered):
    """The person sends somebody else instead."""

    guard = everybody
    purpose = "Die eigene Anmeldung an eine andere Person abgeben"
    form_class = PeopleForm
    template_name = "network/replace_registration.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rows": 1, "offer": self.offer, "offers_copy": False}

    def get_initial(self) -> dict[str, Any]:
        row = self.registration
        return super().get_initial() | {"mode_1": row.mode, "workshop_1": row.workshop_id or ""}

    def act(self, form: PeopleForm) -> HttpResponse:
        registrations.replace(
            registration=self.registration, person=form.people()[0], origin=self.origin()
        )
        messages.success(self.request, "Ihr Platz ist übertragen. Sie erhalten beide eine E-Mail.")
        return redirect(self.own_url())


class RegistrationCalendar(ByOwnLink):
    """The calendar entry of a person with a seat, for whoever lost the mail."""

    guard = everybody

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.registration.has_seat:
            raise Http404
        return made_now(
            registration_ics(self.registration),
            name="termin.ics",
            content_type="text/calendar; charset=utf-8",
        )
