"""The real sites: found by key, never by name, loaded once."""

from collections import Counter
from datetime import date

import pytest

from network.services import master_data as network_master_data
from programme.models import FieldOfAction
from sites.models import LegalNorm, Measure, Site
from sites.services import master_data, master_norms
from tests.factories.programme import FieldOfActionFactory

FIELDS = (
    "self_image",
    "internal_organisation",
    "public_appearance",
    "competences",
    "networking",
)


@pytest.fixture
def loaded(programme):
    for position, key in enumerate(FIELDS, start=1):
        FieldOfActionFactory(key=key, position=position)
    network_master_data.load(programme=programme)
    master_data.load(programme=programme)
    return programme


def test_six_sites_are_completed_and_one_is_withdrawn(loaded):
    stands = dict(Site.objects.values_list("slug", "status"))

    assert stands == {
        "wiesbaden": "completed",
        "giessen": "completed",
        "offenbach": "completed",
        "darmstadt": "completed",
        "main-kinzig-kreis": "completed",
        "kreis-bergstrasse": "completed",
        "lahn-dill-kreis": "withdrawn",
    }


def test_giessen_and_offenbach_are_the_cities_not_the_districts(loaded):
    keys = {
        site.slug: {body.key for body in site.organisation.public_bodies.all()}
        for site in Site.objects.filter(slug__in=["giessen", "offenbach"])
    }

    assert keys == {"giessen": {"06531005"}, "offenbach": {"06413000"}}


def test_documented_measures_carry_a_source_and_no_weight(loaded):
    measures = Measure.objects.all()

    assert measures.exists()
    assert not measures.filter(source_note="").exists()
    assert not measures.filter(balance__isnull=False).exists()


def test_what_is_not_proven_for_giessen_stays_off_the_public_page(loaded):
    assert not Measure.objects.public().filter(site__slug="giessen").exists()


def test_loading_twice_changes_nothing_that_was_edited(loaded):
    Measure.objects.filter(site__slug="offenbach").update(title="Neu benannt")
    count = Measure.objects.count()

    master_data.load(programme=loaded)

    assert Measure.objects.count() == count
    assert list(Measure.objects.filter(site__slug="offenbach").values_list("title")) == [
        ("Neu benannt",)
    ]
    assert FieldOfAction.objects.count() == len(FIELDS)


@pytest.mark.django_db
def test_legal_bases_are_kept_with_their_validity_and_loaded_once():
    master_norms.load()
    master_norms.load()

    within = LegalNorm.objects.within(date(2015, 10, 1), date(2017, 6, 30))
    later = LegalNorm.objects.exclude(pk__in=within).values_list("norm", "in_force_from")
    assert set(later) == {
        ("§§ 60c, 60d AufenthG", date(2020, 1, 1)),
        ("§ 81a AufenthG", date(2020, 3, 1)),
    }
    assert Counter(LegalNorm.objects.values_list("kind", flat=True)) == {
        "integration": 16,
        "order": 8,
    }
    residence = LegalNorm.objects.get(norm="§ 12a AufenthG")
    assert (residence in LegalNorm.objects.on(date(2016, 8, 5))) is False
    assert residence in LegalNorm.objects.on(date(2016, 8, 6))
