"""Practice cards: everybody reads the public ones, offices try them and tell."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.models import Organisation
from network.queries import own_office
from programme import clock
from programme.errors import RuleBroken
from programme.models import Programme
from programme.pages import FormPage, Guarded, ListPage, Page, Unlisted
from programme.permissions import everybody, is_member, is_office
from sites import permissions
from sites.forms.practice import AdoptionFilterForm, CardFilterForm, FeedbackForm
from sites.models import Adoption, PracticeCard
from sites.queries import documents
from sites.queries import practice as queries
from sites.rules.effects import safe_n, told_n
from sites.rules.practice import Feedback
from sites.services import practice


class PracticeCards(ListPage):
    """Released cards, narrowed by field of action and weight."""

    guard = everybody
    template_name = "sites/practice_cards.html"
    context_object_name = "cards"

    @cached_property
    def filter(self) -> CardFilterForm:
        return CardFilterForm(self.request.GET, fields=queries.fields_of_action())

    def get_queryset(self) -> QuerySet[PracticeCard]:
        reads = permissions.reads_network_cards(self.request.user)
        asked = self.filter
        return queries.cards(
            reads_network=reads, field=asked.value("handlungsfeld"), balance=asked.value("gewicht")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "filter": self.filter,
            "reads_network": permissions.reads_network_cards(self.request.user),
        }


class OneCard:
    """Finds the card the address names; what somebody may not read looks like missing."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def card(self) -> PracticeCard:
        card = get_object_or_404(queries.card_with_documents(), slug=self.kwargs["slug"])
        if not permissions.may_read_card(self.request.user, card):
            raise Http404
        return card

    def to_card(self) -> HttpResponse:
        return redirect("sites:practice_card", self.card.slug)


class ShowCard(OneCard, Page):
    """One card; members say here that their office tries it."""

    guard = everybody
    template_name = "sites/practice_card.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own: list[queries.OwnAdoption] = []
        if is_member(user):
            offices = own_office.offices(user_id=self.request.user.pk or 0, day=clock.today())
            own = queries.own_adoptions(card=self.card, offices=offices)
        return super().get_context_data(**kwargs) | {
            "card": self.card,
            "steps": [line.strip() for line in self.card.steps.splitlines() if line.strip()],
            "outcomes": queries.outcomes(card=self.card),
            "cases": safe_n(self.card.effect_n),
            "effect_n": told_n(self.card.effect_n),
            "own": own,
            "documents": documents.unpack(
                self.card, reads_network=permissions.reads_network_cards(user)
            ),
        }


class TryCard(OneCard, Guarded):
    """Say that the own office tries a card."""

    guard = is_member
    http_method_names = ["post"]

    @cached_property
    def organisation(self) -> Organisation:
        asked = self.request.POST.get("organisation", "")
        offices = own_office.offices(user_id=self.person.pk, day=clock.today())
        found = [row for row in offices if asked in {row.slug, ""}]
        if len(found) != 1:
            raise Http404
        return found[0]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            practice.try_out(card=self.card, organisation=self.organisation, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            messages.success(
                request,
                f"{self.organisation} probiert „{self.card}“ aus. Nach dem nächsten Treffen "
                "fragen wir einmal nach.",
            )
        return self.to_card()


class GiveUpCard(TryCard):
    """Take "we try this" back."""

    guard = is_member

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        adoption = get_object_or_404(self.card.adoptions, organisation=self.organisation)
        try:
            practice.give_up(adoption=adoption, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            messages.success(request, f"{self.organisation} probiert den Baustein doch nicht aus.")
        return self.to_card()


class AnswerAdoption(Unlisted, FormPage):
    """An office tells by link what became of a card; opening the link changes nothing."""

    guard = everybody
    purpose = "Rückmeldung zu einem ausprobierten Praxisbaustein geben"
    template_name = "sites/adoption_answer.html"
    form_class = FeedbackForm

    @cached_property
    def adoption(self) -> Adoption:
        return get_object_or_404(queries.by_token(token=self.kwargs["token"]))

    def get_initial(self) -> dict[str, Any]:
        if self.adoption.answered_at is None:
            return {}
        return {name: getattr(self.adoption, name) for name in Feedback.__dataclass_fields__}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        card = self.adoption.card
        return super().get_context_data(**kwargs) | {
            "programme": Programme.objects.current(),
            "adoption": self.adoption,
            "card": card,
            "steps": [line.strip() for line in card.steps.splitlines() if line.strip()],
        }

    def act(self, form: FeedbackForm) -> HttpResponse:
        user = self.request.user
        by = user if is_member(user) and not user.is_anonymous else None
        practice.answer(adoption=self.adoption, feedback=form.feedback(), by=by)
        messages.success(self.request, "Vielen Dank, Ihre Rückmeldung ist angekommen.")
        return redirect("sites:adoption_answer", self.kwargs["token"])


class Adoptions(ListPage):
    """Which card is used where, with one figure each."""

    guard = is_office
    template_name = "sites/adoptions.html"
    context_object_name = "adoptions"

    @cached_property
    def filter(self) -> AdoptionFilterForm:
        return AdoptionFilterForm(self.request.GET)

    def get_queryset(self) -> QuerySet[Adoption]:
        return queries.adoptions(state=self.filter.value("stand"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "filter": self.filter,
            "counts": queries.counted(rows=queries.adoptions()),
        }
