"""300 registrations at once for the last 10 seats, by HTTP against the real server."""

import http.client
import os
import re
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
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


def opened(port: int, link: str) -> tuple[str, str]:
    """Open the answer page and return its form key and CSRF token."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", link)
    answer = connection.getresponse()
    page = answer.read().decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    cookie = re.search(r"csrftoken=([^;]+)", answer.getheader("Set-Cookie") or "")
    if not key or not cookie:
        raise RuntimeError(f"no form behind {link}: {answer.status}")
    return key.group(1), cookie.group(1)


def race(port: int) -> str:
    """Let everybody post at the same moment; say what the server and the database answered."""
    from network.models import Registration

    meeting, links = build()
    ready = [(number, link, *opened(port, link)) for number, link in enumerate(links)]
    barrier, answers, times = threading.Barrier(len(ready)), Counter(), []

    def post(number: int, link: str, key: str, cookie: str) -> None:
        name, email = f"Person Müller {number}", f"person{number}@example.org"
        fields = {"form_key": key, "csrfmiddlewaretoken": cookie, "name_1": name, "email_1": email}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={cookie}",
            "Origin": f"http://127.0.0.1:{port}",
        }
        barrier.wait()
        started = time.perf_counter()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("POST", link, urlencode(fields), headers)
            answers[connection.getresponse().status] += 1
        except OSError as error:
            answers[type(error).__name__] += 1
        times.append(time.perf_counter() - started)

    threads = [threading.Thread(target=post, args=row) for row in ready]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = Counter(Registration.objects.filter(meeting=meeting).values_list("status", flat=True))
    failed = sum(count for status, count in answers.items() if str(status) not in {"302", "422"})
    return (
        f"confirmed {stored['confirmed']} of {SEATS}, stored {dict(stored)}, answers "
        f"{dict(answers)}, failed {failed}, slowest {max(times):.1f} s"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    print(race(int(sys.argv[1])))
