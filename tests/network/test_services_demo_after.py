"""The made-up records of meetings: loaded once, shown, taken out with their files."""

import pytest
from django.core.files.storage import default_storage

from network.models import Material, Survey
from network.queries.survey import results
from network.services import demo_after
from network.services.demo_past import EARLIER, LATEST
from tests.factories.network import MeetingFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


def test_records_are_loaded_once_and_taken_out_with_their_files(programme):
    for past in (EARLIER, LATEST):
        MeetingFactory(programme=programme, slug=past.slug, title=past.title)
    by = UserFactory()

    demo_after.load(programme=programme, by=by)
    demo_after.load(programme=programme, by=by)

    files = [row.file.name for row in Material.objects.all()]
    told = results(Survey.objects.get())
    assert len(files) == len(demo_after.PAPERS)
    assert (told.sent, told.answered, told.is_shown) == (16, 13, True)
    demo_after.remove(programme=programme)
    assert not Material.objects.exists()
    assert not any(default_storage.exists(name) for name in files)
