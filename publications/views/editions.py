"""Editions: follow the setting, read, download."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme.pages import FormPage, Page
from programme.permissions import everybody
from publications import permissions
from publications.enums import FileStatus
from publications.exports import citations, head
from publications.exports.changes import changes
from publications.exports.description import describe
from publications.exports.reading import reading
from publications.exports.reading_version import reading_version
from publications.models import Edition, EditionFile
from publications.queries import editions
from publications.queries.errata import errata_of
from publications.services import edition_files
from publications.services import editions as edition_services


class EditionProgress(Page):
    """How far the worker is; reloads itself without JavaScript."""

    guard = permissions.may_edit_publications
    template_name = "publications/edition_progress.html"

    @cached_property
    def edition(self) -> Edition:
        known = Edition.objects.select_related("publication").defer("snapshot")
        return get_object_or_404(
            known, publication__slug=self.kwargs["slug"], number=self.kwargs["number"]
        )

    @cached_property
    def files(self) -> list[EditionFile]:
        return list(editions.files_of(self.edition))

    @property
    def is_working(self) -> bool:
        """The worker still has something to do for this edition."""
        return not self.edition.is_finished or any(row.is_in_work for row in self.files)

    @property
    def share_done(self) -> int:
        """How many of a hundred parts of the further formats are made."""
        return 100 * sum(not row.is_in_work for row in self.files) // max(len(self.files), 1)

    @property
    def stage(self) -> str:
        """Say what the worker makes now."""
        now = next((row for row in self.files if row.status == FileStatus.MAKING), None)
        return f"{now.get_format_display()} wird erzeugt" if now else "wartet"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "edition": self.edition,
            "files": self.files,
            "is_working": self.is_working,
            "share_done": self.share_done,
            "stage": self.stage,
            "can_be_completed": any(row.status == FileStatus.FAILED for row in self.files),
        }


class EditionStatusJson(EditionProgress):
    """The same in a few bytes for the script; `?formate` asks for what follows publication."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        edition = self.edition
        answer = {
            "progress": edition.progress,
            "stage": edition.stage,
            "status": edition.status,
            "finished": edition.is_finished,
        }
        if "formate" in request.GET:
            answer |= {
                "progress": self.share_done,
                "stage": self.stage,
                "finished": not self.is_working,
            }
        return JsonResponse(answer)


class RetryEdition(FormPage):
    """Queue a failed edition again."""

    guard = permissions.may_edit_publications
    purpose = "Das Setzen einer Ausgabe wiederholen"
    http_method_names = ["post", "options"]
    template_name = "publications/edition_progress.html"
    form_class = forms.Form

    def act(self, form: Any) -> HttpResponse:
        slug, number = self.kwargs["slug"], self.kwargs["number"]
        edition = get_object_or_404(Edition, publication__slug=slug, number=number)
        edition_services.retry(edition=edition, by=self.person)
        return redirect("publications:edition_progress", slug, number)


class MakeFiles(RetryEdition):
    """Order the formats an edition does not have yet."""

    guard = permissions.may_edit_publications
    purpose = "Weitere Formate einer Ausgabe erzeugen"

    def act(self, form: Any) -> HttpResponse:
        slug, number = self.kwargs["slug"], self.kwargs["number"]
        edition = get_object_or_404(Edition, publication__slug=slug, number=number)
        edition_files.retry(edition=edition, by=self.person)
        return redirect("publications:edition_progress", slug, number)


class ReadEdition(Page):
    """The reading version of a published edition."""

    guard = everybody
    template_name = "publications/edition.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = editions.published_edition(self.kwargs["slug"], self.kwargs["number"])
        edition = get_object_or_404(editions.with_newer(found).select_related("publication"))
        offers = editions.offers(edition, editions.files_of(edition))
        about = describe(edition, edition.snapshot, offers)
        report, body = reading_version(edition)
        return super().get_context_data(**kwargs) | {
            "edition": edition,
            "report": report,
            "body": body,
            "about": about,
            "canonical": about.url,
            "meta_tags": head.meta_tags(about),
            "structured_data": head.structured_data(head.schema_org(about)),
            "citation": citations.words(about),
            "citation_formats": citations.NAMES,
            "errata": list(errata_of(edition=edition)),
            "offers": offers,
        }


class EditionChanges(Page):
    """What a newer edition says otherwise than the one before (B8)."""

    guard = everybody
    template_name = "publications/edition_changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug, number = self.kwargs["slug"], self.kwargs["number"]
        edition = get_object_or_404(
            editions.published_edition(slug, number).select_related("publication")
        )
        earlier = editions.edition_before(edition)
        found = None
        if earlier is not None:
            found = changes(reading(earlier.snapshot), reading(edition.snapshot))
        return super().get_context_data(**kwargs) | {
            "edition": edition,
            "title": edition.snapshot["publication"]["title"],
            "earlier": earlier,
            "changes": found,
            "errata": list(errata_of(edition=edition)),
        }
