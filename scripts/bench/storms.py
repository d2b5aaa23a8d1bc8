"""Several limits, storms and cuts by HTTP against the real server (R2-R6, R9), full forms."""

import os
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from crowd import current_programme, one_person, send_all

ROUNDS = 20
WAITS = {"accept_waiting": "1"}


def link(row) -> str:
    """Return the answer page of an office."""
    from programme import tokens

    return f"/einladung/{tokens.token('invitation', row.token_seed)}/"


def offices(meeting, count: int) -> list:
    """Invite that many offices and return their invitations."""
    from tests.factories.network import InvitationFactory

    return InvitationFactory.create_batch(count, meeting=meeting)


def a_meeting(**more):
    """Make a meeting of the current programme."""
    from tests.factories.network import MeetingFactory

    return MeetingFactory.create(programme=programme, **more)


def two_limits() -> str:
    """R2: meeting 40, workshop 8, office 2, three hands on each of 25 links, 20 rounds."""
    from network.models import Registration
    from tests.factories.network import WorkshopFactory

    kept, failed, slowest = 0, 0, 0.0
    for each in range(ROUNDS):
        meeting = a_meeting(seats=40)
        workshop = str(WorkshopFactory.create(meeting=meeting, seats=8).pk)
        forms = [
            (link(office), one_person(f"{each}-{number}-{hand}", workshop_1=workshop, **WAITS))
            for number, office in enumerate(offices(meeting, 25))
            for hand in range(3)
        ]
        answers = send_all(port, forms)
        rows = Registration.objects.filter(meeting=meeting)
        most = max(Counter(rows.active().values_list("invitation", flat=True)).values())
        found = (
            rows.confirmed().count(),
            rows.confirmed().filter(workshop_place="confirmed").count(),
            rows.waiting().count(),
            most,
        )
        kept += found == (40, 8, 10, 2)
        failed += answers.failed
        slowest = max(slowest, *answers.seconds)
    return (
        f"all limits kept and no seat empty in {kept} of {ROUNDS} rounds, failed {failed}, "
        f"slowest {slowest:.1f} s"
    )


def same_person() -> str:
    """R3: 20 people, each sent five times at once, from tabs of their own."""
    from network.models import Registration

    meeting = a_meeting(seats=100)
    forms = [
        (link(office), one_person(f"same-{number}"))
        for number, office in enumerate(offices(meeting, 20))
        for _ in range(5)
    ]
    answers = send_all(port, forms)
    rows = Registration.objects.filter(meeting=meeting)
    pages = Counter(answers.results)
    return f"{rows.count()} registrations of 20 people, {len(pages)} result pages, {answers.text}"


def storm() -> str:
    """R4: 100 cancellations and 100 new registrations mixed, 50 people in the queue."""
    from network.models import Registration
    from programme import clock, tokens
    from programme.models import OutgoingMail
    from tests.factories.network import RegistrationFactory

    meeting = a_meeting(seats=150)
    seated = RegistrationFactory.create_batch(150, invitation__meeting=meeting)
    for number in range(50):
        since = clock.now() - timedelta(minutes=60 - number)
        RegistrationFactory.create(
            invitation__meeting=meeting, status="waiting", queued_at=since, registered_at=since
        )
    leaving = [
        (f"/anmeldung/{tokens.token('registration', row.token_seed)}/abmelden/", {"confirm": "ja"})
        for row in seated[:100]
    ]
    joining = [
        (link(office), one_person(f"storm-{number}", **WAITS))
        for number, office in enumerate(offices(meeting, 100))
    ]
    answers = send_all(port, [form for pair in zip(joining, leaving, strict=True) for form in pair])
    rows = Registration.objects.filter(meeting=meeting)
    moved = list(rows.filter(promoted_at__isnull=False))
    first = rows.waiting().first()
    in_order = all((row.queued_at, row.pk) < (first.queued_at, first.pk) for row in moved)
    letters = OutgoingMail.objects.filter(letter="network/registration_promoted")
    told = Counter(
        letters.filter(recipient__in=[row.email for row in moved]).values_list(
            "recipient", flat=True
        )
    )
    once = told == Counter(row.email for row in moved)
    return (
        f"confirmed {rows.confirmed().count()} of 150, waiting {rows.waiting().count()}, moved up "
        f"{len(moved)}, order kept {in_order}, one mail each {once}, {answers.text}"
    )


def cut() -> str:
    """R5: seats lowered from 60 to 20 while 100 people register and 30 have seats already."""
    from django.db import connection, transaction

    from network.models import Meeting, Registration
    from network.services import waiting_list

    meeting, seen = a_meeting(seats=60), []

    def lower() -> None:
        so_far = Registration.objects.filter(meeting=meeting).confirmed()
        for _ in range(600):
            if so_far.count() >= 30:
                break
            time.sleep(0.1)
        with transaction.atomic():
            row = Meeting.objects.locked(meeting.pk)
            seen.append(Registration.objects.filter(meeting=row).confirmed().count())
            row.seats = 20
            row.save(update_fields=["seats"])
            waiting_list.move_up(meeting=row)
        connection.close()

    forms = [
        (link(office), one_person(f"cut-{number}", **WAITS))
        for number, office in enumerate(offices(meeting, 100))
    ]
    answers = send_all(port, forms, also=(lower,))
    confirmed = Registration.objects.filter(meeting=meeting).confirmed().count()
    return (
        f"{seen[0]} had seats when 60 became 20, in the end {confirmed} "
        f"(expected {max(seen[0], 20)}), {answers.text}"
    )


def one_link() -> str:
    """R6: one link in 50 hands, three seats for this office."""
    from network.models import Registration
    from tests.factories.network import InvitationFactory

    invitation = InvitationFactory.create(meeting=a_meeting(seats=60), seats_override=3)
    forms = [(link(invitation), one_person(f"one-{number}")) for number in range(50)]
    answers = send_all(port, forms)
    used = Registration.objects.filter(invitation=invitation).count()
    return f"{used} of 3 seats used, {answers.text}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    port, programme = int(sys.argv[1]), current_programme(count_from=10_000)
    for name, measure in (
        ("two limits", two_limits),
        ("same person", same_person),
        ("storm", storm),
        ("fewer seats", cut),
        ("one link", one_link),
    ):
        print(f"    {name}: {measure()}")
