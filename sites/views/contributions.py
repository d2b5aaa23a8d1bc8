"""A site's part of the report: written beside its figures, read, returned, signed off."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect

from programme.errors import RuleBroken
from programme.pages import FormPage, Guarded, Page
from programme.permissions import is_office
from sites import permissions
from sites.enums import ContributionPart
from sites.forms.contributions import CommentForm, ContributionForm, ReturnForm, VersionForm
from sites.models import Contribution, ContributionComment, ContributionVersion, Site
from sites.queries import contributions as queries
from sites.queries.contributions import ContributionView
from sites.rules import contributions as rules
from sites.rules.context_figures import context_chart
from sites.rules.contributions import PARTS
from sites.rules.lifecycle import takes_entries
from sites.rules.versions import NewerVersion
from sites.services import contribution_comments, contributions
from sites.views.workspace import EntryPage, SiteOfAddress


class OfContribution(SiteOfAddress):
    """Finds the contribution of the site the address names, once a request."""

    @cached_property
    def view_of(self) -> ContributionView:
        return queries.view_of(site=self.site)

    def about(self) -> dict[str, Any]:
        """Return what every page of a contribution shows."""
        return {"site": self.site, "programme": self.site.programme, "page": self.view_of}

    def to_contribution(self, anchor: str = "") -> HttpResponse:
        response = redirect("sites:contribution", slug=self.site.slug)
        response["Location"] += anchor
        return response


class ShowContribution(OfContribution, Page):
    """The text as the report would print it, beside the figures, with comments and versions."""

    guard = permissions.may_see_site
    template_name = "sites/contribution.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, takes = self.person, takes_entries(self.site.status)
        return (
            super().get_context_data(**kwargs)
            | self.about()
            | {
                "figures": queries.figures_of(site=self.site),
                "context_chart": context_chart(),
                "may_write": permissions.may_write_contribution(user, self.site),
                "may_comment": permissions.may_comment_contribution(user, self.site) and takes,
                "runs": is_office(user),
                "takes": takes,
            }
        )


class WriteContribution(OfContribution, EntryPage):
    """The four parts beside the own figures; who saves second sees both versions."""

    guard = permissions.may_write_contribution
    purpose = "Den Beitrag eines Standorts zum Bericht schreiben und abgeben"
    template_name = "sites/write_contribution.html"
    form_class = ContributionForm
    clash: Contribution | None = None

    def get_initial(self) -> dict[str, Any]:
        row = self.view_of.row
        seen_at = row.updated_at.isoformat() if row.pk else ""
        return {"seen_at": seen_at} | {part: getattr(row, part) for part in PARTS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        stands = {part: getattr(self.clash, part) for part in PARTS} if self.clash else {}
        return (
            context
            | self.about()
            | {
                "fields": [(part, form[part.part]) for part in self.view_of.parts],
                "figures": queries.figures_of(site=self.site),
                "context_chart": context_chart(),
                "differences": form.differences(stands) if stands else [],
            }
        )

    def act(self, form: ContributionForm) -> HttpResponse:
        hand_in = self.request.POST.get("step") == "hand_in"
        try:
            row = contributions.keep(
                site=self.site,
                texts=form.texts(),
                seen_at=form.cleaned_data["seen_at"],
                hand_in=hand_in,
                by=self.person,
            )
        except NewerVersion as newer:
            self.clash = newer.current
            form.now_seen(newer.current)
            raise
        said = f"als Fassung {row.version} abgegeben" if hand_in else "gespeichert"
        messages.success(self.request, f"Der Beitrag ist {said}.")
        return self.to_contribution()


class KeepContribution(OfContribution, Guarded):
    """Keeps what is typed, while it is typed; never overwrites what somebody else wrote."""

    guard = permissions.may_write_contribution
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = ContributionForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"message": "Ein Abschnitt ist zu lang."}, status=422)
        try:
            row = contributions.keep(
                site=self.site,
                texts=form.texts(),
                seen_at=form.cleaned_data["seen_at"],
                hand_in=False,
                by=self.person,
            )
        except NewerVersion:
            message = "Jemand anderes hat gespeichert. „Speichern“ zeigt Ihnen beide Fassungen."
            return JsonResponse({"message": message}, status=409)
        except RuleBroken as broken:
            return JsonResponse({"message": broken.message}, status=422)
        return JsonResponse({"seen_at": row.updated_at.isoformat()})


class CommentContribution(OfContribution, EntryPage):
    """One comment on one part."""

    guard = permissions.may_comment_contribution
    purpose = "Eine Anmerkung zum Beitrag eines Standorts schreiben"
    template_name = "sites/comment_contribution.html"
    form_class = CommentForm

    @cached_property
    def part(self) -> ContributionPart:
        try:
            return rules.ADDRESSES[self.kwargs["part"]]
        except KeyError:
            raise Http404 from None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = next(part for part in self.view_of.parts if part.part == self.part)
        return super().get_context_data(**kwargs) | self.about() | {"part": shown}

    def act(self, form: CommentForm) -> HttpResponse:
        contribution_comments.write(
            site=self.site, part=self.part, text=form.cleaned_data["text"], by=self.person
        )
        messages.success(self.request, "Die Anmerkung ist gespeichert.")
        return self.to_contribution(f"#{self.part}")


class SettleComment(Guarded):
    """The site has dealt with a comment."""

    guard = permissions.may_write_contribution
    http_method_names = ["post"]

    @cached_property
    def comment(self) -> ContributionComment:
        where = {"pk": self.kwargs["pk"], "contribution__site__slug": self.kwargs["slug"]}
        return get_object_or_404(queries.comments(), **where)

    def guarded(self) -> Site:
        return self.comment.contribution.site

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        contribution_comments.settle(comment=self.comment, by=self.person)
        messages.success(request, "Die Anmerkung ist erledigt.")
        response = redirect("sites:contribution", slug=slug)
        response["Location"] += f"#{self.comment.part}"
        return response


class ShowVersion(OfContribution, Page):
    """One version that was handed in, and what changed since the one before."""

    guard = permissions.may_see_site
    template_name = "sites/contribution_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        numbered = {row.number: row for row in self.view_of.versions}
        version = numbered.get(self.kwargs["number"])
        if version is None:
            raise Http404
        before = numbered.get(version.number - 1)
        return (
            super().get_context_data(**kwargs)
            | self.about()
            | {
                "heading": f"Fassung {version.number}",
                "version": version,
                "before": before,
                "parts": _compared(version, before),
            }
        )


class DecideContribution(OfContribution, FormPage):
    """A form of the team about the version it has just read."""

    guard = is_office
    form_class: type[VersionForm] = VersionForm

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.view_of.row.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest, signed = self.view_of.latest, self.view_of.signed
        shown = _compared(latest, signed) if latest else []
        return super().get_context_data(**kwargs) | self.about() | {"parts": shown}


class SignContribution(DecideContribution):
    """Sign off: the texts stand on the public page and in the report at once."""

    guard = is_office
    purpose = "Den Beitrag eines Standorts freigeben"
    template_name = "sites/sign_contribution.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown, reason = self.view_of, ""
        if shown.latest and shown.waits:
            open_ones = shown.open_comments
            reason = rules.why_unsigned(shown.latest, unsettled=open_ones, by=self.person)
        return super().get_context_data(**kwargs) | {"reason": reason}

    def act(self, form: VersionForm) -> HttpResponse:
        number = form.cleaned_data["version"]
        contributions.sign_off(site=self.site, version=number, by=self.person)
        messages.success(self.request, f"Fassung {number} ist freigegeben und öffentlich.")
        return self.to_contribution()


class ReturnContribution(DecideContribution):
    """Give the text back with a reason."""

    guard = is_office
    purpose = "Den Beitrag eines Standorts zur Überarbeitung zurückgeben"
    template_name = "sites/return_contribution.html"
    form_class = ReturnForm

    def act(self, form: VersionForm) -> HttpResponse:
        contributions.give_back(
            site=self.site,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            by=self.person,
        )
        messages.success(self.request, "Der Beitrag liegt wieder beim Standort.")
        return self.to_contribution()


def _compared(
    version: ContributionVersion, before: ContributionVersion | None
) -> list[tuple[str, str, tuple[rules.Piece, ...]]]:
    """Return label, text to read and changes of each part; no changes without a version before."""
    return [
        (
            part.label,
            rules.as_published(version.texts[part]),
            rules.changes(before.texts[part], version.texts[part]) if before else (),
        )
        for part in PARTS
    ]
