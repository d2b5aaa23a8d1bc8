"""The answer page of an invited office: by link, without an account."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from network.enums import AnswerChannel
from network.forms.answers import DeclineForm, PeopleForm, RepresentForm, SenderForm
from network.models import Invitation, Registration
from network.queries import invitations as invitation_queries
from network.queries import memberships, offers
from network.queries import registrations as registration_queries
from network.rules import deadlines
from network.services import answers, registrations
from network.services.answer_entries import Origin
from network.services.registrations import Person, SeatsTaken
from programme import clock
from programme.models import User
from programme.pages import FormPage, Unlisted
from programme.permissions import everybody

FORMS: dict[str, type[forms.Form]] = {
    "people": PeopleForm,
    "decline": DeclineForm,
    "represent": RepresentForm,
}


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

    @cached_property
    def offer(self) -> offers.Offer:
        return offers.of(self.invitation.meeting)

    @property
    def may_answer(self) -> bool:
        """Say whether the office may still answer; later it may ask the programme team."""
        return deadlines.takes_answers(self.invitation.meeting, moment=clock.now())

    @property
    def may_change(self) -> bool:
        """Say whether the office may still change, replace and cancel its people."""
        meeting = self.invitation.meeting
        return deadlines.may_change(
            starts_at=meeting.starts_at, change_until=meeting.change_until, moment=clock.now()
        )

    def origin(self, *, name: str = "", email: str = "") -> Origin:
        """Return who answers: a signed-in member of the office, or whoever has the link."""
        user = self.request.user
        if isinstance(user, User) and memberships.speaks_for(
            user_id=user.pk,
            organisation_id=self.invitation.organisation_id,
            day=clock.today(),
        ):
            return Origin(AnswerChannel.ACCOUNT, name or str(user), email or user.email, by=user)
        return Origin(AnswerChannel.LINK, name, email)

    def origin_of(self, person: Person) -> Origin:
        """Take the first person of the form for the one who answers: nobody else is named."""
        return self.origin(name=person.full_name, email=person.email)

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

    def form_options(self, part: str) -> dict[str, Any]:
        """Return what the form of one way is made with; three forms share the page, no ids."""
        if part == "people":
            # Seats first, people then: `refuse_early` relies on the order.
            return {"offer": self.offer, "rows": self.seats.free}
        return {"auto_id": f"id_{part}_%s"}

    def get_form_kwargs(self) -> dict[str, Any]:
        _ = self.invitation  # a dead link is a 404 before anything else is looked at
        return super().get_form_kwargs() | self.form_options(self.part)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        all_forms: dict[str, forms.Form] = {
            part: context["form"] if part == self.part else form(**self.form_options(part))
            for part, form in FORMS.items()
        }
        programme = self.invitation.meeting.programme
        if programme.is_current:
            context["programme"] = programme  # the frame of the page need not look for it
        keys = {part: self.form_key if part == self.part else uuid4() for part in all_forms}
        return context | {
            "part": self.part,
            "forms": all_forms,
            "keys": keys,
            "token": self.kwargs["token"],
            "invitation": self.invitation,
            "meeting": self.invitation.meeting,
            "people": self.people,
            "seats": self.seats,
            "offer": self.offer,
            "offers_waiting": self.offers_waiting or self.offer.is_full,
            "may_answer": self.may_answer,
            "may_change": self.may_change,
        }


class AnswerInvitation(AnswerPage):
    """We come: one row a person."""

    guard = everybody
    purpose = "Die Einladung einer Behörde beantworten und Mitarbeitende anmelden"
    form_class = PeopleForm
    part = "people"

    @property
    def accepts_waiting(self) -> bool:
        """Say whether the button of the waiting list was pressed."""
        return self.request.POST.get("accept_waiting") == "1"

    def refuse_early(self, form: PeopleForm) -> None:
        """Refuse an office without people when every seat is taken, as the service would.

        Every other refusal, and every form that may have been sent before, is left to the
        service: it looks again behind the lock. An office that registered while this page was
        read is seen, because its people are read after the seats.
        """
        if self.accepts_waiting or not self.offer.is_full or self.people or not self.may_answer:
            return
        people = form.people()
        addresses = [person.email for person in people]
        if len(people) <= self.seats.free and not registration_queries.taken_addresses(
            meeting=self.invitation.meeting, addresses=addresses
        ):
            self.offer_waiting(form)
            raise SeatsTaken(free=0)

    def offer_waiting(self, form: PeopleForm) -> None:
        """Let the page offer the waiting list after a refusal."""
        self.offers_waiting = True
        form.helper.form_error_title = "Die Plätze reichen nicht für alle"

    def act(self, form: PeopleForm) -> HttpResponse:
        people = form.people()
        try:
            made = registrations.register(
                invitation=self.invitation,
                people=people,
                accept_waiting=self.accepts_waiting,
                together=form.is_together,
                origin=self.origin_of(people[0]),
            )
        except SeatsTaken:
            self.offer_waiting(form)
            raise
        waiting = sum(not registration.has_seat for registration in made)
        count = "Eine Person ist" if len(made) == 1 else f"{len(made)} Personen sind"
        queue = f", davon auf der Warteliste: {waiting}" if waiting else ""
        messages.success(
            self.request, f"{count} eingetragen{queue}. Die Bestätigung kommt per E-Mail."
        )
        return redirect(self.own_url())


class OtherAnswer(AnswerPage):
    """An answer that names nobody who comes; who answers may say so."""

    guard = everybody

    def sender(self, form: SenderForm) -> Origin:
        said = form.cleaned_data
        return self.origin(name=said["sender_name"], email=said["sender_email"])


class DeclineInvitation(OtherAnswer):
    """We do not come."""

    guard = everybody
    purpose = "Die Einladung einer Behörde absagen"
    form_class = DeclineForm
    part = "decline"

    def act(self, form: DeclineForm) -> HttpResponse:
        answers.decline(
            invitation=self.invitation,
            reason=form.cleaned_data["decline_reason"],
            origin=self.sender(form),
        )
        messages.success(self.request, "Ihre Absage ist notiert. Danke für die Rückmeldung.")
        return redirect(self.own_url())


class RepresentInvitation(OtherAnswer):
    """Somebody else comes for us."""

    guard = everybody
    purpose = "Eine Vertretung für die Behörde nennen"
    form_class = RepresentForm
    part = "represent"

    def act(self, form: RepresentForm) -> HttpResponse:
        answers.represent(
            invitation=self.invitation,
            represented_by=form.cleaned_data["represented_by"],
            origin=self.sender(form),
        )
        messages.success(self.request, "Ihre Vertretung ist notiert.")
        return redirect(self.own_url())
