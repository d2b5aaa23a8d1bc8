"""Ways through the portal: each role sees its own entries, the current page is marked once."""

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from programme.enums import Role
from programme.models import User
from tests.factories.programme import UserFactory

SIDE = Template("{% load navigation %}{% side_navigation %}")
MAIN = Template("{% load navigation %}{% main_navigation %}")

EVERYBODY = {"Benachrichtigungen"}
SEES = {
    Role.MEMBER: {
        "Übersicht",
        "Meine Stelle",
        "Meine Einladungen",
        "Unterlagen der Treffen",
        "Wissen",
    }
    | {"Bewerbung als Standort"},
    Role.SITE: {"Übersicht", "Standorte begleiten"},
    Role.COACH: {"Übersicht", "Standorte begleiten"},
    Role.OFFICE: {
        "Übersicht",
        "Standorte begleiten",
        "Treffen",
        "Verzeichnis",
        "Verabredungen",
        "Kalenderantworten",
        "Wissen",
        "Genutzte Bausteine",
        "Belege",
        "Finanzierungsplan",
        "Aufträge",
        "Inventar",
        "Bescheide",
        "Regeln",
        "Publikationen",
        "Bestellungen",
        "Postfach und Hinweise",
        "Postausgang",
        "Personen und Rollen",
        "Gemeldete Barrieren",
        "Löschprotokoll",
    },
    Role.FINANCE: {
        "Übersicht",
        "Belege",
        "Belege prüfen",
        "Finanzierungsplan",
        "Aufträge",
        "Inventar",
        "Bescheide",
        "Regeln",
    },
    Role.ADMIN: {
        "Übersicht",
        "Postfach und Hinweise",
        "Postausgang",
        "Personen und Rollen",
        "Gemeldete Barrieren",
        "Kost und Zugang",
        "Löschprotokoll",
        "Anbieterangaben",
    },
    Role.AUDITOR: {
        "Übersicht",
        "Standorte begleiten",
        "Belege",
        "Finanzierungsplan",
        "Aufträge",
        "Inventar",
        "Bescheide",
        "Regeln",
    },
}


for reader in (Role.OFFICE, Role.FINANCE, Role.AUDITOR):
    SEES[reader] |= {"Mittelabrufe", "Fristen", "Halbjahre", "Nachweise", "Aufbewahrung"}
for reader in (Role.ADMIN, Role.FINANCE, Role.AUDITOR):
    SEES[reader] |= {"Protokoll"}

for inspector in (Role.FINANCE, Role.AUDITOR):
    SEES[inspector] |= {"Prüfraum", "Stichproben", "Feststellungen", "Förderakte"}


def labels(html: str) -> list[str]:
    return re.findall(r"<a [^>]*>([^<]+)</a>", html)


def side(user: User, path: str = "/intern/") -> str:
    return SIDE.render(Context({"user": user, "request": RequestFactory().get(path)}))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_only_its_own_entries(db, role):
    html = side(UserFactory.create(roles=[role]))

    assert set(labels(html)) == SEES[role] | EVERYBODY


def test_several_roles_add_up(db):
    html = side(UserFactory.create(roles=[Role.MEMBER, Role.SITE]))

    assert set(labels(html)) == SEES[Role.MEMBER] | SEES[Role.SITE] | EVERYBODY


def test_a_person_without_roles_sees_nothing(db):
    assert labels(side(UserFactory.create())) == []


def test_the_current_page_is_marked_once(db):
    html = side(UserFactory.create(roles=[Role.SITE]), "/intern/standorte/giessen/")

    assert re.findall(r'aria-current="(\w+)">([^<]+)<', html) == [("true", "Standorte begleiten")]


def test_the_section_of_a_page_is_marked_in_the_main_navigation():
    html = MAIN.render(Context({"request": RequestFactory().get("/programm/")}))

    assert re.findall(r'aria-current="(\w+)">([^<]+)<', html) == [("page", "Programm")]
