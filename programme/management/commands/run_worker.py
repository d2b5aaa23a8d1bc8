"""The worker: delivers mail, prints reports, runs the timetable."""

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Sequence
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from programme import jobs

logger = logging.getLogger(__name__)


class HouseWorker(Worker):
    """A worker that shows it is alive, rescues lost jobs and starts periodic ones."""

    def __init__(
        self, *, interval: float, batch: bool = False, excluded_queues: Sequence[str] = ()
    ) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=list(excluded_queues),
        )
        self.stopped = threading.Event()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Finish the job in hand and end; a second signal ends at once.

        Unlike the library's, this never exits between claiming a job and doing it.
        """
        if not self.running:
            raise SystemExit(1)
        self.running = False

    def pulse(self) -> None:
        """Beat, reap and tick once; a database that is away for a moment is no reason to die."""
        close_old_connections()
        try:
            jobs.beat(worker_id=self.worker_id)
            jobs.reap()
            jobs.tick()
        except DatabaseError:
            logger.warning("the worker's pulse missed a beat", exc_info=True)

    def run(self) -> None:
        """Work until told to stop, with the pulse in a thread of its own."""

        def keep_pulse() -> None:
            while not self.stopped.wait(jobs.BEAT_SECONDS):
                self.pulse()
            connection.close()

        self.pulse()
        thread = threading.Thread(target=keep_pulse, name="pulse", daemon=True)
        thread.start()
        try:
            super().run()
        finally:
            self.stopped.set()
            thread.join(timeout=jobs.BEAT_SECONDS)


def work_beside(main: HouseWorker, beside: HouseWorker) -> threading.Thread:
    """Let one worker run in a thread until the main one ends; if it breaks, both end.

    Only the main thread may set pages: their time limit is a signal (`programme.press`).
    """

    def keep_working() -> None:
        try:
            beside.run()
        except Exception:
            logger.exception("the worker for letters has ended")
            main.running = False
        finally:
            connection.close()

    thread = threading.Thread(target=keep_working, name="letters")
    thread.start()
    return thread


class Command(BaseCommand):
    help = "Erledigt Aufgaben im Hintergrund: E-Mails, Berichte, regelmäßige Arbeiten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="Sekunden zwischen Blicken")
        parser.add_argument("--batch", action="store_true", help="endet, wenn nichts mehr wartet")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verbosity"] < 2:
            logging.getLogger("django_tasks").setLevel(logging.WARNING)
            logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        jobs.discover()
        worker = HouseWorker(interval=options["interval"], batch=options["batch"])
        signal.signal(signal.SIGINT, worker.shutdown)
        signal.signal(signal.SIGTERM, worker.shutdown)
        if options["batch"]:
            worker.run()
            return
        letters = HouseWorker(interval=options["interval"], excluded_queues=[jobs.DOCUMENTS.queue])
        thread = work_beside(worker, letters)
        try:
            worker.run()
        finally:
            letters.running = False
            thread.join()
