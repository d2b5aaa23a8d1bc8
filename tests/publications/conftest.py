"""What tests of orders begin with."""

import pytest

from programme.models import Programme
from publications.models import Publication
from tests.factories.publications import PublicationFactory


@pytest.fixture
def publication(programme: Programme) -> Publication:
    """A report with ten printed copies, of which one order may take five."""
    return PublicationFactory.create(programme=programme, slug="bericht", stock=10, max_copies=5)
