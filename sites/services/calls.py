"""Calls for sites: written, opened, closed; with the criteria applications are scored by."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import Programme, User
from sites.models import Call, Criterion, ScoreSheet
from sites.rules.versions import NewerVersion


@dataclass(frozen=True)
class CallDraft:
    """What a call says."""

    title: str
    text: str
    deadline: date


@transaction.atomic
def write(*, programme: Programme, slug: str, draft: CallDraft, by: User) -> Call:
    """Write a new call that nobody sees yet; refuses (RuleBroken) a short name that is taken."""
    if Call.objects.filter(slug=slug).exists():
        raise RuleBroken("Diesen Kurznamen gibt es schon.", field="slug")
    call = Call.objects.create(programme=programme, slug=slug, **asdict(draft))
    return _noted(call, "created", f"Der Aufruf „{call.title}“ wurde angelegt.", by)


@transaction.atomic
def revise(*, call: Call, draft: CallDraft, seen_at: datetime | None, by: User) -> Call:
    """Change a call that still stands as it did at `seen_at`; raises NewerVersion otherwise."""
    row = _locked(call)
    if row.updated_at != seen_at:
        raise NewerVersion(row)
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    return _noted(row, "revised", f"Der Aufruf „{row.title}“ wurde geändert.", by)


@transaction.atomic
def open_(*, call: Call, by: User) -> Call:
    """Let offices apply; refuses (RuleBroken) a call without criteria or past its deadline."""
    row = _locked(call)
    if row.is_open:
        return row
    if not row.criteria.exists():
        raise RuleBroken("Bitte legen Sie zuerst fest, wonach Bewerbungen bewertet werden.")
    if row.deadline < clock.today():
        raise RuleBroken("Die Frist ist abgelaufen. Bitte verlängern Sie sie zuerst.")
    row.opened_on, row.closed_on = row.opened_on or clock.today(), None
    return _noted(row, "opened", f"Der Aufruf „{row.title}“ ist geöffnet.", by)


@transaction.atomic
def close(*, call: Call, by: User) -> Call:
    """Take no more applications; doing it again changes nothing."""
    row = _locked(call)
    if not row.is_open:
        return row
    row.closed_on = clock.today()
    return _noted(row, "closed", f"Der Aufruf „{row.title}“ ist geschlossen.", by)


@transaction.atomic
def add_criterion(*, call: Call, title: str, help_text: str, weight: int, by: User) -> Criterion:
    """Add a question to the scoring sheet; refuses (RuleBroken) once scoring has begun."""
    row = _unscored(call)
    last = row.criteria.aggregate(last=Max("position"))["last"] or 0
    criterion = row.criteria.create(
        position=last + 1, title=title, help_text=help_text, weight=weight
    )
    _noted(row, "criterion_added", f"Kriterium „{title}“ mit Gewicht {weight} hinzugefügt.", by)
    return criterion


@transaction.atomic
def change_criterion(
    *, criterion: Criterion, title: str, help_text: str, weight: int, by: User
) -> Criterion:
    """Change a question of the scoring sheet; refuses (RuleBroken) once scoring has begun."""
    call = _unscored(criterion.call)
    row = call.criteria.get(pk=criterion.pk)
    row.title, row.help_text, row.weight = title, help_text, weight
    row.save()
    _noted(call, "criterion_changed", f"Kriterium „{title}“ geändert, Gewicht {weight}.", by)
    return row


@transaction.atomic
def remove_criterion(*, criterion: Criterion, by: User) -> None:
    """Take a question off the scoring sheet; twice changes nothing.

    Refuses (RuleBroken) once scoring has begun, and to take the last one of an open call.
    """
    call = _unscored(criterion.call)
    others = call.criteria.exclude(pk=criterion.pk)
    if call.is_open and not others.exists():
        raise RuleBroken("Ein geöffneter Aufruf braucht mindestens ein Kriterium.")
    gone, _ = call.criteria.filter(pk=criterion.pk).delete()
    if gone:
        _noted(call, "criterion_removed", f"Kriterium „{criterion.title}“ entfernt.", by)


def _unscored(call: Call) -> Call:
    """Lock the call; refuse (RuleBroken) once somebody has begun to score."""
    row = _locked(call)
    if ScoreSheet.objects.filter(application__call=row).exists():
        raise RuleBroken(
            "Die Bewertung hat schon begonnen. Damit alle nach demselben Bogen bewertet werden, "
            "bleiben die Kriterien jetzt, wie sie sind."
        )
    return row


def _locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).get(pk=call.pk)


def _noted(call: Call, verb: str, sentence: str, by: User) -> Call:
    call.updated_at = clock.now()
    call.save()
    audit.record(by=by, verb=f"call.{verb}", subject=call, sentence=sentence)
    return call
