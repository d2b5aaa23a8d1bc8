"""Two people agree with one state; every change takes it back."""

import pytest
from django.db import IntegrityError, transaction

from programme.errors import RuleBroken
from programme.models import Programme
from publications.models import Block, Edition, SignOff
from publications.queries import snapshots
from publications.queries.sign_offs import sign_offs as read
from publications.services import block_comments, editions, manuscripts, sign_offs
from sites.models import Measure
from tests.factories.publications import EditionFactory
from tests.publications import photos, world

pytestmark = pytest.mark.django_db


def state_of(report):
    return snapshots.state_of(snapshots.current(report))


@pytest.fixture
def unsigned():
    """A compiled report nobody has agreed with, and who wrote it."""
    report, by = world.compiled()
    SignOff.objects.all().delete()
    return report, by


def test_one_person_signs_a_state_once_however_often_they_press(unsigned):
    report, by = unsigned

    sign_offs.sign(publication=report, state=state_of(report), by=by)
    sign_offs.sign(publication=report, state=state_of(report), by=by)

    assert SignOff.objects.count() == 1
    with pytest.raises(RuleBroken, match="Es fehlt eine Freigabe"):
        editions.publish(publication=report, by=by)


def test_the_database_knows_two_people_by_their_rows(unsigned):
    report, by = unsigned
    row = sign_offs.sign(publication=report, state=state_of(report), by=by)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.create(publication=report, state_sha256=row.state_sha256, by=by)
    for signers in ((by, by), (by, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            EditionFactory(first_signed_by=signers[0], second_signed_by=signers[1])


def test_an_edition_remembers_the_two_who_agreed(unsigned):
    report, by = unsigned
    second = world.office_person()
    for person in (by, second):
        sign_offs.sign(publication=report, state=state_of(report), by=person)

    edition = editions.publish(publication=report, by=by)

    assert (edition.first_signed_by, edition.second_signed_by) == (by, second)


def change_text(report, by):
    block = Block.objects.get(key="dank")
    manuscripts.edit_block(block=block, body="Neu", version=1, values={}, by=by)


def change_order(report, by):
    manuscripts.move(block=Block.objects.get(key="dank"), up=True, by=by)


def change_picture(report, by):
    photos.with_picture(report, by)


def change_figure(report, by):
    Measure.objects.filter(is_public=True).update(title="Anders")


def change_title(report, by):
    report.title = "Schlussbericht"
    report.save()


def change_imprint(report, by):
    Programme.objects.update(election_notice="Anderer Hinweis")
    report.programme.refresh_from_db()


@pytest.mark.parametrize(
    "change",
    [change_text, change_order, change_picture, change_figure, change_title, change_imprint],
)
def test_every_change_takes_the_sign_offs_back(change):
    report, by = world.compiled()

    change(report, by)

    found = read(report, state=state_of(report))
    assert (len(found.valid), len(found.outdated)) == (0, 2)
    with pytest.raises(RuleBroken, match="Es fehlen zwei Freigaben"):
        editions.publish(publication=report, by=by)
    assert Edition.objects.count() == 0


def test_nobody_agrees_with_a_state_they_have_not_seen(unsigned):
    report, by = unsigned
    seen = state_of(report)
    change_text(report, by)

    with pytest.raises(RuleBroken, match="hat sich etwas geändert"):
        sign_offs.sign(publication=report, state=seen, by=by)

    assert SignOff.objects.count() == 0


def test_a_sign_off_can_be_taken_back_and_a_remark_changes_none():
    report, by = world.compiled()
    block_comments.write(block=Block.objects.get(key="dank"), text="Fehlt wer?", by=by)
    signed = read(report, state=state_of(report)).valid

    sign_offs.take_back(publication=report, by=signed[0].by)

    assert len(signed) == 2
    assert [row.by for row in read(report, state=state_of(report)).valid] == [signed[1].by]


def test_an_empty_manuscript_cannot_be_signed():
    report = world.build()

    with pytest.raises(RuleBroken, match="noch kein Manuskript"):
        sign_offs.sign(publication=report, state=state_of(report), by=world.office_person())
