"""A whole report made from the sample data: manuscript, edition 1, its PDF."""

from functools import partial

from django.db import transaction

from network.queries.report import counts
from network.queries.report_survey import surveyed_meetings
from programme import clock
from programme.models import Programme, User
from publications.enums import BlockKind, EditionStatus
from publications.models import Edition, Publication
from publications.queries import snapshots
from publications.rules.live_blocks import Choice
from publications.services import editions, errata, live_blocks, manuscripts, sign_offs
from publications.services.master_data import REPORT_SLUG
from sites.enums import ContributionPart, ContributionState
from sites.models import Contribution, Site
from sites.rules.contributions import texts_of
from sites.services import contributions

# The text on who took part and the map come after the survey.
BEHIND_THE_MEETINGS = 2
# A sentence of the invented profile of Darmstadt.
CORRECTION = {
    "anchor": "standorte",
    "passage": "Jedes Team besetzt eine feste Telefonzeit.",
    "correction": "Jedes Team besetzt an zwei Vormittagen eine feste Telefonzeit.",
}


@transaction.atomic
def load(*, programme: Programme, by: User, second: User) -> Edition:
    """Compile the report, let two people agree, publish edition 1 and set it at once.

    It is marked as a sample edition. The timeline and a survey are added by hand; so is the
    profile of one site, which is left out, because the edition tells of all sites already.
    One correction shows what that is.
    """
    report = Publication.objects.get(programme=programme, slug=REPORT_SLUG)
    report.programme = programme
    manuscripts.compile(publication=report, by=by)
    _add_live_blocks(report, by)
    state = snapshots.state_of(snapshots.current(report))
    for person in (by, second):
        sign_offs.sign(publication=report, state=state, by=person)
    edition = editions.publish(publication=report, by=by)
    editions.render.call(edition_id=edition.pk)
    edition.refresh_from_db()
    if edition.status == EditionStatus.PUBLISHED:
        errata.note(edition=edition, known_since=clock.today(), by=second, **CORRECTION)
        _mend(programme, by)
    return edition


def _mend(programme: Programme, by: User) -> None:
    """Let the site hand in what is right; the next edition would print the mistake again."""
    wrong, right = CORRECTION["passage"], CORRECTION["correction"]
    rows = Contribution.objects.filter(site__programme=programme, approach__contains=wrong)
    for row in rows.filter(state=ContributionState.SIGNED_OFF).select_related("site"):
        texts = texts_of(row) | {ContributionPart.APPROACH: row.approach.replace(wrong, right)}
        writer = row.versions.get(number=row.version).handed_in_by
        kept = contributions.keep(
            site=row.site, texts=texts, seen_at=row.updated_at, hand_in=True, by=writer
        )
        contributions.sign_off(site=row.site, version=kept.version, by=by)


def _add_live_blocks(report: Publication, by: User) -> None:
    chapters = {chapter.anchor: chapter for chapter in report.chapters.all()}
    add = partial(live_blocks.add, by=by)
    add(chapter=chapters["programm"], choice=Choice(BlockKind.TIMELINE))
    site = Site.objects.coached().filter(programme=report.programme).order_by("slug").last()
    if site is not None:
        profile = add(
            chapter=chapters["standorte"], choice=Choice(BlockKind.SITE_PROFILE, site.slug)
        )
        manuscripts.include(block=profile, included=False, by=by)
    surveyed = [row for row in surveyed_meetings(report.programme) if counts(row)]
    if surveyed:
        choice = Choice(BlockKind.SURVEY, str(surveyed[0].pk))
        survey = add(chapter=chapters["netzwerk"], choice=choice)
        for _ in range(BEHIND_THE_MEETINGS):
            manuscripts.move(block=survey, up=True, by=by)


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Delete editions with their files and the manuscript; the title stays in the catalogue."""
    mine = Publication.objects.filter(programme=programme)
    for edition in Edition.objects.filter(publication__in=mine).defer("snapshot"):
        for file in (edition.pdf, *(row.file for row in edition.files.all())):
            if file:
                file.delete(save=False)
        edition.errata.all().delete()
        edition.delete()
    for publication in mine:
        publication.sign_offs.all().delete()
        publication.chapters.all().delete()
        publication.summaries.all().delete()
        for picture in publication.pictures.all():
            picture.file.delete(save=False)
            picture.delete()
    mine.update(compiled_at=None)
