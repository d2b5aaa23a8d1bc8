"""What waits at the order desk, the alarm first."""

from collections.abc import Iterator

from django.urls import reverse

from programme.dashboard.task import Task


def of_team(*, to_send: int, held: int, lost: int, short: int) -> Iterator[Task]:
    """Yield the tasks around orders; what is not the matter is left out, except dispatch."""
    orders = reverse("publications:orders")
    if lost:
        yield Task(
            lost,
            "Bestellungen sind nicht im Bestellpostfach angekommen",
            "ansehen und mit einem Klick erneut senden",
            orders,
            is_alarm=True,
        )
    yield Task(to_send, "Bestellungen zu versenden", "bestätigt, noch nicht verschickt", orders)
    if held:
        yield Task(
            held,
            "Bestellungen zu prüfen",
            "auffällig, noch nicht freigegeben",
            reverse("publications:held_orders"),
        )
    if short:
        yield Task(
            short,
            "Titel gehen zur Neige",
            "weniger freie Exemplare als die Meldegrenze",
            orders,
        )
