"""News and how soon to hear of them: the page of a person, and the link in the letters."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.csrf import csrf_exempt

from programme import permissions
from programme.enums import NoticeSpeed
from programme.errors import RuleBroken
from programme.models import Notice, User
from programme.pages import Guarded, ListPage, Page, Unlisted
from programme.queries import notices as queries
from programme.rules.notices import COLLECTED, topic
from programme.services import notices

SPEEDS = list(NoticeSpeed)
SHOWN = 10


class Notices(ListPage):
    """What is new, and one row of buttons a topic."""

    guard = permissions.is_signed_in
    template_name = "programme/notices.html"
    context_object_name = "notices"
    paginate_by = SHOWN

    @cached_property
    def choices(self) -> list[queries.Choice]:
        return queries.choices(person=self.person)

    def get_queryset(self) -> QuerySet[Notice]:
        return queries.latest(person=self.person, topics=[choice.topic for choice in self.choices])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels = {choice.topic.key: choice.topic.label for choice in self.choices}
        context = super().get_context_data(**kwargs)
        rows = [(notice, labels[notice.topic]) for notice in context["notices"]]
        return context | {"rows": rows, "choices": self.choices, "speeds": SPEEDS}


class ChooseSpeed(Guarded):
    """One of the buttons: stored at once."""

    guard = permissions.is_signed_in
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("topic", "")
        try:
            speed = request.POST.get("speed", "")
            notices.choose(person=self.person, topic=key, speed=speed, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
            return redirect("programme:notices")
        messages.success(request, heard(key, speed))
        return redirect(f"{reverse('programme:notices')}#thema-{key}")


class RenewLink(Guarded):
    """Make the links in earlier letters worthless."""

    guard = permissions.is_signed_in
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        notices.renew_link(person=self.person, by=self.person)
        messages.success(request, "Die Links in früheren E-Mails gelten nicht mehr.")
        return redirect("programme:notices")


class ChangeByLink(Unlisted, Page):
    """The choice by the link of a letter, without a login; opening the link changes nothing.

    The token is the proof, no cookie is asked: mail programs post here without a form of ours.
    """

    guard = permissions.everybody
    template_name = "programme/change_notices.html"

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        return csrf_exempt(super().as_view(**initkwargs))

    @cached_property
    def reader(self) -> User:
        return get_object_or_404(queries.by_token(token=self.kwargs["token"])).user

    @cached_property
    def choices(self) -> list[queries.Choice]:
        """Return the topics the link is about: one, or all that come in collected letters."""
        scope = self.kwargs["scope"]
        found = [
            choice
            for choice in queries.choices(person=self.reader)
            if scope in {COLLECTED, choice.topic.key}
        ]
        if not found:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "choices": self.choices,
            "speeds": SPEEDS,
            "token": self.kwargs["token"],
            "is_collected": self.kwargs["scope"] == COLLECTED,
            "collected": [choice for choice in self.choices if choice.is_collected],
        }

    def post(self, request: HttpRequest, token: str, scope: str) -> HttpResponse:
        by_program = request.POST.get("List-Unsubscribe") == "One-Click"
        ended = [choice.topic.key for choice in self.choices if self.ends(choice)]
        if by_program or (scope == COLLECTED and "speed" not in request.POST):
            notices.unsubscribe(person=self.reader, topics=ended)
            messages.success(request, "Sie bekommen keine gesammelten Nachrichten mehr.")
        else:
            self.choose()
        return HttpResponse() if by_program else redirect("programme:change_notices", token, scope)

    def ends(self, choice: queries.Choice) -> bool:
        return choice.is_collected or self.kwargs["scope"] != COLLECTED

    def choose(self) -> None:
        sent = self.request.POST
        key, speed = sent.get("topic", self.kwargs["scope"]), sent.get("speed", "")
        try:
            notices.choose(person=self.reader, topic=key, speed=speed, by=None)
        except RuleBroken as broken:
            messages.error(self.request, broken.message)
        else:
            messages.success(self.request, heard(key, speed))


def heard(key: str, speed: str) -> str:
    """Say what holds now."""
    return f"Gespeichert. Von „{topic(key).label}“ hören Sie jetzt: {NoticeSpeed(speed).label}."
