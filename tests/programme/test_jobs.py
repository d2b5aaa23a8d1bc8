import inspect
import signal
import time
from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Thread

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from programme import clock, jobs
from programme.management.commands.run_worker import HouseWorker, work_beside
from programme.models import PeriodicJob, Submission, WorkerBeat
from programme.outbox import delivery
from programme.services import housekeeping
from tests.factories.programme import OutgoingMailFactory
from tests.programme import background

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_done_yet():
    background.done.clear()


@pytest.fixture
def timetable(monkeypatch):
    """Only the hourly job is in the timetable."""
    path = background.hourly.module_path
    monkeypatch.setattr(jobs, "_timetable", {path: jobs._timetable[path]})


def work():
    """Let a worker do what is ready, as `run_worker --batch` does."""
    HouseWorker(interval=0, batch=True).run()


def in_parallel(act, count=2):
    """Run `act` in threads of their own connections at the same time."""

    def run():
        try:
            act()
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_job_runs_after_the_commit(timetable):
    with transaction.atomic():
        background.note.enqueue(word="Größe")

    work()

    assert background.done.count("Größe") == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_rolled_back_transaction_is_never_done(timetable):
    with transaction.atomic():
        background.note.enqueue(word="nie")
        transaction.set_rollback(True)

    work()

    assert "nie" not in background.done


@pytest.mark.django_db(transaction=True)
def test_a_failed_job_is_tried_again_later_each_time_then_given_up(timetable):
    background.always_fails.enqueue()
    waits = []

    with time_machine.travel(NOON, tick=False) as traveller:
        for _ in range(3):
            work()
            row = DBTaskResult.objects.get(task_path=background.always_fails.module_path)
            if row.status == TaskResultStatus.READY:
                waits.append((row.run_after - clock.now()).total_seconds())
                traveller.move_to(row.run_after + timedelta(seconds=1))

    assert [round(wait / 60) for wait in waits] == [1, 2]
    assert row.status == TaskResultStatus.FAILED
    assert len(row.worker_ids) == 3
    assert "Das geht nie." in row.traceback


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("beat_age", "expected"), [(5, TaskResultStatus.RUNNING), (60, TaskResultStatus.READY)]
)
def test_a_job_of_a_vanished_worker_is_given_back(beat_age, expected):
    background.note.enqueue(word="wieder")
    row = DBTaskResult.objects.get()
    started = clock.now() - timedelta(minutes=1)
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=started, worker_ids=["weg"]
    )
    WorkerBeat.objects.create(worker_id="weg", seen_at=clock.now() - timedelta(seconds=beat_age))

    jobs.reap()

    row.refresh_from_db()
    assert row.status == expected


@pytest.mark.django_db
def test_a_job_that_hangs_in_a_living_worker_is_given_back():
    background.note.enqueue(word="hängt")
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING,
        started_at=clock.now() - timedelta(hours=1),
        worker_ids=["lebt"],
    )
    jobs.beat(worker_id="lebt")

    jobs.reap()

    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


@pytest.mark.django_db
def test_a_job_that_killed_its_worker_each_time_is_given_up():
    background.note.enqueue(word="tödlich")
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING,
        started_at=clock.now() - timedelta(hours=1),
        worker_ids=["eins", "zwei"],
    )

    jobs.reap()

    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == (
        TaskResultStatus.FAILED,
        "programme.jobs.WorkerLost",
    )


@pytest.mark.django_db(transaction=True)
def test_two_workers_start_a_periodic_job_once(timetable):
    in_parallel(jobs.tick)
    in_parallel(jobs.tick)

    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_a_periodic_job_comes_back_after_its_time_and_not_twice_if_the_clock_goes_back(timetable):
    with time_machine.travel(NOON, tick=False) as traveller:
        jobs.tick()
        traveller.move_to(NOON - timedelta(minutes=59))
        jobs.tick()
        first = DBTaskResult.objects.count()
        traveller.move_to(NOON + timedelta(minutes=61))
        jobs.tick()

    assert (first, DBTaskResult.objects.count()) == (1, 2)
    assert PeriodicJob.objects.get().last_at == NOON + timedelta(minutes=61)


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_job_once(timetable):
    jobs.tick()
    words = [f"Wort {number}" for number in range(20)]
    for word in words:
        background.note.enqueue(word=word)

    in_parallel(work)

    assert sorted(background.done) == sorted([*words, "hour"])


@pytest.mark.django_db(transaction=True)
def test_a_letter_leaves_before_39_printouts_that_were_asked_for_earlier(timetable, settings):
    letterbox = f"{background.Letterbox.__module__}.{background.Letterbox.__qualname__}"
    settings.DELIVERY_EMAIL = {"EMAIL_BACKEND": letterbox}
    for number in range(39):
        background.set_pages.enqueue(word=f"Bescheinigung {number}")
    background.note.enqueue(word="Vermerk")
    with transaction.atomic():
        OutgoingMailFactory.create(subject="Ihr Platz")
        delivery.wake_delivery()

    work()

    assert background.done[:3] == ["Ihr Platz", "Vermerk", "hour"]
    assert background.done[3:] == [f"Bescheinigung {number}" for number in range(39)]


@pytest.mark.django_db(transaction=True)
def test_a_letter_leaves_while_the_same_worker_sets_pages(timetable, monkeypatch):
    handlers = {}
    monkeypatch.setattr("signal.signal", handlers.__setitem__)
    background.set_pages_while_a_letter_waits.enqueue()

    def stop_after_the_report():
        for _ in range(300):
            if "langer Bericht" in background.done:
                break
            time.sleep(0.1)
        handlers[signal.SIGTERM](signal.SIGTERM, None)

    stopping = Thread(target=stop_after_the_report)
    stopping.start()
    call_command("run_worker", "--interval", "0.05", stdout=StringIO())
    stopping.join()

    assert [word for word in background.done if word != "hour"] == ["Brief", "langer Bericht"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_ends_when_its_thread_for_letters_breaks(monkeypatch):
    main, letters = HouseWorker(interval=0.05), HouseWorker(interval=0.05)
    monkeypatch.setattr(letters, "run", lambda: 1 / 0)

    work_beside(main, letters).join()

    assert not main.running


def test_every_job_that_makes_a_printout_or_an_edition_waits_with_the_documents():
    jobs.discover()
    paths = [path for path in jobs._policies if path.partition(".")[0] in jobs.HOUSE_APPS]
    tasks = [import_string(path) for path in paths]
    makers = {
        made
        for made in tasks
        if {"printout", "edition_id"} & set(inspect.signature(made.func).parameters)
    }

    assert {made.module_path for made in makers if made.queue_name != "documents"} == set()
    assert len(makers) >= 7


@pytest.mark.django_db(transaction=True)
def test_the_worker_command_does_what_waits_and_leaves_a_sign_of_life(monkeypatch):
    monkeypatch.setattr("signal.signal", lambda number, handler: None)
    background.note.enqueue(word="Befehl")

    call_command("run_worker", "--batch", stdout=StringIO())

    assert "Befehl" in background.done
    assert WorkerBeat.objects.count() == 1


def test_the_first_signal_lets_the_worker_finish_the_second_ends_it():
    worker = HouseWorker(interval=0)

    worker.shutdown(15, None)

    assert not worker.running
    with pytest.raises(SystemExit):
        worker.shutdown(15, None)


@pytest.mark.django_db
def test_traces_are_forgotten_after_their_time():
    old, new = clock.now() - timedelta(days=31), clock.now() - timedelta(days=1)
    for finished_at in (old, new):
        background.note.enqueue(word="fertig")
        DBTaskResult.objects.filter(finished_at=None).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=finished_at
        )
    background.note.enqueue(word="wartet")
    for number, created_at in enumerate((old, new)):
        Submission.objects.create(key=f"{number:032}", created_at=created_at)
        Session.objects.create(session_key=str(number), expire_date=created_at)
    Session.objects.create(session_key="gilt", expire_date=clock.now() + timedelta(days=1))

    forgotten = housekeeping.forget_traces.call()

    assert forgotten == {"jobs": 1, "form_keys": 1, "sessions": 2}
    assert DBTaskResult.objects.count() == 2
    assert Session.objects.get().session_key == "gilt"
