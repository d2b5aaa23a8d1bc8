"""300 registrations at once for the last 10 seats, by HTTP against the real server (R1).

With "short" five races of fewer people, for a server with its lock and for one without (R8).
"""

import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from crowd import current_programme, one_person, send_all

PEOPLE, SEATS = 300, 10
SHORT_PEOPLE, SHORT_ROUNDS = 60, 5


def build(programme, people: int) -> tuple[int, list[str]]:
    """Make a meeting with the last seats and so many invited offices; return it and the links."""
    from network.models import Invitation
    from programme import tokens
    from tests.factories.network import InvitationFactory, MeetingFactory

    meeting = MeetingFactory.create(programme=programme, seats=SEATS)
    rows: list[Invitation] = InvitationFactory.create_batch(people, meeting=meeting)
    links = [f"/einladung/{tokens.token('invitation', row.token_seed)}/" for row in rows]
    return meeting.pk, links


def race(port: int) -> str:
    """Let everybody post at the same moment; say what the server and the database answered."""
    from network.models import Registration

    meeting, links = build(current_programme(count_from=0), PEOPLE)
    answers = send_all(port, [(link, one_person(number)) for number, link in enumerate(links)])
    stored = Counter(Registration.objects.filter(meeting=meeting).values_list("status", flat=True))
    return f"confirmed {stored['confirmed']} of {SEATS}, stored {dict(stored)}, {answers.text}"


def short(port: int) -> str:
    """Say how many people got one of the ten seats in each of five short races."""
    from network.models import Meeting, Registration

    programme = current_programme(count_from=40_000 + 1_000 * Meeting.objects.count())
    found = []
    for _ in range(SHORT_ROUNDS):
        meeting, links = build(programme, SHORT_PEOPLE)
        send_all(port, [(link, one_person(number)) for number, link in enumerate(links)])
        found.append(Registration.objects.filter(meeting=meeting).confirmed().count())
    violated = sum(count != SEATS for count in found)
    return f"violated in {violated} of {SHORT_ROUNDS} runs, confirmed {found} of {SEATS}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    measure = short if sys.argv[2:] == ["short"] else race
    print(measure(int(sys.argv[1])))
