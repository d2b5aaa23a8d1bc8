"""The manuscript: see it with live figures, edit a text, arrange blocks, publish."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin

from programme import clock
from programme.pages import FormPage, Page
from publications import permissions
from publications.exports import manuscript, preflight
from publications.forms.manuscripts import ArrangeForm
from publications.models import Block, Publication
from publications.queries import content, deposits, editions, snapshots
from publications.services import editions as edition_services
from publications.services import manuscripts


class Workspace(Page):
    """All publications with their editions."""

    guard = permissions.may_edit_publications
    template_name = "publications/workspace.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        due = list(deposits.open_tasks())
        return super().get_context_data(**kwargs) | {
            "publications": editions.publications_with_editions(),
            "open_deposits": len(due),
            "late_deposits": sum(task.due_on < clock.today() for task in due),
        }


class PublicationOfAddress(ContextMixin):
    """Finds the publication the address names, once a request."""

    kwargs: dict[str, Any]

    @cached_property
    def publication(self) -> Publication:
        known = Publication.objects.select_related("programme__legal_notice", "imprint")
        return get_object_or_404(known, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the publication, and its programme instead of asking for the current one."""
        return super().get_context_data(**kwargs) | {
            "publication": self.publication,
            "programme": self.publication.programme,
        }


class Manuscript(PublicationOfAddress, Page):
    """All chapters and blocks, the figures live."""

    guard = permissions.may_edit_publications
    template_name = "publications/manuscript.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chapters = snapshots.manuscript_chapters(self.publication)
        data = content.report_data(self.publication.programme)
        pictures = reverse("publications:manuscript_picture", args=[self.publication.slug, "x"])
        shown = manuscript.shown(chapters, data, pictures=pictures.removesuffix("x"))
        return super().get_context_data(**kwargs) | {"chapters": shown}


class PublicationForm(PublicationOfAddress, FormPage):
    """A form about one publication; most of them are one button on the manuscript page."""

    guard = permissions.may_edit_publications
    form_class = forms.Form

    def manuscript_url(self, anchor: str = "") -> str:
        return reverse("publications:manuscript", args=[self.publication.slug]) + anchor


class CompileManuscript(PublicationForm):
    """One click: the whole report from the data of the portal."""

    purpose = "Den Bericht aus den Daten des Portals zusammenstellen"
    http_method_names = ["post", "options"]
    template_name = "publications/manuscript.html"

    def act(self, form: Any) -> HttpResponse:
        created = manuscripts.compile(publication=self.publication, by=self.person)
        told = f"{created} neue Bausteine." if created else "Alle Bausteine waren schon da."
        messages.success(self.request, f"Der Bericht ist zusammengestellt. {told}")
        return redirect(self.manuscript_url())


class AddText(PublicationForm):
    """A new text at the end of a chapter, opened for writing at once."""

    purpose = "Dem Bericht einen Text hinzufügen"
    http_method_names = ["post", "options"]
    template_name = "publications/manuscript.html"

    def act(self, form: Any) -> HttpResponse:
        chapter = get_object_or_404(self.publication.chapters, anchor=self.kwargs["anchor"])
        block = manuscripts.add_text(chapter=chapter, by=self.person)
        return redirect("publications:edit_block", self.publication.slug, block.pk)


class BlockOfAddress:
    """Finds the block the address names, once a request."""

    kwargs: dict[str, Any]

    @cached_property
    def block(self) -> Block:
        known = Block.objects.select_related(
            "picture", "chapter__publication__programme__legal_notice"
        )
        address = {"pk": self.kwargs["pk"], "chapter__publication__slug": self.kwargs["slug"]}
        return get_object_or_404(known, **address)

    @cached_property
    def publication(self) -> Publication:
        return self.block.chapter.publication


class BlockPage(BlockOfAddress, PublicationForm):
    """A form about one block of the manuscript."""

    guard = permissions.may_edit_publications


class OpenedBlock(BlockPage):
    """A form about a block as it was opened; a clash shows both versions, then saves on purpose."""

    @property
    def stands(self) -> int:
        """The version that is saved now."""
        return self.block.version

    def form_invalid(self, form: Any) -> HttpResponse:
        if "version" in form.errors:
            form.version_seen(self.stands)
        return super().form_invalid(form)


class ArrangeBlock(BlockPage):
    """Up, down, out, in again."""

    purpose = "Einen Baustein des Berichts verschieben oder ausblenden"
    http_method_names = ["post", "options"]
    template_name = "publications/manuscript.html"
    form_class = ArrangeForm

    def form_invalid(self, form: Any) -> HttpResponse:
        return redirect(self.manuscript_url())

    def act(self, form: ArrangeForm) -> HttpResponse:
        action = form.cleaned_data["action"]
        if action in {"up", "down"}:
            manuscripts.move(block=self.block, up=action == "up", by=self.person)
        else:
            manuscripts.include(block=self.block, included=action == "include", by=self.person)
        return redirect(self.manuscript_url(f"#baustein-{self.block.pk}"))


class RemoveBlock(BlockPage):
    """Take out for good what was added by hand."""

    purpose = "Einen selbst ergänzten Baustein des Berichts entfernen"
    template_name = "publications/remove_block.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"removed": self.block}

    def act(self, form: Any) -> HttpResponse:
        anchor = f"#{self.block.chapter.anchor}"
        manuscripts.remove(block=self.block, by=self.person)
        messages.success(self.request, "Der Baustein ist entfernt.")
        return redirect(self.manuscript_url(anchor))


class Publish(PublicationForm):
    """What will be frozen, what is missing, one button."""

    purpose = "Eine Ausgabe veröffentlichen"
    template_name = "publications/publish.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        looked = preflight.run(self.publication)
        return super().get_context_data(**kwargs) | {
            "refusal": looked.refusal,
            "signed": looked.signed,
            "chapters": looked.frozen["chapters"],
            "newest": looked.newest,
        }

    def act(self, form: Any) -> HttpResponse:
        edition = edition_services.publish(publication=self.publication, by=self.person)
        messages.success(self.request, f"Ausgabe {edition.number} ist eingefroren.")
        return redirect("publications:edition_progress", self.publication.slug, edition.number)
