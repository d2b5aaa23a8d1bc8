"""Drawdowns: the list with what remains, and the page where one is recorded or corrected."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property

from programme import clock, permissions
from programme.errors import RuleBroken
from programme.exports.drawdowns import use_sentence
from programme.forms.drawdowns import DrawdownForm
from programme.models import Drawdown, Programme
from programme.pages import FormPage, Guarded, Page
from programme.queries import drawdown_judgement, drawdowns
from programme.queries.drawdown_judgement import Judgement
from programme.queries.drawdown_list import overview
from programme.rules.drawdowns import changeable, day_in_order
from programme.rules.money import parse_amount
from programme.rules.vouchers import proposed_day
from programme.services import drawdowns as services
from programme.views.while_open import WhileOpen

PREVIEW = "programme/parts/drawdown_preview.html"


class DrawdownList(Page):
    """All drawdowns, what each source paid, what may still be drawn, and how it was used."""

    guard = permissions.may_see_funding
    template_name = "programme/drawdowns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        as_of = clock.default_as_of(programme.starts_on, programme.ends_on)
        found = overview(programme=programme, as_of=as_of)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "overview": found,
            "use_sentence": use_sentence(found),
            "may_record": permissions.is_finance(self.request.user),
        }


def _typed_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _typed_amount(text: str) -> Decimal | None:
    try:
        return parse_amount(text)
    except RuleBroken:
        return None


def judgement_of(
    programme: Programme, typed: dict[str, str], without: Drawdown | None = None
) -> Judgement | None:
    """Return what the rules say to what is typed so far; None while no plan is approved.

    What cannot be read counts as not typed: the proposed day, the proposed amount.
    """
    window = drawdown_judgement.window_of(programme)
    day = _typed_day(typed.get("requested_on", "")) or proposed_day(window)
    try:
        day_in_order(day, window)
    except RuleBroken:
        day = proposed_day(window)
    try:
        return drawdown_judgement.judged(
            programme=programme,
            requested_on=day,
            requested_eur=_typed_amount(typed.get("requested_eur", "")),
            without=without,
        )
    except RuleBroken:
        return None


class DrawdownEntryPage(FormPage):
    """The page with the three fields; "preview" shows proposal and findings without saving."""

    guard = permissions.is_finance
    form_class = DrawdownForm
    without: Drawdown | None = None

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.current()

    def typed(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {key: str(value) for key, value in self.request.POST.items()}

    @cached_property
    def judgement(self) -> Judgement | None:
        return judgement_of(self.programme, self.typed(), self.without)

    def get_initial(self) -> dict[str, Any]:
        if self.judgement is None:
            return {}
        return {
            "requested_on": self.judgement.requested_on,
            "requested_eur": self.judgement.proposal.amount_eur,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"programme": self.programme, "judgement": self.judgement}
        return super().get_context_data(**kwargs) | own

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "preview" not in request.POST:
            return super().post(request, *args, **kwargs)
        # Not bound, so that nothing is called wrong before it is sent.
        shown = DrawdownForm(initial=self.get_initial() | self.typed())
        return self.render_to_response(self.get_context_data(form=shown))

    def seen_warnings(self) -> frozenset[str]:
        """Return the rules whose warnings stood on the page that was sent."""
        return frozenset(self.request.POST.get("seen_warnings", "").split())


class AddDrawdown(DrawdownEntryPage):
    guard = permissions.is_finance
    purpose = "Mittel abrufen"
    template_name = "programme/add_drawdown.html"

    def act(self, form: DrawdownForm) -> HttpResponse:
        drawdown = services.record(
            programme=self.programme,
            entry=form.entry,
            by=self.person,
            seen_warnings=self.seen_warnings(),
        )
        messages.success(self.request, f"{drawdown} ist erfasst und wartet auf die zweite Prüfung.")
        return redirect("programme:drawdown", number=drawdown.number)


class EditDrawdown(WhileOpen, DrawdownEntryPage):
    """Correct a drawdown that is not approved yet."""

    guard = permissions.is_finance
    purpose = "Einen Mittelabruf berichtigen"
    template_name = "programme/edit_drawdown.html"

    @cached_property
    def drawdown(self) -> Drawdown:
        return get_object_or_404(drawdowns.current(), number=self.kwargs["number"])

    def guarded(self) -> Drawdown:
        return self.drawdown

    def still_open(self) -> None:
        changeable(self.drawdown)

    def page_of_record(self) -> str:
        return reverse("programme:drawdown", args=[self.drawdown.number])

    @cached_property
    def programme(self) -> Programme:
        return self.drawdown.programme

    @property
    def without(self) -> Drawdown:  # type: ignore[override]
        return self.drawdown

    def typed(self) -> dict[str, str]:
        row = self.drawdown
        stored = {
            "requested_on": row.requested_on.isoformat(),
            "requested_eur": f"{row.requested_eur:.2f}",
            "reason": row.reason,
            "seen_version": str(row.revision),
        }
        return stored | super().typed()

    def get_initial(self) -> dict[str, Any]:
        return {
            "requested_on": self.drawdown.requested_on,
            "requested_eur": self.drawdown.requested_eur,
            "reason": self.drawdown.reason,
            "seen_version": self.drawdown.revision,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"drawdown": self.drawdown}

    def act(self, form: DrawdownForm) -> HttpResponse:
        drawdown = services.correct(
            drawdown=self.drawdown,
            seen_revision=form.cleaned_data["seen_version"] or 0,
            entry=form.entry,
            by=self.person,
            seen_warnings=self.seen_warnings(),
        )
        messages.success(
            self.request, f"{drawdown} ist geändert und wartet auf die zweite Prüfung."
        )
        return redirect("programme:drawdown", number=drawdown.number)


class DrawdownPreview(Guarded):
    """Proposal, parts and findings for the form while somebody types."""

    guard = permissions.is_finance

    def get(self, request: HttpRequest) -> HttpResponse:
        programme = Programme.objects.current()
        number = request.GET.get("abruf", "")
        found = drawdowns.current().filter(number=number) if number.isdecimal() else None
        without = found.first() if found else None
        typed = {
            "requested_on": request.GET.get("datum", ""),
            "requested_eur": request.GET.get("betrag", ""),
        }
        return render(request, PREVIEW, {"judgement": judgement_of(programme, typed, without)})
