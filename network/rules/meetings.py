"""What a meeting needs before it can be announced, and which change everybody must hear of."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

from network.enums import ON, MeetingKind, MeetingMode, MeetingStatus
from network.models import Organisation
from network.rules.agenda import AgendaLine

TIME_AND_PLACE = ("starts_at", "ends_at", "venue", "street", "postcode", "city", "mode")
CHANGEABLE = ON | {MeetingStatus.DRAFT}


class Objection(NamedTuple):
    """What is wrong and at which field of the form."""

    field: str
    message: str


@dataclass(frozen=True)
class Plan:
    """All that is decided about a meeting; moments are aware."""

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
    seats_per_office: int = 2
    agenda: tuple[AgendaLine, ...] = ()
    is_looking_back: bool = False

    def columns(self) -> dict[str, Any]:
        """Return what the meeting's own row holds."""
        extra = {"agenda", "is_looking_back"}
        return {
            each.name: getattr(self, each.name) for each in fields(self) if each.name not in extra
        }


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
    if not 1 <= plan.seats_per_office <= plan.seats:
        return [
            Objection(
                "seats_per_office",
                "Je Organisation sind mindestens ein Platz und höchstens so viele wie insgesamt "
                "möglich.",
            )
        ]
    return []
