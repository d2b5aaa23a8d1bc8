"""What machines collect: the feed of publications and the interface of the libraries."""

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from programme import clock
from programme.models import Programme
from programme.pages import Guarded
from programme.permissions import everybody
from publications.exports import oai
from publications.exports.description import Description, describe
from publications.exports.feed import publications_feed
from publications.queries.described import described_editions
from publications.queries.editions import offers
from publications.queries.errata import latest_errata
from publications.rules.oai import OaiError, question

NEWEST = 50  # corrections in the feed


def described() -> list[Description]:
    """Describe all published editions; one query."""
    return [describe(edition, head) for edition, head in described_editions()]


class OpenData(Guarded):
    """All editions with all their files as DCAT-AP.de."""

    guard = everybody
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, syntax: str) -> HttpResponse:
        from publications.exports import dcat

        editions = [
            describe(edition, head, offers(edition, edition.files.all()))
            for edition, head in described_editions(with_files=True)
        ]
        content = dcat.catalogue(editions, programme=Programme.objects.current(), syntax=syntax)
        return HttpResponse(content, content_type=dcat.SYNTAXES[syntax][1])


class PublicationsFeed(Guarded):
    """New editions and corrections."""

    guard = everybody
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        programme = Programme.objects.current()
        errata = latest_errata(programme=programme, most=NEWEST)
        content = publications_feed(described(), errata, author=programme.provider_name)
        return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@method_decorator(csrf_exempt, name="dispatch")  # the protocol asks by POST, too; nothing changes
class OaiPmh(Guarded):
    """OAI-PMH 2.0: every question is answered in XML, a wrong one by the code of its error."""

    guard = everybody
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        given = request.POST if request.method == "POST" else request.GET
        moment = clock.now()
        try:
            asked = question(dict(given.lists()))
            content = oai.answer(
                asked, described(), programme=Programme.objects.current(), moment=moment
            )
        except OaiError as error:
            content = oai.refusal(error, moment=moment)
        return HttpResponse(content, content_type="text/xml; charset=utf-8")

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.get(request)
