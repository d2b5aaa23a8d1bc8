"""The ways through the portal: main navigation, side navigation by role, legal links."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse

from programme import permissions
from programme.enums import Role
from programme.models import User

register = template.Library()

Guard = Callable[..., bool]


@dataclass(frozen=True)
class Way:
    """One entry: what it is called, where it leads, who may go there."""

    label: str
    name: str
    guard: Guard = permissions.everybody


MAIN = (
    Way("Programm", "dashboard:programme"),
    Way("Standorte", "sites:sites"),
    Way("Netzwerk", "network:network"),
    Way("Praxis", "sites:practice_cards"),
    Way("Publikationen", "publications:publications"),
)

LEGAL = (
    Way("Impressum", "programme:legal_notice"),
    Way("Datenschutz", "programme:privacy"),
    Way("Erklärung zur Barrierefreiheit", "programme:accessibility"),
    Way("Barriere melden", "programme:report_barrier"),
)

LANGUAGES = (
    Way("Leichte Sprache", "programme:easy_language"),
    Way("Gebärdensprache", "programme:sign_language"),
)


def _site_people(user: permissions.Person, subject: object = None) -> bool:
    roles = {Role.OFFICE, Role.COACH, Role.SITE, Role.AUDITOR}
    return bool(roles & permissions.roles_of(user))


def _knows(user: permissions.Person, subject: object = None) -> bool:
    return bool({Role.MEMBER, Role.OFFICE} & permissions.roles_of(user))


WORKSPACE: tuple[tuple[str, tuple[Way, ...]], ...] = (
    (
        "",
        (
            Way("Übersicht", "dashboard:start", permissions.is_signed_in),
            Way("Benachrichtigungen", "programme:notices", permissions.is_signed_in),
        ),
    ),
    (
        "Standorte",
        (Way("Standorte begleiten", "sites:workspace", _site_people),),
    ),
    (
        "Netzwerk",
        (
            Way("Treffen", "network:workspace", permissions.is_office),
            Way("Verzeichnis", "network:directory", permissions.is_office),
            Way("Kalenderantworten", "network:replies", permissions.is_office),
            Way("Verabredungen", "network:decisions", permissions.is_office),
            Way("Meine Stelle", "sites:my_office", permissions.is_member),
            Way("Meine Einladungen", "network:my_invitations", permissions.is_member),
            Way("Bewerbung als Standort", "sites:my_applications", permissions.is_member),
            Way("Unterlagen der Treffen", "network:papers", permissions.is_member),
            Way("Wissen", "sites:knowledge", _knows),
            Way("Genutzte Bausteine", "sites:adoptions", permissions.is_office),
        ),
    ),
    (
        "Förderung",
        (
            Way("Belege", "programme:vouchers", permissions.may_see_funding),
            Way("Belege prüfen", "programme:approve_vouchers", permissions.is_finance),
            Way("Finanzierungsplan", "programme:plan", permissions.may_see_funding),
            Way("Aufträge", "programme:contracts", permissions.may_see_funding),
            Way("Inventar", "programme:assets", permissions.may_see_funding),
            Way("Bescheide", "programme:grant_notices", permissions.may_see_funding),
            Way("Mittelabrufe", "programme:drawdowns", permissions.may_see_funding),
            Way("Fristen", "programme:deadlines", permissions.may_see_funding),
            Way("Halbjahre", "programme:half_years", permissions.may_see_funding),
            Way("Nachweise", "programme:proofs", permissions.may_see_funding),
            Way("Regeln", "programme:funding_rules", permissions.may_see_funding),
            Way("Aufbewahrung", "programme:funding_archive", permissions.may_see_funding),
        ),
    ),
    (
        "Prüfung",
        (
            Way("Prüfraum", "programme:audit_room", permissions.may_see_audit_room),
            Way("Stichproben", "programme:samples", permissions.may_see_audit_room),
            Way("Feststellungen", "programme:findings", permissions.may_see_audit_room),
            Way("Förderakte", "programme:funding_file", permissions.may_see_audit_room),
        ),
    ),
    (
        "Publikation",
        (
            Way("Publikationen", "publications:workspace", permissions.is_office),
            Way("Bestellungen", "publications:orders", permissions.is_office),
            Way(
                "Postfach und Hinweise",
                "programme:edit_programme_notices",
                permissions.may_edit_notices,
            ),
        ),
    ),
    (
        "Verwaltung",
        (
            Way("Postausgang", "programme:outbox", permissions.may_see_outbox),
            Way("Personen und Rollen", "programme:people", permissions.may_manage_people),
            Way(
                "Gemeldete Barrieren",
                "programme:barrier_reports",
                permissions.may_answer_barrier_reports,
            ),
            Way("Kost und Zugang", "network:needs_overview", permissions.is_admin),
            Way("Protokoll", "programme:audit_log", permissions.may_see_log),
            Way("Löschprotokoll", "programme:deletions", permissions.may_see_deletions),
            Way("Anbieterangaben", "programme:edit_legal_notice", permissions.is_admin),
        ),
    ),
)


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: str


@cache
def _url(name: str) -> str:
    """Return the address of an entry; it never changes, and every page asks for a dozen."""
    return reverse(name)


def _link(way: Way, path: str) -> Link:
    url = _url(way.name)
    if url == path:
        return Link(way.label, url, "page")
    return Link(way.label, url, "true" if path.startswith(url) and _is_section(way) else "")


def _is_section(way: Way) -> bool:
    """Tell whether pages below an entry belong to it; the start page has no "below"."""
    return way.name != "dashboard:start"


def _links(ways: tuple[Way, ...], path: str) -> list[Link]:
    """Return the entries with the best match marked, so that only one of them is current."""
    links = [_link(way, path) for way in ways]
    marked = max(
        (link for link in links if link.current), key=lambda link: len(link.url), default=None
    )
    return [link if link is marked else Link(link.label, link.url, "") for link in links]


def _path(context: Context) -> str:
    request = context.get("request")
    return request.path if isinstance(request, HttpRequest) else ""


@register.inclusion_tag("components/main_navigation.html", takes_context=True)
def main_navigation(context: Context) -> dict[str, object]:
    """Write the four sections of the public portal."""
    return {"links": _links(MAIN, _path(context))}


@register.inclusion_tag("components/link_list.html", takes_context=True)
def legal_links(context: Context) -> dict[str, object]:
    """Write the links that the law wants on every page."""
    return {"links": _links(LEGAL, _path(context))}


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context: Context) -> dict[str, object]:
    """Write the links to Leichte Sprache and Gebärdensprache."""
    easy, signs = (_links((way,), _path(context)) for way in LANGUAGES)
    return {"easy": easy, "signs": signs}


@register.inclusion_tag("components/side_navigation.html", takes_context=True)
def side_navigation(context: Context) -> dict[str, object]:
    """Write what the person may use in the workspace, and nothing else."""
    user, path = context.get("user"), _path(context)
    open_to = user if isinstance(user, User) else None
    ways = tuple(way for _, group in WORKSPACE for way in group if open_to and way.guard(open_to))
    links = {link.label: link for link in _links(ways, path)}
    groups = [
        (title, [links[way.label] for way in group if way in ways and way.label in links])
        for title, group in WORKSPACE
    ]
    return {"groups": [(title, entries) for title, entries in groups if entries]}
