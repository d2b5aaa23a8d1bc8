"""Jobs made for tests that remember what was done, and a letterbox that does the same."""

import time
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from programme import jobs
from programme.errors import RuleBroken

done: list[str] = []


class Letterbox(BaseEmailBackend):
    """Takes every mail and remembers its subject."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        done.extend(str(message.subject) for message in email_messages)
        return len(email_messages)


@jobs.job(max_attempts=2, base_delay=60)
def note(*, word: str) -> None:
    """Remember a word."""
    done.append(word)


@jobs.job(max_attempts=3, base_delay=60)
def always_fails() -> None:
    """Fail."""
    raise RuleBroken("Das geht nie.")


@jobs.job(lane=jobs.DOCUMENTS)
def set_pages(*, word: str) -> None:
    """Remember a word as if it were set as PDF."""
    done.append(word)


@jobs.job(lane=jobs.DOCUMENTS)
def set_pages_while_a_letter_waits() -> None:
    """Ask for a letter's job and end only when somebody else has done it, or after 20 seconds."""
    note.enqueue(word="Brief")
    for _ in range(200):
        if "Brief" in done:
            break
        time.sleep(0.1)
    done.append("langer Bericht")


@jobs.job(every=3600)
def hourly() -> None:
    """Remember that the hour has struck."""
    done.append("hour")
