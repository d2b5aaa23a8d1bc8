"""300 registrations at once for the last 10 seats, by HTTP against the real server (R1)."""

import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from crowd import one_person, send_all

PEOPLE, SEATS = 300, 10


def build() -> tuple[int, list[str]]:
    """Make a meeting with the last seats and 300 invited offices; return it and the links."""
    from network.models import Invitation
    from programme import tokens
    from tests.factories.network import InvitationFactory, MeetingFactory
    from tests.factories.programme import ProgrammeFactory

    programme = ProgrammeFactory.create(is_current=True)
    meeting = MeetingFactory.create(programme=programme, seats=SEATS)
    rows: list[Invitation] = InvitationFactory.create_batch(PEOPLE, meeting=meeting)
    links = [f"/einladung/{tokens.token('invitation', row.token_seed)}/" for row in rows]
    return meeting.pk, links


def race(port: int) -> str:
    """Let everybody post at the same moment; say what the server and the database answered."""
    from network.models import Registration

    meeting, links = build()
    answers = send_all(port, [(link, one_person(number)) for number, link in enumerate(links)])
    stored = Counter(Registration.objects.filter(meeting=meeting).values_list("status", flat=True))
    return f"confirmed {stored['confirmed']} of {SEATS}, stored {dict(stored)}, {answers.text}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    print(race(int(sys.argv[1])))
