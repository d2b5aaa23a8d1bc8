"""The minutes: written as a whole, never over somebody else's words, released in one step."""

from datetime import date, timedelta

import pytest

from network.enums import Audience, MeetingStatus, MinutesKind
from network.models import MinutesItem
from network.queries.minutes import decisions, rows_of
from network.rules.minutes import Line, Step, arranged, fingerprint, read_step
from network.services import minutes
from programme import clock
from programme.errors import RuleBroken
from programme.models import AuditEntry, Printout
from tests.factories.network import MeetingFactory, MinutesItemFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return UserFactory()


@pytest.fixture
def meeting(programme):
    return MeetingFactory(
        programme=programme,
        status=MeetingStatus.HELD,
        starts_at=clock.now() - timedelta(days=3),
        ends_at=clock.now() - timedelta(days=2),
    )


def save(meeting, lines, office, **kwargs):
    seen = fingerprint(rows_of(meeting))
    return minutes.write(meeting=meeting, lines=lines, seen=seen, by=office, **kwargs)


def told(meeting):
    return [(row.agenda_item_id, row.text) for row in rows_of(meeting)]


def line_of(row, **changes):
    values = {"key": row.pk, "item": row.agenda_item_id, "text": row.text, "kind": row.kind}
    return Line(**{**values, **changes})


def test_lines_are_kept_changed_added_and_dropped_in_the_order_of_the_agenda(meeting, office):
    first = meeting.agenda.create(position=1, title="Begrüßung")
    second = meeting.agenda.create(position=2, title="Größe der Wartebereiche")
    save(meeting, [Line(None, second.pk, "später"), Line(None, first.pk, "früh")], office)
    kept, dropped = rows_of(meeting)

    save(
        meeting,
        [line_of(kept, text="früher"), line_of(dropped, text=" "), Line(None, None, "sonst")],
        office,
    )

    assert told(meeting) == [(first.pk, "früher"), (None, "sonst")]
    assert rows_of(meeting)[0].pk == kept.pk
    assert AuditEntry.objects.filter(verb="minutes.changed").count() == 2


def test_saving_the_same_again_changes_nothing(meeting, office):
    save(meeting, [Line(None, None, "Ergebnis")], office)
    row = rows_of(meeting)[0]

    save(meeting, [line_of(row)], office)

    assert rows_of(meeting) == [row]
    assert AuditEntry.objects.filter(verb="minutes.changed").count() == 1


def test_nobody_overwrites_what_somebody_else_saved_meanwhile(meeting, office):
    row = save(meeting, [Line(None, None, "Ergebnis")], office)[0]
    seen = fingerprint(rows_of(meeting))
    save(meeting, [line_of(row, text="Ergebnis, von Öznur ergänzt")], office)

    with pytest.raises(minutes.MinutesClash) as clash:
        minutes.write(meeting=meeting, lines=[line_of(row, text="Ä")], seen=seen, by=office)

    assert clash.value.current == rows_of(meeting)
    assert told(meeting) == [(None, "Ergebnis, von Öznur ergänzt")]


@pytest.mark.parametrize("status", [MeetingStatus.DRAFT, MeetingStatus.CANCELLED])
def test_drafts_and_cancelled_meetings_have_no_minutes(office, programme, status):
    meeting = MeetingFactory(programme=programme, status=status)

    with pytest.raises(RuleBroken, match="keine Niederschrift"):
        save(meeting, [Line(None, None, "Ergebnis")], office)


def test_a_line_moves_within_its_item_and_on_to_the_next():
    a, b, c = (Line(key, item, "x") for key, item in ((1, 10), (2, 10), (3, 20)))

    def after(way, key):
        moved = arranged([a, b, c], items=[10, 20], step=Step(way, key))
        return [(line.key, line.item) for line in moved]

    assert after("up", 2) == [(2, 10), (1, 10), (3, 20)]
    assert after("up", 1) == [(1, 10), (2, 10), (3, 20)]
    assert after("up", 3) == [(1, 10), (2, 10), (3, 10)]
    assert after("down", 1) == [(2, 10), (1, 10), (3, 20)]
    assert after("down", 2) == [(1, 10), (2, 20), (3, 20)]
    assert after("down", 3) == [(1, 10), (2, 10), (3, None)]
    assert after("remove", 2) == [(1, 10), (3, 20)]
    assert after("up", 99) == [(1, 10), (2, 10), (3, 20)]


@pytest.mark.parametrize("text", ["", "up", "up-", "up-x", "sideways-1", "up-²", "up-" + "9" * 30])
def test_a_strange_button_is_no_step(text):
    assert read_step(text) is None


def test_an_item_that_left_the_agenda_leaves_its_results(meeting, office):
    item = meeting.agenda.create(position=1, title="Begrüßung")
    save(meeting, [Line(None, item.pk, "Ergebnis")], office)

    item.delete()

    assert told(meeting) == [(None, "Ergebnis")]


def test_releasing_and_taking_back(meeting, office):
    MinutesItemFactory(meeting=meeting)

    released = minutes.release(meeting=meeting, audience=Audience.PUBLIC, by=office)
    at = released.minutes_released_at
    narrowed = minutes.release(meeting=meeting, audience=Audience.OFFICES, by=office)
    taken_back = minutes.release(meeting=meeting, audience=Audience.TEAM, by=office)

    assert released.minutes_audience == Audience.PUBLIC
    assert narrowed.minutes_released_at == at
    assert taken_back.minutes_released_at is None


def test_empty_minutes_and_meetings_to_come_are_not_released(meeting, office, programme):
    coming = MeetingFactory(programme=programme)
    MinutesItemFactory(meeting=coming)

    with pytest.raises(RuleBroken, match="noch leer"):
        minutes.release(meeting=meeting, audience=Audience.PUBLIC, by=office)
    with pytest.raises(RuleBroken, match="noch nicht begonnen"):
        minutes.release(meeting=coming, audience=Audience.PUBLIC, by=office)


def test_decisions_of_all_meetings_the_most_urgent_first(meeting, office, programme):
    def agreed(due_on, **kwargs):
        return MinutesItemFactory(
            meeting__programme=programme, kind=MinutesKind.DECISION, due_on=due_on, **kwargs
        )

    no_day, late, leap = agreed(None), agreed(date(2029, 1, 1)), agreed(date(2028, 2, 29))
    done = agreed(date(2020, 1, 1))
    MinutesItemFactory(meeting=meeting)

    minutes.settle(decision=done, by=office)
    minutes.settle(decision=done, by=office)

    assert list(decisions()) == [leap, late, no_day]
    assert list(decisions(settled=True)) == [done]
    assert AuditEntry.objects.filter(verb="minutes.settled").count() == 1


def test_a_result_is_nothing_to_settle(meeting, office):
    with pytest.raises(RuleBroken):
        minutes.settle(decision=MinutesItemFactory(meeting=meeting), by=office)


def test_the_day_a_decision_was_done_stays(meeting, office):
    done = date(2020, 2, 29)
    row = MinutesItemFactory(meeting=meeting, kind=MinutesKind.DECISION, done_on=done)

    save(meeting, [line_of(row, is_done=True, text="anders")], office)

    assert MinutesItem.objects.get().done_on == done


def test_the_worker_prints_the_minutes(meeting, office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    item = meeting.agenda.create(position=1, title="Begrüßung")
    MinutesItemFactory(
        meeting=meeting, agenda_item=item, kind=MinutesKind.DECISION, owner="Größe & Söhne"
    )
    printout = minutes.print_out(meeting=meeting, by=office)

    minutes.make_printout.call(printout=str(printout.pk), meeting_id=meeting.pk)

    ready = Printout.objects.get(pk=printout.pk)
    assert ready.status == "ready"
    assert ready.pages == 1
    with ready.file.open() as file:
        assert file.read(5) == b"%PDF-"
