"""Making practice cards from measures, at the desk of the site or the programme team."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme.pages import FormPage
from sites import permissions
from sites.forms.practice import CardForm
from sites.models import Measure, PracticeCard, Site
from sites.queries.measures import effort
from sites.rules.practice import AUDIENCE_LABELS
from sites.services import practice


def _saved(card: PracticeCard) -> str:
    if card.released_at is None:
        return f"„{card}“ ist als Entwurf gespeichert."
    readers = AUDIENCE_LABELS[card.audience]  # type: ignore[index]
    return f"„{card}“ ist gespeichert. Wer ihn liest: {readers}."


class MakeCard(FormPage):
    """A card from a measure, prefilled with what is known about it."""

    guard = permissions.may_edit_cards
    purpose = "Aus einer Maßnahme einen Praxisbaustein machen"
    template_name = "sites/make_card.html"
    form_class = CardForm

    @cached_property
    def measure(self) -> Measure:
        rows = Measure.objects.select_related("site__programme", "field_of_action")
        rows = rows.annotate(effort=effort())
        return get_object_or_404(rows, pk=self.kwargs["pk"], site__slug=self.kwargs["slug"])

    def guarded(self) -> Site:
        return self.measure.site

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        card = PracticeCard.objects.filter(measure=self.measure).first()
        if card:
            return redirect("sites:edit_card", self.measure.site.slug, card.pk)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        measure = self.measure
        return {
            "title": measure.title,
            "field_of_action": measure.field_of_action,
            "problem": measure.site.starting_point,
            "steps": measure.description,
            "effort_hours": vars(measure)["effort"] or None,
            "effect": measure.effect,
            "effect_n": measure.effect_n,
            "contact": measure.responsible,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"site": self.measure.site, "measure": self.measure}
        return super().get_context_data(**kwargs) | context

    def act(self, form: CardForm) -> HttpResponse:
        card = practice.make(measure=self.measure, draft=form.draft(), by=self.person)
        messages.success(self.request, _saved(card))
        return redirect("sites:workspace_site", self.measure.site.slug)


class EditCard(FormPage):
    """A card that stands: correct it, release it or take the release back."""

    guard = permissions.may_edit_cards
    purpose = "Einen Praxisbaustein ändern und freigeben"
    template_name = "sites/edit_card.html"
    form_class = CardForm

    @cached_property
    def card(self) -> PracticeCard:
        rows = PracticeCard.objects.select_related("site__programme", "field_of_action")
        return get_object_or_404(rows, pk=self.kwargs["pk"], site__slug=self.kwargs["slug"])

    def guarded(self) -> Site:
        return self.card.site

    def get_initial(self) -> dict[str, Any]:
        stands = {name: getattr(self.card, name) for name in practice.COLUMNS}
        if self.card.released_at is None:
            stands["audience"] = "team"
        return stands | {"seen_at": self.card.changed_at.isoformat()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"site": self.card.site, "card": self.card}
        return super().get_context_data(**kwargs) | context

    def act(self, form: CardForm) -> HttpResponse:
        try:
            card = practice.revise(
                card=self.card,
                draft=form.draft(),
                seen_at=form.cleaned_data["seen_at"],
                by=self.person,
            )
        except practice.CardClash as clash:
            form.now_seen(clash.current)
            raise
        messages.success(self.request, _saved(card))
        return redirect("sites:workspace_site", self.card.site.slug)
