"""Jobs made for tests that remember what was done, and a letterbox that does the same."""

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


@jobs.job(every=3600)
def hourly() -> None:
    """Remember that the hour has struck."""
    done.append("hour")
