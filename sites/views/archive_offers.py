"""The way of a record to the state archive, noted by the programme team."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from programme.pages import FormPage
from sites import permissions
from sites.enums import ArchiveDecision
from sites.forms.archive_offers import ArchiveOfferForm
from sites.rules.documents import is_offered, kept_in_words
from sites.services import archive_offers
from sites.views.documents import DocumentOfAddress


class NoteArchiveOffer(DocumentOfAddress, FormPage):
    """When a record was offered and what the archive decided."""

    guard = permissions.may_note_archive
    purpose = "Angebot einer Unterlage an das Archiv und dessen Entscheidung festhalten"
    template_name = "sites/note_archive_offer.html"
    form_class = ArchiveOfferForm

    def get_initial(self) -> dict[str, Any]:
        offer = getattr(self.document, "archive_offer", None)
        if offer is None:
            return {"decision": ArchiveDecision.OPEN}
        names = ("offered_on", "decision", "decided_on", "note")
        return {name: getattr(offer, name) for name in names}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = self.document
        return super().get_context_data(**kwargs) | {
            "document": document,
            "site": self.site,
            "is_offered": is_offered(document.retention),
            "kept": kept_in_words(retention=document.retention, until=document.keep_until),
        }

    def act(self, form: ArchiveOfferForm) -> HttpResponse:
        archive_offers.note(document=self.document, draft=form.draft(), by=self.person)
        messages.success(self.request, "Das Angebot an das Archiv ist festgehalten.")
        return self.to_document()
