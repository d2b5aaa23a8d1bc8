"""A mistake that is known (B9) is not printed again, and whoever finds old paper is told."""

import pytest
from django.urls import reverse

from programme import clock
from programme.errors import RuleBroken
from publications.exports import preflight
from publications.models import Block
from publications.queries import errata as queries
from publications.services import editions, errata
from tests.factories.publications import EditionFactory, ErratumFactory
from tests.publications import world

pytestmark = pytest.mark.django_db
WRONG = "Der hessische Standort war der Wetteraukreis."
RIGHT = "Der hessische Standort war der Landkreis Wetterau."


@pytest.fixture
def edition():
    """Edition 1 with one correction; its pages are not set, nothing here reads them."""
    report, by = world.compiled()
    made = editions.publish(publication=report, by=by)
    made.status, made.published_at = "published", clock.now()
    made.save()
    errata.note(
        edition=made,
        anchor="hintergrund",
        passage=WRONG,
        correction=RIGHT,
        known_since=clock.today(),
        by=by,
    )
    return made


def told(edition):
    looked = preflight.run(edition.publication)
    check = next(check for check in looked.checks if check.title == "Korrekturen")
    return [(row.text, row.is_blocker) for row in check.findings]


def write(before, after):
    block = Block.objects.get(body__contains=before)
    Block.objects.filter(pk=block.pk).update(body=block.body.replace(before, after))


def test_a_known_mistake_stops_the_next_edition_until_it_is_mended(edition):
    stopped = told(edition)
    with pytest.raises(RuleBroken, match="Wetteraukreis"):
        editions.publish(publication=edition.publication, by=edition.frozen_by)

    write(WRONG, RIGHT)

    assert stopped == [
        (
            f"Korrektur 1 zu {edition}: „{WRONG}“ steht noch da. Richtig ist „{RIGHT}“. Bitte "
            "ändern Sie den Text oder die Angabe, aus der er kommt.",
            True,
        )
    ]
    assert told(edition) == []


def test_a_correction_that_holds_the_wrong_words_counts_as_mended(edition):
    queries.errata_of(edition=edition).update(correction=f"{WRONG} So hieß er bis 1972.")
    write(WRONG, f"{WRONG} So hieß er bis 1972.")

    assert told(edition) == []


def test_a_mistake_that_was_withdrawn_or_of_another_chapter_stops_nothing(edition):
    queries.errata_of(edition=edition).update(anchor="dank")
    elsewhere = told(edition)
    queries.errata_of(edition=edition).update(anchor="hintergrund", withdrawn_at=clock.now())

    assert (elsewhere, told(edition)) == ([], [])


def test_a_mistake_of_an_edition_long_ago_is_still_known(edition):
    EditionFactory(
        publication=edition.publication, number=2, status="published", published_at=clock.now()
    )

    assert len(told(edition)) == 1


def test_the_catalogue_says_beside_the_download_that_the_newest_edition_is_corrected(
    client, edition
):
    pages = [
        reverse("publications:publication", args=[edition.publication.slug]),
        reverse("publications:publications"),
    ]

    with_it = [
        f"/publikationen/{edition.publication.slug}/1/#korrekturen" in client.get(page).text
        for page in pages
    ]
    queries.errata_of(edition=edition).update(withdrawn_at=clock.now())
    without = ["#korrekturen" in client.get(page).text for page in pages]

    assert (with_it, without) == ([True, True], [False, False])


def test_an_older_edition_leads_to_the_newest_in_the_same_number_of_queries(
    client, edition, django_assert_num_queries
):
    page = reverse("publications:edition", args=[edition.publication.slug, 1])
    alone = client.get(page).text
    for number in (2, 3):
        EditionFactory(
            publication=edition.publication,
            number=number,
            status="published",
            published_at=clock.now(),
        )
    EditionFactory(publication=edition.publication, number=4)
    ErratumFactory(edition=edition, number=2)

    with django_assert_num_queries(4):
        later = client.get(page).text

    assert "Ältere Ausgabe" not in alone
    assert "Zur Ausgabe 3</a>" in later
