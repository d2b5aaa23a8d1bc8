"""Papers and figures of the day: list, badges, needs, certificates and their public check."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from network.permissions import may_read_needs, may_run_network
from network.queries import certificates as certificate_queries
from network.queries.needs import for_caterer, kept
from network.rules import check_in as rules
from network.services import certificates, day_papers, needs
from network.views.check_in import AtTheDoor
from programme import clock, submissions
from programme.errors import RuleBroken
from programme.models import Printout
from programme.pages import FormPage, Guarded, Page, Unlisted, address_of, as_download
from programme.permissions import everybody

MINUTE = 60
CHECKS_PER_MINUTE = 30


class PrintPaper(AtTheDoor, FormPage):
    """A button that asks the worker for a paper; leads to the page of the printout."""

    guard = may_run_network
    http_method_names = ["post", "options"]
    form_class = forms.Form
    template_name = "network/check_in.html"

    def asked(self) -> Printout:
        """Ask for the paper."""
        raise NotImplementedError

    def act(self, form: Any) -> HttpResponse:
        try:
            return redirect("programme:printout", self.asked().pk)
        except RuleBroken as broken:
            messages.error(self.request, broken.message)
            return redirect("network:check_in", self.meeting.slug)


class PrintAttendance(PrintPaper):
    """The list to sign."""

    guard = may_run_network
    purpose = "Die Anwesenheitsliste eines Treffens drucken"

    def asked(self) -> Printout:
        return day_papers.print_attendance(meeting=self.meeting, by=self.person)


class PrintBadges(PrintPaper):
    """Ten badges a sheet."""

    guard = may_run_network
    purpose = "Namensschilder eines Treffens drucken"

    def asked(self) -> Printout:
        return day_papers.print_badges(meeting=self.meeting, by=self.person)


class NeedsOverview(Page):
    """The meetings of which needs are kept, and the day they go: no names, nothing decrypted."""

    guard = may_read_needs
    template_name = "network/needs_overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"kept": kept()}


class CatererNeeds(AtTheDoor, Page):
    """How many people eat what and need access: numbers only."""

    guard = may_read_needs
    template_name = "network/needs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "counts": for_caterer(self.meeting),
            "people": None,
            "may_go_back": may_run_network(self.person),
        }


class NeedsByName(AtTheDoor, Page):
    """The same by name; only on request, for each look stands in the logbook."""

    guard = may_read_needs
    http_method_names = ["post", "options"]
    template_name = "network/needs.html"

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = needs.read_all(meeting=self.meeting, by=self.person)
        return self.render_to_response(
            self.get_context_data(
                meeting=self.meeting,
                counts=for_caterer(self.meeting),
                people=found,
                may_go_back=may_run_network(self.person),
            )
        )


class Certificates(AtTheDoor, FormPage):
    """Who was there and has a certificate; one button issues the missing ones."""

    guard = may_run_network
    purpose = "Teilnahmebescheinigungen ausstellen"
    form_class = forms.Form
    template_name = "network/certificates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = list(certificate_queries.present(self.meeting))
        begins = self.meeting.starts_at
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "people": people,
            "missing": sum(not hasattr(person, "certificate") for person in people),
            "may_issue": bool(people) and begins is not None and begins <= clock.now(),
            "is_past": rules.is_past(self.meeting, clock.now()),
        }

    def act(self, form: Any) -> HttpResponse:
        printout = certificates.issue_all(meeting=self.meeting, by=self.person)
        return redirect("programme:printout", printout.pk)


class OwnCertificate(Unlisted, Guarded):
    """The certificate of a person, by the own link."""

    guard = everybody

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        row = certificate_queries.by_token(token=token)
        if row is None:
            raise Http404
        name = f"bescheinigung-{row.number}.pdf"
        return as_download(row.file, name=name, content_type="application/pdf")


class VerifyCertificate(Unlisted, Page):
    """Says of a number whether it was given out, and of whom as little as possible."""

    guard = everybody
    template_name = "network/verify_certificate.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = request.GET.get("nummer", "").replace("\x00", "").strip()[:60]
        context = self.get_context_data(number=number, proof=None, is_limited=False)
        if not number:
            return self.render_to_response(context)
        if not self.may_ask():
            response = self.render_to_response(context | {"is_limited": True}, status=429)
            response["Retry-After"] = str(MINUTE)
            return response
        proof = certificate_queries.proof(text=number)
        return self.render_to_response(context | {"proof": proof})

    def may_ask(self) -> bool:
        """Take one of the turns of this address, so that nobody tries numbers."""
        return submissions.take_turn(
            purpose="verify_certificate",
            address=address_of(self.request),
            most=CHECKS_PER_MINUTE,
            seconds=MINUTE,
        )
