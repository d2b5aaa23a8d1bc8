"""Jobs made for tests: one that works, one that always fails."""

from programme import jobs
from programme.errors import RuleBroken

done: list[str] = []


@jobs.job(max_attempts=2, base_delay=60)
def note(*, word: str) -> None:
    """Remember a word."""
    done.append(word)


@jobs.job(max_attempts=3, base_delay=60)
def always_fails() -> None:
    """Fail."""
    raise RuleBroken("Das geht nie.")


@jobs.job(every=3600)
def hourly() -> None:
    """Remember that the hour has struck."""
    done.append("hour")
