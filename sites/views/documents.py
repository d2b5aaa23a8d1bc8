"""Documents of a site: its own people keep them, each reader opens what is meant for them."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme.pages import FormPage, Guarded, ListPage, Page, as_download
from programme.permissions import Person, everybody, is_office
from sites import permissions
from sites.enums import DocumentAudience
from sites.forms.documents import (
    AddDocumentForm,
    DocumentFilterForm,
    DocumentForm,
    DocumentVersionForm,
)
from sites.models import DocumentVersion, Site, SiteDocument
from sites.queries import documents as queries
from sites.rules.documents import RELEASED, is_offered, kept_in_words
from sites.rules.lifecycle import takes_documents, why_closed
from sites.rules.versions import NewerVersion
from sites.services import documents
from sites.views.workspace import EntryPage, SiteOfAddress

ABOUT = ("kind", "title", "description", "audience", "retention")


class Documents(SiteOfAddress, ListPage):
    """The documents of one site that the reader may open."""

    guard = permissions.may_see_site
    template_name = "sites/documents.html"
    context_object_name = "documents"

    @cached_property
    def filter(self) -> DocumentFilterForm:
        return DocumentFilterForm(self.request.GET)

    def get_queryset(self) -> QuerySet[SiteDocument]:
        sees_all = permissions.sees_all_sites(self.request.user)
        return queries.of_site(
            site=self.site,
            audience=DocumentAudience.TEAM if sees_all else DocumentAudience.SITE,
            kind=self.filter.value("art"),
            reader=self.filter.value("leserkreis"),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(**kwargs)
        # Behind this page's guard only auditors cannot keep records.
        may_add = is_office(user) or not permissions.sees_all_sites(user)
        takes = takes_documents(self.site.status, from_team=is_office(user))
        return context | {
            "site": self.site,
            "filter": self.filter,
            "may_add": may_add and takes,
            "takes": takes,
        }


class DocumentOfAddress:
    """Finds the document the address names; of another site it looks like missing."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def document(self) -> SiteDocument:
        rows = queries.one().prefetch_related(queries.VERSIONS)
        return get_object_or_404(rows, pk=self.kwargs["pk"], site__slug=self.kwargs["slug"])

    @property
    def site(self) -> Site:
        return self.document.site

    def guarded(self) -> SiteDocument:
        return self.document

    def to_document(self) -> HttpResponse:
        return redirect("sites:document", slug=self.site.slug, pk=self.document.pk)


class ShowDocument(DocumentOfAddress, Page):
    """One document with all its versions, and whom to ask about it."""

    guard = permissions.may_read_document
    template_name = "sites/document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, document = self.request.user, self.document
        return super().get_context_data(**kwargs) | {
            "document": document,
            "site": self.site,
            "versions": document.listed,  # type: ignore[attr-defined]
            "kept": kept_in_words(retention=document.retention, until=document.keep_until),
            "may_change": permissions.may_change_document(user, document),
            "offer": getattr(document, "archive_offer", None),
            "may_offer": is_office(user) and is_offered(document.retention),
            "takes": takes_documents(self.site.status, from_team=is_office(self.request.user)),
            "inside": permissions.may_see_site(user, self.site),
            "contacts": list(self.site.contacts.filter(is_public=True)),
        }


class DocumentFile(DocumentOfAddress, Guarded):
    """The file of one version, as a download."""

    guard = permissions.may_read_document

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        row = get_object_or_404(self.document.versions, number=self.kwargs["number"])
        return as_download(row.file, name=row.name, content_type=row.content_type)


class PublicDocument(Guarded):
    """The newest version of a public document, for everybody."""

    guard = everybody

    def get(self, request: HttpRequest, slug: str, pk: int) -> FileResponse:
        public = {"document__audience": DocumentAudience.PUBLIC, "document__site__slug": slug}
        sites = Site.objects.public()
        rows = DocumentVersion.objects.filter(document=pk, document__site__in=sites, **public)
        row = rows.order_by("-number").first()
        if row is None:
            raise Http404
        return as_download(row.file, name=row.name, content_type=row.content_type)


def audiences_for(user: Person, site: Site) -> frozenset[DocumentAudience]:
    """Return the readers this person may choose; only the team keeps things to itself."""
    if is_office(user):
        return frozenset(DocumentAudience)
    if permissions.is_staff_of(user, site):
        return RELEASED | {DocumentAudience.SITE}
    return frozenset({DocumentAudience.SITE, DocumentAudience.OFFICES})


class _FilePage(EntryPage):
    """A form that files something; the team files after a site has left, too."""

    def why_closed(self) -> str:
        site, from_team = self.entry_site(), is_office(self.request.user)
        return "" if takes_documents(site.status, from_team=from_team) else why_closed(site)


class AddDocument(SiteOfAddress, _FilePage):
    """A new document of one site."""

    guard = permissions.may_keep_records
    purpose = "Eine Unterlage eines Standorts ablegen"
    template_name = "sites/add_document.html"
    form_class = AddDocumentForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "audiences": audiences_for(self.request.user, self.site),
            "terms": queries.terms(programme=self.site.programme),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"site": self.site}

    def act(self, form: AddDocumentForm) -> HttpResponse:
        row = documents.add(
            site=self.site, draft=form.draft(), version=form.new_version(), by=self.person
        )
        messages.success(self.request, f"„{row.title}“ ist abgelegt.")
        return redirect("sites:document", slug=self.site.slug, pk=row.pk)


class EditDocument(DocumentOfAddress, FormPage):
    """Change what is said about a document; two people who save at once see both versions."""

    guard = permissions.may_change_document
    purpose = "Angaben zu einer Unterlage eines Standorts ändern"
    template_name = "sites/edit_document.html"
    form_class = DocumentForm
    clash: SiteDocument | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        offered = audiences_for(self.request.user, self.site)
        return super().get_form_kwargs() | {
            "audiences": offered | {DocumentAudience(self.document.audience)},
            "terms": queries.terms(programme=self.site.programme),
        }

    def get_initial(self) -> dict[str, Any]:
        stands = {name: getattr(self.document, name) for name in ABOUT}
        return stands | {"seen_at": self.document.updated_at.isoformat()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        stands = {name: getattr(self.clash, name) for name in ABOUT} if self.clash else {}
        return context | {
            "document": self.document,
            "site": self.site,
            "differences": context["form"].differences(stands) if stands else [],
        }

    def act(self, form: DocumentForm) -> HttpResponse:
        try:
            documents.describe(
                document=self.document,
                draft=form.draft(),
                seen_at=form.cleaned_data["seen_at"],
                by=self.person,
            )
        except NewerVersion as newer:
            self.clash = newer.current
            form.now_seen(newer.current)
            raise
        messages.success(self.request, "Die Angaben zur Unterlage sind gespeichert.")
        return self.to_document()


class AddDocumentVersion(DocumentOfAddress, _FilePage):
    """A new version; the earlier ones stay."""

    guard = permissions.may_change_document
    purpose = "Eine neue Fassung einer Unterlage ablegen"
    template_name = "sites/add_document_version.html"
    form_class = DocumentVersionForm

    def entry_site(self) -> Site:
        return self.site

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "document": self.document,
            "site": self.site,
        }

    def act(self, form: DocumentVersionForm) -> HttpResponse:
        version = documents.add_version(
            document=self.document, version=form.new_version(), by=self.person
        )
        messages.success(self.request, f"Fassung {version.number} ist abgelegt.")
        return self.to_document()
