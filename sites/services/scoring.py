"""Score sheets: one a person and application, final and readable for others once handed in."""

from collections.abc import Mapping

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from sites.enums import ApplicationStatus
from sites.models import Application, Call, Score, ScoreSheet
from sites.rules.applications import MOST_POINTS


@transaction.atomic
def keep(
    *, application: Application, points: Mapping[int, int], comment: str, hand_in: bool, by: User
) -> ScoreSheet:
    """Keep the own sheet; `points` maps the key of a criterion to 0 to 4.

    Refuses (RuleBroken) an application that is not handed in or is decided, a sheet that was
    handed in, and to hand in a sheet with a criterion left open or without a comment.
    """
    # The call too: criteria may be changed until the first sheet exists, not while it is made.
    Call.objects.select_for_update().get(pk=application.call_id)
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if row.status != ApplicationStatus.HANDED_IN:
        raise RuleBroken(f"Diese Bewerbung hat den Stand „{row.get_status_display()}“.")
    sheet, _ = row.sheets.get_or_create(scorer=by)
    if sheet.handed_in_at is not None:
        raise RuleBroken("Sie haben Ihren Bogen schon abgegeben.")
    criteria = list(row.call.criteria.all())
    given = {each.pk: points[each.pk] for each in criteria if each.pk in points}
    if any(not 0 <= value <= MOST_POINTS for value in given.values()):
        raise RuleBroken("Bitte vergeben Sie 0 bis 4 Punkte.")
    if hand_in:
        _check(len(criteria), len(given), comment)
    sheet.scores.all().delete()
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion_id=key, points=value) for key, value in given.items()
    )
    sheet.comment, sheet.updated_at = comment, clock.now()
    sheet.handed_in_at = sheet.updated_at if hand_in else None
    sheet.save()
    if hand_in:
        audit.record(
            by=by,
            verb="application.scored",
            subject=sheet,
            sentence=f"Bewertungsbogen zur Bewerbung von {row.organisation} abgegeben.",
        )
    return sheet


def _check(criteria: int, given: int, comment: str) -> None:
    if given < criteria:
        raise RuleBroken("Bitte bewerten Sie jedes Kriterium, bevor Sie den Bogen abgeben.")
    if not comment.strip():
        raise RuleBroken("Bitte fassen Sie Ihren Eindruck zusammen.", field="comment")
