"""Every public page and every start page: no barrier, no sideways scrolling, no 5xx."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = [
    "/",
    "/programm/",
    "/programm/foerderung/",
    "/standorte/",
    "/standorte/giessen/",
    "/standorte/kreis-bergstrasse/",
    "/netzwerk/",
    "/netzwerk/treffen/",
    "/publikationen/",
    "/publikationen/abschlussbericht/",
    "/publikationen/abschlussbericht/1/",
    "/publikationen/abschlussbericht/bestellen/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/leichte-sprache/",
    "/gebaerdensprache/",
    "/barriere-melden/",
    "/konto/login/",
    "/konto/password/reset/",
]
PEOPLE = {
    "team": ["/intern/netzwerk/", "/intern/postausgang/", "/intern/verwaltung/"],
    "finanzen": ["/intern/foerderung/", "/intern/foerderung/pruefen/"],
    "verwaltung": ["/intern/verwaltung/", "/intern/verwaltung/einladen/"],
    "begleitung": ["/intern/standorte/", "/intern/standorte/offenbach/"],
    "standort2": ["/intern/standorte/wiesbaden/"],
    "mitglied": ["/intern/netzwerk/einladungen/"],
    "pruefung": ["/intern/foerderung/"],
}


def test_every_public_page_is_free_of_barriers(visit: Callable[[], Visitor]) -> None:
    visitor = visit()
    for path in PUBLIC:
        visitor.open(path)
    visitor.page.emulate_media(color_scheme="dark")
    for path in PUBLIC[:11]:
        visitor.open(path)


@pytest.mark.parametrize("person", PEOPLE)
def test_each_role_finds_its_work(visit: Callable[[], Visitor], person: str) -> None:
    visitor = visit()
    visitor.sign_in(f"{person}@example.org")
    for path in PEOPLE[person]:
        visitor.open(path)
    visitor.page.emulate_media(color_scheme="dark")
    visitor.open("/intern/")
