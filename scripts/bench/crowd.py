"""Many visitors who send their forms to the real server at the same moment."""

import http.client
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

EXPECTED = {302, 422}


@dataclass
class Answers:
    """What the server answered: status codes, seconds, addresses of the results."""

    statuses: Counter = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    results: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Count everything that is neither a result nor a friendly refusal."""
        return sum(count for status, count in self.statuses.items() if status not in EXPECTED)

    @property
    def text(self) -> str:
        """Say how fast it was and what came back."""
        ranked = sorted(self.seconds)
        p95 = ranked[int(len(ranked) * 0.95)]
        return (
            f"answers {dict(self.statuses)}, failed {self.failed}, p95 {p95:.1f} s, "
            f"slowest {ranked[-1]:.1f} s"
        )


def csrf_token(port: int, link: str) -> str:
    """Open a page with a form as a browser does and return its CSRF token."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", link)
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = re.search(r"csrftoken=([^;]+)", answer.getheader("Set-Cookie") or "")
    if not cookie or "form_key" not in page:
        raise RuntimeError(f"no form behind {link}: {answer.status}")
    return cookie.group(1)


def send_all(port: int, forms: list[tuple[str, dict[str, str]]], *, also: tuple = ()) -> Answers:
    """Send every form at the same moment, each as a visitor of its own; `also` runs along."""
    token = csrf_token(port, forms[0][0])
    answers, barrier = Answers(), threading.Barrier(len(forms) + len(also))

    def send(link: str, fields: dict[str, str]) -> None:
        body = urlencode({"form_key": str(uuid4()), "csrfmiddlewaretoken": token} | fields)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={token}",
            "Origin": f"http://127.0.0.1:{port}",
        }
        barrier.wait()
        started = time.perf_counter()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("POST", link, body, headers)
            answer = connection.getresponse()
            answers.statuses[answer.status] += 1
            answers.results.append(answer.getheader("Location") or "")
        except OSError as error:
            answers.statuses[type(error).__name__] += 1
        answers.seconds.append(time.perf_counter() - started)

    def act(other) -> None:
        barrier.wait()
        other()

    threads = [threading.Thread(target=send, args=form) for form in forms]
    threads += [threading.Thread(target=act, args=(other,)) for other in also]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def one_person(name: object, **more: str) -> dict[str, str]:
    """Return the fields of the answer page for one invented person."""
    return {"name_1": f"Person Müller {name}", "email_1": f"person{name}@example.org"} | more


def current_programme(*, count_from: int):
    """Return the programme the factories work for; they count on where another script ended."""
    from programme.models import Programme
    from tests.factories import network
    from tests.factories import programme as ground

    for factory in (
        network.OrganisationFactory,
        network.MeetingFactory,
        network.RegistrationFactory,
        network.WorkshopFactory,
        ground.ProgrammeFactory,
        ground.UserFactory,
    ):
        factory.reset_sequence(count_from)
    return Programme.objects.filter(is_current=True).first() or ground.ProgrammeFactory.create(
        is_current=True
    )
