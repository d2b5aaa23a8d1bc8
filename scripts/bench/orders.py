"""Orders by HTTP against the real server: the last copies (R7), and none lost without mail (M1).

Every visitor comes from an address of its own, as behind a proxy: one address may send 30 an hour.
"""

import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from crowd import current_programme, send_all

RACERS, COPIES = 200, 100
CALLERS = 500


def title(programme, slug: str, copies: int):
    """Make a title with so many copies on the shelf, written into the stock book."""
    from publications.services import stock
    from tests.factories.programme import UserFactory
    from tests.factories.publications import PublicationFactory

    made = PublicationFactory.create(programme=programme, slug=slug, title=slug, stock=0)
    return stock.count(publication=made, copies=copies, by=UserFactory.create())


def form(slug: str, number: int) -> tuple[str, dict[str, str]]:
    """Return the order of one invented person for one copy."""
    from publications.forms import orders

    return "/bestellen/", {
        f"copies_{slug}": "1",
        "full_name": f"Anna Beispiel {chr(65 + number % 26)}",
        "street": f"{slug}weg {number}",
        "postcode": "65183",
        "city": "Wiesbaden",
        "email": f"{slug}{number}@example.org",
        "opened": orders.stamp(orders.CORRECTED),
    }


def address(number: int) -> str:
    return f"198.51.{100 + number // 250}.{number % 250 + 1}"


def place(port: int, slug: str, people: int):
    """Let so many people order one copy at the same moment."""
    forms = [form(slug, number) for number in range(people)]
    return send_all(port, forms, addresses=[address(number) for number in range(people)])


def race(port: int, programme) -> str:
    """R7: twice as many people as copies."""
    from publications.models import Order
    from publications.queries.orders import reserved_copies

    last = title(programme, "letzte", COPIES)
    answers = place(port, "letzte", RACERS)
    reserved = reserved_copies(publication=last)
    stored = Counter(Order.objects.filter(items__publication=last).values_list("status", flat=True))
    return f"{reserved} of {COPIES} copies reserved, stored {dict(stored)}, {answers.text}"


def without_mail(port: int, programme) -> str:
    """M1: everybody is accepted while no mail leaves; afterwards each mail is there once."""
    from django.conf import settings

    from programme.models import OutgoingMail
    from programme.outbox import delivery
    from publications.models import Order
    from tests.programme import smtp

    title(programme, "viele", 2 * CALLERS)
    answers = place(port, "viele", CALLERS)
    orders = Order.objects.filter(items__publication__slug="viele").count()
    with smtp.running() as server:
        settings.DELIVERY_EMAIL = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": server.server_address[1],
            "EMAIL_TIMEOUT": 5,
        }
        delivery.deliver_pending.call()
        seen = Counter(message["Message-ID"] for message in server.received)
    twice = sum(count > 1 for count in seen.values())
    lost = OutgoingMail.objects.count() - len(seen)
    return (
        f"{orders} of {CALLERS} orders accepted, {answers.text}; mails lost {lost}, twice {twice}"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    port = int(sys.argv[1])
    current = current_programme(count_from=0)
    print(race(port, current))
    print(f"    without a mail server: {without_mail(port, current)}")
