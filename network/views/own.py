"""What members of the network see of their own office."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from network.exports.office_feed import feeds
from network.models import Invitation
from network.queries import invitations, own_office
from programme import clock, tokens
from programme.pages import Guarded, Page, as_download
from programme.permissions import is_member


class MyInvitations(Page):
    """The invitations of the own office with their answers."""

    guard = is_member
    template_name = "network/my_invitations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(invitations.own_invitations(user_id=self.person.pk, day=clock.today()))
        return super().get_context_data(**kwargs) | {
            "invitations": rows,
            "moment": clock.now(),
            "contacts": own_office.contacts(offices=[row.organisation_id for row in rows]),
            "feeds": feeds({row.organisation_id: row.organisation for row in rows}.values()),
        }


class AnswerOwnInvitation(Guarded):
    """The way from the list to the office's answer page; foreign offices are not found."""

    guard = is_member

    @cached_property
    def invitation(self) -> Invitation:
        invitation = invitations.own_invitation(
            pk=self.kwargs["pk"],
            user_id=self.person.pk,
            day=clock.today(),
            moment=clock.now(),
        )
        if invitation is None:
            raise Http404
        return invitation

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seed = self.invitation.token_seed
        return redirect("network:invitation", token=tokens.token("invitation", seed))


class OfficeCertificate(Guarded):
    """A certificate of somebody the own office sent; others are not found."""

    guard = is_member

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        offices = own_office.offices(user_id=self.person.pk, day=clock.today())
        row = get_object_or_404(own_office.certificates(offices=offices), pk=pk)
        name = f"bescheinigung-{row.number}.pdf"
        return as_download(row.file, name=name, content_type="application/pdf")
