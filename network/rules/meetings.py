"""What a meeting needs before it can be announced, and which change everybody must hear of."""

import sys
from collections.abc import Container
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

from network.enums import ON, MeetingKind, MeetingMode, MeetingStatus
from network.models import Organisation
from network.rules.agenda import AgendaLine

TIME = ("starts_at", "ends_at", "mode")
PLACE = ("venue", "street", "postcode", "city")
TIME_AND_PLACE = TIME + PLACE
CHANGEABLE = ON | {MeetingStatus.DRAFT}


class Objection(NamedTuple):
    """What is wrong and at which field of the form."""

    field: str
    message: str


class Affected(NamedTuple):
    """Which of the registered people a change concerns."""

    on_site: bool
    online: bool


@dataclass(frozen=True)
class Plan:
    """All that is decided about a meeting; moments are aware.

    `seats` are those on site if the meeting is hybrid; then `online_seats` stand beside them,
    empty without a limit. `change_until` is empty if people may change until it begins.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    reply_until: datetime
    venue: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    kind: str = MeetingKind.NETWORK_MEETING
    mode: str = MeetingMode.ON_SITE
    host: Organisation | None = None
    topic: str = ""
    description: str = ""
    balance_question: str = ""
    seats: int = 60
    online_seats: int | None = None
    online_url: str = ""
    seats_per_office: int = 2
    change_until: datetime | None = None
    agenda: tuple[AgendaLine, ...] = ()
    is_looking_back: bool = False

    def columns(self) -> dict[str, Any]:
        """Return what the meeting's own row holds; nothing that its mode has no use for."""
        extra = {"agenda", "is_looking_back"}
        values = {
            each.name: getattr(self, each.name) for each in fields(self) if each.name not in extra
        }
        if self.mode != MeetingMode.HYBRID:
            values["online_seats"] = None
        if self.mode == MeetingMode.ON_SITE:
            values["online_url"] = ""
        return values


def objections(
    plan: Plan, *, moment: datetime, known_deadline: datetime | None = None
) -> list[Objection]:
    """Return everything that speaks against the plan, empty if nothing does.

    A meeting in the past is only accepted if it is entered on purpose; a deadline that has passed
    only if it was the deadline before.
    """
    found = [*_about_time(plan, moment), *_about_seats(plan)]
    if plan.starts_at > moment >= plan.reply_until and plan.reply_until != known_deadline:
        found.append(Objection("reply_until", "Die Antwortfrist liegt in der Vergangenheit."))
    if plan.mode != MeetingMode.ONLINE and not plan.venue:
        found.append(Objection("venue", "Bitte geben Sie an, wo das Treffen stattfindet."))
    return found


def _about_time(plan: Plan, moment: datetime) -> list[Objection]:
    found = []
    if plan.ends_at <= plan.starts_at:
        found.append(Objection("ends", "Das Ende muss nach dem Beginn liegen."))
    if plan.reply_until >= plan.starts_at:
        found.append(
            Objection("reply_until", "Die Antwortfrist muss vor dem Tag des Treffens enden.")
        )
    if plan.change_until and not plan.change_until <= plan.starts_at:
        message = "Änderungen sind höchstens bis zum Beginn des Treffens möglich."
        found.append(Objection("change_until", message))
    elif plan.change_until and plan.change_until < plan.reply_until:
        message = (
            "Wer bis zur Antwortfrist antwortet, soll danach noch ändern können: Bitte wählen Sie "
            "denselben Tag oder einen späteren."
        )
        found.append(Objection("change_until", message))
    if plan.starts_at <= moment and not plan.is_looking_back:
        found.append(
            Objection(
                "day",
                "Dieser Zeitpunkt liegt in der Vergangenheit. Wenn Sie ein früheres Treffen "
                "nachtragen, bestätigen Sie das bitte am Ende des Formulars.",
            )
        )
    return found


def _about_seats(plan: Plan) -> list[Objection]:
    if plan.seats < 1:
        return [Objection("seats", "Ein Treffen braucht mindestens einen Platz.")]
    if plan.mode == MeetingMode.HYBRID and plan.online_seats == 0:
        message = (
            "Bei „vor Ort und online“ braucht es auch online mindestens einen Platz. Leer heißt: "
            "ohne Grenze."
        )
        return [Objection("online_seats", message)]
    if not 1 <= plan.seats_per_office <= _most(plan):
        return [
            Objection(
                "seats_per_office",
                "Je Organisation sind mindestens ein Platz und höchstens so viele wie insgesamt "
                "möglich.",
            )
        ]
    return []


def _most(plan: Plan) -> int:
    """Return how many people can come at all, on site and online together."""
    if plan.mode != MeetingMode.HYBRID:
        return plan.seats
    return sys.maxsize if plan.online_seats is None else plan.seats + plan.online_seats


def affected(changes: Container[str]) -> Affected:
    """Return who must hear of changes to an announced meeting.

    Another time or mode concerns everybody, another place only those who come to it, another
    address of the online room only those who take part there.
    """
    if any(column in changes for column in TIME):
        return Affected(on_site=True, online=True)
    return Affected(
        on_site=any(column in changes for column in PLACE), online="online_url" in changes
    )
