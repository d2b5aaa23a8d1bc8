"""Summaries in three languages: read, write, sign off."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme.pages import FormPage, Page
from programme.permissions import everybody
from publications import permissions
from publications.enums import Variant
from publications.exports import summaries as words
from publications.forms.summaries import SignOffForm, SummaryForm
from publications.models import Publication, Summary
from publications.queries import summaries as queries
from publications.queries.summaries import VariantState
from publications.services import summaries
from publications.views.manuscripts import PublicationOfAddress


class ReadSummary(Page):
    """The public summary in one language, with links to the others."""

    guard = everybody
    template_name = "publications/summary.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = Publication.objects.select_related("programme")
        publication = get_object_or_404(known, slug=self.kwargs["slug"])
        public = [state for state in queries.states(publication) if state.is_public]
        shown = next((s for s in public if s.variant == self.kwargs["variant"]), None)
        if shown is None or shown.summary is None:
            raise Http404
        return super().get_context_data(**kwargs) | {
            "publication": publication,
            "programme": publication.programme,
            "shown": shown,
            "summary": shown.summary,
            "body": words.body(shown.summary.public_body, shown.variant),
            "words": words.WORDS[shown.variant],
            "variants": [(state, words.WORDS[state.variant].name) for state in public],
        }


class Summaries(PublicationOfAddress, Page):
    """All languages with their state."""

    guard = permissions.may_edit_publications
    template_name = "publications/summaries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"states": queries.states(self.publication)}


class SummaryPage(PublicationOfAddress, FormPage):
    """A form about one language; an unknown one is a missing page."""

    guard = permissions.may_edit_publications

    @cached_property
    def state(self) -> VariantState:
        for state in queries.states(self.publication):
            if state.variant == self.kwargs["variant"]:
                return state
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        german = self.publication.summaries.public().filter(variant=Variant.GERMAN).first()
        return super().get_context_data(**kwargs) | {
            "state": self.state,
            "german": german if self.state.variant != Variant.GERMAN else None,
        }


class EditSummary(SummaryPage):
    """Write one language; two people who save at once see both versions."""

    guard = permissions.may_edit_publications
    purpose = "Die Zusammenfassung einer Publikation schreiben"
    template_name = "publications/edit_summary.html"
    form_class = SummaryForm
    clash: Summary | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        is_new = self.state.summary is None
        return super().get_form_kwargs() | {"variant": self.state.variant, "is_new": is_new}

    def get_initial(self) -> dict[str, Any]:
        summary = self.state.summary
        if summary is None:
            return {"seen": 0}
        stands = {name: getattr(summary, name) for name in ("title", "body", "reviewers")}
        return stands | {"seen": summary.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        stands = context["form"].shown(self.clash) if self.clash else {}
        return context | {
            "differences": context["form"].differences(stands) if stands else [],
        }

    def act(self, form: SummaryForm) -> HttpResponse:
        try:
            summaries.write(
                publication=self.publication,
                variant=self.state.variant,
                draft=form.draft(),
                seen=form.cleaned_data["seen"],
                by=self.person,
            )
        except summaries.SummaryClash as clash:
            self.clash = clash.current
            form.version_seen(clash.current.version)
            raise
        messages.success(
            self.request, "Gespeichert. Öffentlich wird der Text, wenn ihn jemand anderes freigibt."
        )
        return redirect("publications:summaries", self.publication.slug)


class SignOffSummary(SummaryPage):
    """Read what was written, then make it public."""

    guard = permissions.may_edit_publications
    purpose = "Die Zusammenfassung einer Publikation freigeben"
    template_name = "publications/sign_off_summary.html"
    form_class = SignOffForm

    @cached_property
    def summary(self) -> Summary:
        if self.state.summary is None:
            raise Http404
        return self.state.summary

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.summary.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "summary": self.summary,
            "body": words.body(self.summary.body, self.state.variant),
            "is_own": self.summary.edited_by_id == self.person.pk,
        }

    def act(self, form: SignOffForm) -> HttpResponse:
        # If it changed meanwhile the page shows the new text: pressing again signs that one.
        form.version_seen(self.summary.version)
        summaries.sign_off(summary=self.summary, seen=form.cleaned_data["seen"], by=self.person)
        messages.success(self.request, "Die Zusammenfassung ist freigegeben und öffentlich.")
        return redirect("publications:summaries", self.publication.slug)
