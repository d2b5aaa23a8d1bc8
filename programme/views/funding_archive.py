"""The end of the file of the funding: how long it stays, the archive's word, its deletion."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from programme import permissions
from programme.forms.funding_archive import IS_TAKEN, EraseFundingForm, FundingOfferForm
from programme.models import Programme
from programme.pages import FormPage, Page
from programme.queries.funding_archive import funding_archive, latest_offer
from programme.services import funding_archive as services


class FundingArchivePage(Page):
    """What is kept until when, and what is still in the way of letting it go."""

    guard = permissions.may_see_funding
    template_name = "programme/funding_archive.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "file": funding_archive(programme=programme),
            "may_write": permissions.is_office(self.request.user),
            "may_pack": permissions.may_see_audit_room(self.request.user),
        }


class NoteFundingOffer(FormPage):
    """Write down the offer to the state archive and what it decided."""

    guard = permissions.is_office
    purpose = "Angebot der Förderakte an das Archiv und dessen Entscheidung festhalten"
    template_name = "programme/note_funding_offer.html"
    form_class = FundingOfferForm

    def get_initial(self) -> dict[str, Any]:
        offer = latest_offer(programme=Programme.objects.current())
        if offer is None or offer.is_taken is not None:
            return {"decision": "open"}
        decision = next(key for key, value in IS_TAKEN.items() if value is offer.is_taken)
        return {"offered_on": offer.offered_on, "decision": decision, "note": offer.note}

    def act(self, form: FundingOfferForm) -> HttpResponse:
        services.note(programme=Programme.objects.current(), entry=form.entry, by=self.person)
        messages.success(self.request, "Das Angebot an das Archiv ist festgehalten.")
        return redirect("programme:funding_archive")


class EraseFunding(FormPage):
    """Delete the file of the funding once nothing is in the way."""

    guard = permissions.is_office
    purpose = "Die Förderakte nach Ablauf der Aufbewahrung löschen"
    template_name = "programme/erase_funding.html"
    form_class = EraseFundingForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        file = funding_archive(programme=Programme.objects.current())
        return super().get_context_data(**kwargs) | {"file": file}

    def act(self, form: EraseFundingForm) -> HttpResponse:
        services.erase(programme=Programme.objects.current(), by=self.person)
        messages.success(
            self.request, "Die Förderakte ist gelöscht. Der Nachweis steht im Löschprotokoll."
        )
        return redirect("programme:funding_archive")
