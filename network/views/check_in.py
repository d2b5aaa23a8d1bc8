"""The door: who is expected, who is there, who came without a registration."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from network.enums import CheckInKind
from network.exports.entrance import is_code
from network.forms.entrance import WalkInForm, read_steps, read_tap
from network.models import Meeting, Registration
from network.permissions import may_run_network
from network.queries.entrance import entrance, expected, organisations_at_the_door
from network.rules import check_in as rules
from network.services import check_in, walk_ins
from programme import clock
from programme.errors import RuleBroken
from programme.pages import FormPage, Guarded, Page


def _key(form_key: str, *parts: object) -> UUID:
    """Return the key of one button of a page; the page sent twice gives the same key."""
    try:
        return uuid5(UUID(form_key), ":".join(map(str, parts)))
    except ValueError:
        return uuid4()


class AtTheDoor(Guarded):
    """What the pages of one meeting's door share."""

    guard = may_run_network

    @cached_property
    def meeting(self) -> Meeting:
        rows = Meeting.objects.select_related("programme")
        return get_object_or_404(rows, slug=self.kwargs["slug"])


class CheckInPage(AtTheDoor, Page):
    """The list for the phone at the door; works with plain forms, better with the script."""

    guard = may_run_network
    template_name = "network/check_in.html"

    @property
    def wanted(self) -> str:
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        return given.get("suche", "").replace("\x00", "").strip()[:80]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        moment = clock.now()
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "entrance": entrance(self.meeting, wanted=self.wanted),
            "wanted": self.wanted,
            "is_open": rules.is_open(self.meeting, moment),
            "is_past": rules.is_past(self.meeting, moment),
            "moment": moment,
            "form_key": uuid4(),
            "note": kwargs.get("note", ""),
            "note_error": kwargs.get("note_error", ""),
        }

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        note = request.POST.get("note", "")[:300]
        try:
            messages.success(request, self.done(note))
        except RuleBroken as broken:
            if broken.field == "note":
                context = self.get_context_data(note=note, note_error=broken.message)
                return self.render_to_response(context, status=422)
            messages.error(request, broken.message)
        query = f"?{urlencode({'suche': self.wanted})}" if self.wanted else ""
        return redirect(reverse("network:check_in", args=[slug]) + query)

    def done(self, note: str) -> str:
        """Do what was tapped and say what became of it."""
        tap = read_tap(self.request.POST.get("schritt", ""))
        row = self.meeting.registrations.filter(pk=tap[0]).first() if tap else None
        if tap is None or row is None:
            raise RuleBroken("Bitte wählen Sie eine Person von der Liste.")
        if rules.is_past(self.meeting, clock.now()):
            outcome = check_in.correct(registration=row, kind=tap[1], note=note, by=self.person)
        else:
            key = _key(self.request.POST.get("form_key", ""), row.pk, tap[1])
            outcome = check_in.step(key=key, registration=row, kind=tap[1], by=self.person)
        return f"{row.full_name}: {outcome.sentence}."


class CheckInSteps(AtTheDoor):
    """Takes over what a phone kept while it was offline; answers in JSON, step by step."""

    guard = may_run_network

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            steps = read_steps(request.body)
        except RuleBroken as broken:
            return JsonResponse({"message": broken.message}, status=400)
        known = [step for step in steps if not isinstance(step, str)]
        done = iter(check_in.sync(meeting=self.meeting, steps=known, by=self.person))
        results = [
            {"state": "refused", "text": step} if isinstance(step, str) else self.told(next(done))
            for step in steps
        ]
        rows = list(expected(self.meeting))
        here = {row.pk: self.time(row) for row in rows if row.arrived_at is not None}
        return JsonResponse({"results": results, "here": here, "expected": len(rows)})

    def told(self, outcome: check_in.Outcome) -> dict[str, str]:
        state = "refused" if outcome.refused else "already" if outcome.already_since else "done"
        return {"state": state, "text": outcome.sentence}

    def time(self, row: Registration) -> str:
        return f"{timezone.localtime(row.arrived_at):%H:%M}"


class CheckInCode(Guarded):
    """What the code of a person opens on the phone of the team: the person and one button."""

    guard = may_run_network

    @cached_property
    def registration(self) -> Registration:
        rows = Registration.objects.select_related("meeting", "invitation__organisation")
        row = get_object_or_404(rows, pk=self.kwargs["pk"])
        if not is_code(row, self.kwargs["code"]):
            raise Http404
        return row


class ScannedPerson(CheckInCode, Page):
    """One person, the state and one button; reading the code alone changes nothing."""

    guard = may_run_network
    template_name = "network/check_in_code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting = self.registration.meeting
        return super().get_context_data(**kwargs) | {
            "person": self.registration,
            "meeting": meeting,
            "entrance": entrance(meeting),
            "is_open": rules.is_open(meeting, clock.now()),
            "form_key": uuid4(),
        }

    def post(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        row, taken_back = self.registration, request.POST.get("schritt") == CheckInKind.UNDONE
        kind = CheckInKind.UNDONE if taken_back else CheckInKind.ARRIVED
        try:
            key = _key(request.POST.get("form_key", ""), row.pk, kind)
            outcome = check_in.step(key=key, registration=row, kind=kind, by=self.person)
            messages.success(request, f"{row.full_name}: {outcome.sentence}.")
        except RuleBroken as broken:
            messages.error(request, broken.message)
        return redirect("network:check_in_code", pk, code)


class AddWalkIn(AtTheDoor, FormPage):
    """Enter somebody who came without a registration."""

    guard = may_run_network
    purpose = "Personen vor Ort zu einem Treffen eintragen"
    form_class = WalkInForm
    template_name = "network/add_walk_in.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        found = organisations_at_the_door(self.meeting)
        return super().get_form_kwargs() | {"organisations": found}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("network:check_in", args=[self.meeting.slug])
        return super().get_context_data(**kwargs) | {"meeting": self.meeting, "back_url": back}

    def act(self, form: WalkInForm) -> HttpResponse:
        row = walk_ins.add(meeting=self.meeting, person=form.person(), by=self.person)
        messages.success(self.request, f"{row.full_name} ist eingetragen und da.")
        return redirect("network:check_in", self.meeting.slug)
