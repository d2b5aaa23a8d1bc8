"""The answer page of an invited office: by link, without an account."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from network.enums import MeetingMode
from network.forms.answers import DeclineForm, PeopleForm, RepresentForm
from network.forms.registrations import ConfirmForm
from network.models import Invitation, Registration
from network.queries import invitations as invitation_queries
from network.rules import deadlines
from network.services import answers, registrations
from network.services.registrations import SeatsTaken
from programme import clock
from programme.pages import FormPage, Unlisted
from programme.permissions import everybody


class ByLink(Unlisted, FormPage):
    """What all pages behind an office's link share; looking at them changes nothing."""

    guard = everybody

    @cached_property
    def invitation(self) -> Invitation:
        invitation = invitation_queries.open_invitation(
            token=self.kwargs["token"], moment=clock.now()
        )
        if invitation is None:
            raise Http404
        return invitation

    @cached_property
    def people(self) -> list[Registration]:
        return invitation_queries.people(invitation=self.invitation)

    def own_url(self) -> str:
        return reverse("network:invitation", args=[self.kwargs["token"]])


class AnswerPage(ByLink):
    """One page with three ways to answer; each way is a form of its own."""

    guard = everybody
    template_name = "network/invitation.html"
    part: ClassVar[str]
    offers_waiting = False

    @cached_property
    def seats(self) -> invitation_queries.SeatCount:
        return invitation_queries.seat_count(
            invitation=self.invitation, registered=len(self.people)
        )

    def people_options(self) -> dict[str, Any]:
        is_hybrid = self.invitation.meeting.mode == MeetingMode.HYBRID
        return {"rows": self.seats.free, "is_hybrid": is_hybrid}

    def get_form_kwargs(self) -> dict[str, Any]:
        options = self.people_options() if self.part == "people" else {}
        _ = self.invitation  # a dead link is a 404 before anything else is looked at
        return super().get_form_kwargs() | options

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        all_forms: dict[str, forms.Form] = {
            "people": PeopleForm(**self.people_options()),
            "decline": DeclineForm(),
            "represent": RepresentForm(),
        }
        all_forms[self.part] = context["form"]
        keys = {part: self.form_key if part == self.part else uuid4() for part in all_forms}
        meeting, moment = self.invitation.meeting, clock.now()
        return context | {
            "part": self.part,
            "forms": all_forms,
            "keys": keys,
            "token": self.kwargs["token"],
            "invitation": self.invitation,
            "meeting": meeting,
            "people": self.people,
            "seats": self.seats,
            "offers_waiting": self.offers_waiting or self.seats.meeting_is_full,
            "may_answer": deadlines.may_answer(
                reply_until=meeting.reply_until, starts_at=meeting.starts_at, moment=moment
            ),
            "may_change": deadlines.may_change(starts_at=meeting.starts_at, moment=moment),
        }


class AnswerInvitation(AnswerPage):
    """We come: one row a person."""

    guard = everybody
    purpose = "Die Einladung einer Behörde beantworten und Mitarbeitende anmelden"
    form_class = PeopleForm
    part = "people"

    def act(self, form: PeopleForm) -> HttpResponse:
        try:
            made = registrations.register(
                invitation=self.invitation,
                people=form.people(),
                accept_waiting=self.request.POST.get("accept_waiting") == "1",
            )
        except SeatsTaken:
            self.offers_waiting = True
            form.helper.form_error_title = "Die Plätze reichen nicht für alle"
            raise
        waiting = sum(not registration.has_seat for registration in made)
        count = "Eine Person ist" if len(made) == 1 else f"{len(made)} Personen sind"
        queue = f", davon auf der Warteliste: {waiting}" if waiting else ""
        messages.success(
            self.request, f"{count} eingetragen{queue}. Die Bestätigung kommt per E-Mail."
        )
        return redirect(self.own_url())


class DeclineInvitation(AnswerPage):
    """We do not come."""

    guard = everybody
    purpose = "Die Einladung einer Behörde absagen"
    form_class = DeclineForm
    part = "decline"

    def act(self, form: DeclineForm) -> HttpResponse:
        answers.decline(invitation=self.invitation, reason=form.cleaned_data["decline_reason"])
        messages.success(self.request, "Ihre Absage ist notiert. Danke für die Rückmeldung.")
        return redirect(self.own_url())


class RepresentInvitation(AnswerPage):
    """Somebody else comes for us."""

    guard = everybody
    purpose = "Eine Vertretung für die Behörde nennen"
    form_class = RepresentForm
    part = "represent"

    def act(self, form: RepresentForm) -> HttpResponse:
        answers.represent(
            invitation=self.invitation, represented_by=form.cleaned_data["represented_by"]
        )
        messages.success(self.request, "Ihre Vertretung ist notiert.")
        return redirect(self.own_url())


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
        registrations.cancel(registration=self.registration)
        messages.success(self.request, f"{self.registration.full_name} ist abgemeldet.")
        return redirect(self.own_url())


class ReplacePerson(OnePersonByLink):
    """The office sends somebody else instead."""

    guard = everybody
    purpose = "Eine angemeldete Person durch eine andere ersetzen"
    form_class = PeopleForm
    template_name = "network/replace_registration.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        is_hybrid = self.registration.meeting.mode == MeetingMode.HYBRID
        return super().get_form_kwargs() | {"rows": 1, "is_hybrid": is_hybrid}

    def act(self, form: PeopleForm) -> HttpResponse:
        successor = registrations.replace(registration=self.registration, person=form.people()[0])
        messages.success(self.request, f"{successor.full_name} ist jetzt angemeldet.")
        return redirect(self.own_url())
