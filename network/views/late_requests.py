"""Requests after a deadline: asked by link, answered by the programme team."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.text import Truncator

from network.forms.late_requests import AskForm, RejectForm
from network.forms.registrations import ConfirmForm
from network.models import LateRequest
from network.permissions import may_run_network
from network.queries import late_requests as queries
from network.services import late_requests
from network.views.answers import ByLink
from network.views.registrations import OwnRegistration
from programme.pages import FormPage, ListPage
from programme.permissions import everybody

ASKED = "Ihre Anfrage ist beim Programmteam. Die Antwort kommt per E-Mail an {}."

MOST_QUOTED = 300


class AskByOffice(ByLink):
    """An office asks, by its own link."""

    guard = everybody
    purpose = "Das Programmteam nach Ablauf einer Frist um etwas bitten"
    form_class = AskForm
    template_name = "network/ask_late.html"
    most_per_hour = 30

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "meeting": self.invitation.meeting,
            "back_url": self.own_url(),
        }

    def act(self, form: AskForm) -> HttpResponse:
        request = late_requests.ask(invitation=self.invitation, **form.cleaned_data)
        messages.success(self.request, ASKED.format(request.email))
        return redirect(self.own_url())


class AskByPerson(OwnRegistration):
    """A registered person asks, by the own link; name and address are known."""

    guard = everybody
    purpose = "Das Programmteam um eine späte Änderung der eigenen Anmeldung bitten"
    form_class = AskForm
    template_name = "network/ask_late.html"
    most_per_hour = 30

    def get_initial(self) -> dict[str, Any]:
        row = self.registration
        known = {"name": row.full_name, "email": row.email} if row.is_active else {}
        return super().get_initial() | known

    def act(self, form: AskForm) -> HttpResponse:
        request = late_requests.ask(invitation=self.registration.invitation, **form.cleaned_data)
        messages.success(self.request, ASKED.format(request.email))
        return redirect(self.own_url())


class LateRequests(ListPage):
    """What waits for an answer."""

    guard = may_run_network
    template_name = "network/late_requests.html"
    context_object_name = "requests"

    def get_queryset(self) -> QuerySet[LateRequest]:
        return queries.open_requests()


class OneRequest(FormPage):
    """One request; also one that a colleague has settled meanwhile."""

    guard = may_run_network

    @cached_property
    def asked(self) -> LateRequest:
        rows = LateRequest.objects.select_related(
            "invitation__meeting__programme", "invitation__organisation"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"asked": self.asked}


class Accept(OneRequest):
    """Yes: the person is told, the team goes on to the page where people are registered."""

    guard = may_run_network
    purpose = "Eine Anfrage nach der Frist annehmen"
    form_class = ConfirmForm
    template_name = "network/accept_late.html"

    def act(self, form: ConfirmForm) -> HttpResponse:
        late_requests.accept(request=self.asked, by=self.person)
        messages.success(
            self.request,
            f"{self.asked.name} weiß Bescheid. Bitte tragen Sie die Änderung jetzt ein: "
            f"„{Truncator(self.asked.message).chars(MOST_QUOTED)}“",
        )
        return redirect("network:registrations", self.asked.invitation.meeting.slug)


class Reject(OneRequest):
    """No, with a reason."""

    guard = may_run_network
    purpose = "Eine Anfrage nach der Frist ablehnen"
    form_class = RejectForm
    template_name = "network/reject_late.html"

    def act(self, form: RejectForm) -> HttpResponse:
        late_requests.reject(
            request=self.asked, sentence=form.cleaned_data["sentence"], by=self.person
        )
        messages.success(self.request, f"Die Antwort an {self.asked.name} ist auf dem Weg.")
        return redirect("network:late_requests")
