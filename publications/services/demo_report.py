"""A whole report made from the sample data: manuscript, edition 1, its PDF."""

from django.db import transaction

from programme.models import Programme, User
from publications.models import Edition, Publication
from publications.queries import snapshots
from publications.services import editions, manuscripts, sign_offs
from publications.services.master_data import REPORT_SLUG


@transaction.atomic
def load(*, programme: Programme, by: User, second: User) -> Edition:
    """Compile the report, let two people agree, publish edition 1 and set it at once.

    It is marked as a sample edition.
    """
    report = Publication.objects.get(programme=programme, slug=REPORT_SLUG)
    report.programme = programme
    manuscripts.compile(publication=report, by=by)
    state = snapshots.state_of(snapshots.current(report))
    for person in (by, second):
        sign_offs.sign(publication=report, state=state, by=person)
    edition = editions.publish(publication=report, by=by)
    editions.render.call(edition_id=edition.pk)
    edition.refresh_from_db()
    return edition


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Delete editions with their files and the manuscript; the title stays in the catalogue."""
    mine = Publication.objects.filter(programme=programme)
    for edition in Edition.objects.filter(publication__in=mine).defer("snapshot"):
        for file in (edition.pdf, *(row.file for row in edition.files.all())):
            if file:
                file.delete(save=False)
        edition.delete()
    for publication in mine:
        publication.sign_offs.all().delete()
        publication.chapters.all().delete()
        publication.summaries.all().delete()
        for picture in publication.pictures.all():
            picture.file.delete(save=False)
            picture.delete()
    mine.update(compiled_at=None)
