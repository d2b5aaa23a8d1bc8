"""The imprint of a publication and the identifiers of its editions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme.pages import FormPage
from publications import permissions
from publications.forms.imprints import IdentifierForm, ImprintForm
from publications.models import Edition, Imprint
from publications.queries.imprints import own_imprint
from publications.services import imprints
from publications.views.manuscripts import PublicationOfAddress


class EditImprint(PublicationOfAddress, FormPage):
    """Imprint of the next edition; two people who save at once see both versions."""

    guard = permissions.may_edit_publications
    purpose = "Das Impressum einer Publikation pflegen"
    template_name = "publications/edit_imprint.html"
    form_class = ImprintForm
    clash: Imprint | None = None

    def get_initial(self) -> dict[str, Any]:
        own = own_imprint(self.publication)
        stands = {name: getattr(own, name) for name in imprints.COLUMNS}
        return stands | {"seen": own.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        columns = imprints.COLUMNS if self.clash else ()
        stands = {name: getattr(self.clash, name) for name in columns}
        return context | {
            "differences": context["form"].differences(stands) if stands else [],
            "notice": getattr(self.publication.programme, "legal_notice", None),
        }

    def act(self, form: ImprintForm) -> HttpResponse:
        try:
            imprints.revise(
                publication=self.publication,
                draft=form.draft(),
                seen=form.cleaned_data["seen"],
                by=self.person,
            )
        except imprints.ImprintClash as clash:
            self.clash = clash.current
            form.version_seen(clash.current.version)
            raise
        messages.success(self.request, "Das Impressum ist gespeichert.")
        return redirect("publications:workspace")


class EditIdentifiers(FormPage):
    """ISBN, DOI and URN of an edition that is out."""

    guard = permissions.may_edit_publications
    purpose = "Die Kennungen einer Ausgabe pflegen"
    template_name = "publications/edit_identifiers.html"
    form_class = IdentifierForm

    @cached_property
    def edition(self) -> Edition:
        known = Edition.objects.published().select_related("publication__programme")
        address = {"publication__slug": self.kwargs["slug"], "number": self.kwargs["number"]}
        return get_object_or_404(known.defer("snapshot"), **address)

    def get_initial(self) -> dict[str, Any]:
        edition = self.edition
        return {"isbn": edition.isbn, "doi": edition.doi, "urn": edition.urn}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        publication = self.edition.publication
        return super().get_context_data(**kwargs) | {
            "edition": self.edition,
            "publication": publication,
            "programme": publication.programme,
        }

    def act(self, form: IdentifierForm) -> HttpResponse:
        imprints.identify(edition=self.edition, by=self.person, **form.cleaned_data)
        messages.success(self.request, "Die Kennungen sind gespeichert.")
        edition = self.edition
        return redirect("publications:edition_progress", edition.publication.slug, edition.number)
