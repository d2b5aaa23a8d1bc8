"""The dates of the funding: as a page, as a calendar file, as a private calendar."""

import hashlib
import hmac
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from programme import permissions
from programme.exports import deadlines as exports
from programme.exports.gauge import gauge_bar
from programme.forms.drawdowns import DayForm
from programme.models import NoticeLink, Programme
from programme.pages import FormPage, Guarded, Page, Unlisted, made_now
from programme.queries.deadlines import day_of_view, funding_clock
from programme.services import notices

CALENDAR = "text/calendar; charset=utf-8"


class Deadlines(Page):
    """What is due when, by which rule, and how far the advances went."""

    guard = permissions.may_see_funding
    template_name = "programme/deadlines.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        form = DayForm(self.request.GET or None, initial={"stand": day_of_view(programme)})
        found = funding_clock(programme=programme, as_of=form.day or day_of_view(programme))
        link = NoticeLink.objects.filter(user=self.person).first()
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "filter_form": form,
            "found": found,
            "bar": gauge_bar(found.gauge) if found.gauge else None,
            "gauge_sentence": exports.gauge_sentence(found.gauge) if found.gauge else "",
            "next_sentence": exports.next_sentence(found),
            "feed_url": exports.feed_url(link) if link else "",
        }


class DeadlineFile(Guarded):
    """The dates as a file to add to a calendar."""

    guard = permissions.may_see_funding

    def get(self, request: HttpRequest) -> HttpResponse:
        return made_now(_file(), name="fristen-der-foerderung.ics", content_type=CALENDAR)


class Subscribe(FormPage):
    """Give the person an address to subscribe to; the page shows it afterwards."""

    guard = permissions.may_see_funding
    purpose = "Den Kalender der Fristen abonnieren"
    template_name = "programme/deadlines.html"
    http_method_names = ["post", "options"]
    form_class = forms.Form

    def act(self, form: forms.Form) -> HttpResponse:
        notices.link_of(person=self.person)
        messages.success(self.request, "Ihr Kalender-Abo ist eingerichtet.")
        return redirect("programme:deadlines")


class DeadlineFeed(Unlisted, Guarded):
    """The calendar to subscribe to; only as long as its person may see the funding."""

    guard = permissions.everybody

    def get(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        link = NoticeLink.objects.filter(pk=pk, user__is_active=True).select_related("user").first()
        if link is None or not hmac.compare_digest(exports.feed_code(link), code):
            raise Http404
        if not permissions.may_see_funding(link.user):
            raise Http404
        content = _file()
        etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
        fresh = HttpResponse(content, content_type=CALENDAR, headers={"ETag": etag})
        response = get_conditional_response(request, etag=etag, response=fresh)
        return response if isinstance(response, HttpResponse) else fresh


def _file(as_of: date | None = None) -> bytes:
    programme = Programme.objects.current()
    found = funding_clock(programme=programme, as_of=as_of or day_of_view(programme))
    return exports.calendar(programme=programme, found=found)
