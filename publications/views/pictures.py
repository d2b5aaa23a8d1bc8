"""Pictures of the report: brought by the editors, shown to them, and to everybody in an edition."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme import storing
from programme.pages import FILE_POLICY, Guarded
from programme.permissions import everybody
from publications import permissions
from publications.forms.pictures import DescribeForm, PictureForm
from publications.models import Chapter, Picture
from publications.queries import editions, snapshots
from publications.services import pictures
from publications.views.manuscripts import OpenedBlock, PublicationForm

FOR_EVER = "max-age=31536000, immutable"


class AddPicture(PublicationForm):
    """A new picture at the end of a chapter."""

    guard = permissions.may_edit_publications
    purpose = "Dem Bericht ein Bild hinzufügen"
    template_name = "publications/add_picture.html"
    form_class = PictureForm

    @cached_property
    def chapter(self) -> Chapter:
        return get_object_or_404(self.publication.chapters, anchor=self.kwargs["anchor"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"chapter": self.chapter}

    def act(self, form: PictureForm) -> HttpResponse:
        block = pictures.add(
            chapter=self.chapter,
            photo=form.cleaned_data["photo"],
            words=form.words(),
            by=self.person,
        )
        messages.success(self.request, "Das Bild steht im Bericht.")
        return redirect(self.manuscript_url(f"#baustein-{block.pk}"))


class DescribePicture(OpenedBlock):
    """The words of a picture; a clash shows what the other person wrote."""

    guard = permissions.may_edit_publications
    purpose = "Ein Bild des Berichts beschreiben"
    template_name = "publications/describe_picture.html"
    form_class = DescribeForm

    @cached_property
    def picture(self) -> Picture:
        if self.block.picture is None:
            raise Http404
        return self.block.picture

    @property
    def stands(self) -> int:
        return self.picture.version

    def get_initial(self) -> dict[str, Any]:
        row = self.picture
        return {
            "alt": row.alt,
            "caption": row.caption,
            "credit": row.credit,
            "version": row.version,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "edited": self.block,
            "picture": self.picture,
            "clash": form.is_bound and "version" in form.errors,
        }

    def act(self, form: DescribeForm) -> HttpResponse:
        pictures.describe(
            picture=self.picture,
            words=form.words(),
            version=form.cleaned_data["version"],
            by=self.person,
        )
        messages.success(self.request, "Die Angaben zum Bild sind gespeichert.")
        return redirect(self.manuscript_url(f"#baustein-{self.block.pk}"))


class ManuscriptPicture(Guarded):
    """A picture of the manuscript, for those who write it."""

    guard = permissions.may_edit_publications
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str, address: str) -> HttpResponse:
        name = f"{storing.PICTURES}/{address}"
        known = Picture.objects.filter(publication__slug=slug, file=name)
        return sent(get_object_or_404(known).address, "private")


class EditionPicture(Guarded):
    """A picture of a published edition, for everybody."""

    guard = everybody
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str, number: int, address: str) -> HttpResponse:
        edition = get_object_or_404(editions.published_edition(slug, number))
        if address not in snapshots.pictures_of(edition.snapshot):
            raise Http404
        return sent(address, "public")


def sent(address: str, who: str) -> HttpResponse:
    """Send a picture that was drawn by the portal itself; 404 if it is gone."""
    try:
        with default_storage.open(f"{storing.PICTURES}/{address}") as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    kind = "image/png" if address.endswith(".png") else "image/jpeg"
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Cache-Control": f"{who}, {FOR_EVER}",
            "Content-Security-Policy": FILE_POLICY,
            "X-Content-Type-Options": "nosniff",
        },
    )
