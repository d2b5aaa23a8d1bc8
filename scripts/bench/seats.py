"""300 registrations at once for the last 10 seats, by HTTP against the real server (R1).

With "unlocked" the server runs without its lock: five short rounds that must all be wrong (R8).
"""

import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from crowd import current_programme, one_person, send_all

PEOPLE, SEATS = 300, 10
UNLOCKED_PEOPLE, UNLOCKED_ROUNDS = 60, 5


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


def unlocked(port: int) -> str:
    """Say how many people got one of the ten seats of a server whose lock is switched off."""
    from network.models import Registration

    programme, found = current_programme(count_from=40_000), []
    for _ in range(UNLOCKED_ROUNDS):
        meeting, links = build(programme, UNLOCKED_PEOPLE)
        send_all(port, [(link, one_person(number)) for number, link in enumerate(links)])
        found.append(Registration.objects.filter(meeting=meeting).confirmed().count())
    violated = sum(count > SEATS for count in found)
    return f"violated in {violated} of {UNLOCKED_ROUNDS} runs, confirmed {found} of {SEATS}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    measure = unlocked if sys.argv[2:] == ["unlocked"] else race
    print(measure(int(sys.argv[1])))
