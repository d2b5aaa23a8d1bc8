"""The private calendar of an office, and a new link for it."""

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from network.exports.office_feed import office_ics
from network.models import Organisation
from network.permissions import may_run_network
from network.queries import office_feeds as queries
from network.services import office_feeds
from network.views.public import CALENDAR
from programme.pages import Guarded, Unlisted
from programme.permissions import everybody


class OfficeFeed(Unlisted, Guarded):
    """The calendar to subscribe to; a program that has it already is told so in a few bytes."""

    guard = everybody

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        organisation = queries.organisation(token=token)
        if organisation is None:
            raise Http404
        content = office_ics(organisation, queries.invitations(organisation))
        etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
        fresh = HttpResponse(content, content_type=CALENDAR, headers={"ETag": etag})
        response = get_conditional_response(request, etag=etag, response=fresh)
        return response if isinstance(response, HttpResponse) else fresh


class RenewFeed(Guarded):
    """Make a new link; whoever has the old one sees nothing more."""

    guard = may_run_network
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        organisation = get_object_or_404(Organisation, slug=slug)
        office_feeds.renew(organisation=organisation, by=self.person)
        messages.success(request, "Der Kalender hat einen neuen Link. Geben Sie ihn bitte weiter.")
        return redirect("network:organisation", slug)
