"""Roof: the list of all public pages for search engines."""

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from network.queries.meetings import public_meetings
from programme import permissions
from programme.pages import Guarded
from publications.models import Edition, Publication, Summary
from sites.models import Site
from sites.queries.practice import readable

PAGES = (
    "dashboard:home",
    "dashboard:programme",
    "network:network",
    "network:participation",
    "network:meetings",
    "sites:sites",
    "sites:balance",
    "sites:practice_cards",
    "sites:public_compare",
    "publications:publications",
    "programme:public_funding",
    "programme:list_of_actions",
    "programme:legal_notice",
    "programme:privacy",
    "programme:accessibility",
    "programme:easy_language",
    "programme:sign_language",
    "programme:report_barrier",
)


class Entry(NamedTuple):
    """One public page: URL name, the record's name in the address, its number, its last change."""

    name: str
    slug: str = ""
    number: int = 0
    changed_at: datetime | None = None

    @property
    def path(self) -> str:
        """Return the address; a name with a language ("…:summary|en") has that in it, too."""
        name, _, variant = self.name.partition("|")
        args = [part for part in (self.slug, self.number, variant) if part]
        return reverse(name, args=args)


class Host(NamedTuple):
    """What Django's sitemap wants to know about the portal."""

    domain: str


class PublicPages(Sitemap[Entry]):
    """Every page everybody may read; pages behind a link of one's own are not among them."""

    def items(self) -> list[Entry]:
        """Return fixed pages and records; one query."""
        return [Entry(name) for name in PAGES] + [Entry(*row) for row in _records()]

    def location(self, item: Entry) -> str:
        return item.path

    def lastmod(self, item: Entry) -> datetime | None:
        return item.changed_at


class SiteMap(Guarded):
    """The sitemap; addresses come from the settings, never from the request."""

    guard = permissions.everybody
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        base = urlsplit(settings.BASE_URL)
        host: Any = Host(base.netloc)
        pages = PublicPages().get_urls(site=host, protocol=base.scheme)
        return TemplateResponse(
            request, "sitemap.xml", {"urlset": pages}, content_type="application/xml"
        )


def _records() -> QuerySet[Any, Any]:
    current = {"programme__is_current": True}
    editions = Edition.objects.published().filter(publication__programme__is_current=True)
    summaries = Summary.objects.public().filter(publication__programme__is_current=True)
    return _rows(public_meetings(), "network:meeting", "changed_at").union(
        _rows(Site.objects.public().filter(**current), "sites:site", "profile_changed_at"),
        _rows(readable(reads_network=False), "sites:practice_card", "changed_at"),
        _rows(Publication.objects.filter(**current), "publications:publication", "compiled_at"),
        editions.order_by().values_list(
            Value("publications:edition"), "publication__slug", "number", "published_at"
        ),
        summaries.order_by().values_list(
            Concat(Value("publications:summary|"), "variant"),
            "publication__slug",
            Value(0, output_field=IntegerField()),
            "signed_at",
        ),
    )


def _rows(rows: QuerySet[Any], name: str, changed_at: str) -> QuerySet[Any, Any]:
    no_number = Value(0, output_field=IntegerField())
    return rows.order_by().values_list(Value(name), "slug", no_number, F(changed_at))
