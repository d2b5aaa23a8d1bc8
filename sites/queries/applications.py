"""Calls, applications and their scores; nobody sees a colleague's sheet before the own is in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, QuerySet

from network.models import Organisation
from programme.models import User
from programme.queries.packed import packed, unpacked
from sites.enums import ApplicationStatus
from sites.models import Application, Call, ScoreSheet, Site
from sites.rules.applications import average, weighted

SITE = ("slug", "name", "status", "withdrawn_on", "withdrawn_reason")


@dataclass(frozen=True)
class ScoredSheet:
    """A sheet with its weighted result and the points in the order of the criteria."""

    sheet: ScoreSheet
    result: Decimal
    points: tuple[int | None, ...]


@dataclass(frozen=True)
class Scoring:
    """What one reader may know of the scores of an application."""

    sheets: tuple[ScoredSheet, ...]
    handed_in: int
    own: ScoreSheet | None
    is_open: bool
    average: Decimal | None


@dataclass(frozen=True)
class OfficeRow:
    """One of the 32 offices in the list of a call."""

    organisation: Organisation
    application: Application | None
    scoring: Scoring | None
    site: Site | None = None


def scoring_of(*, application: Application, reader: User) -> Scoring:
    """Return the sheets the reader may see: all after the own is in or the decision is made.

    Reads `application.sheets` with scores and `application.call.criteria`; prefetch both.
    """
    sheets = list(application.sheets.all())
    handed_in = [sheet for sheet in sheets if sheet.handed_in_at]
    own = next((sheet for sheet in sheets if sheet.scorer_id == reader.pk), None)
    is_open = application.is_decided or (own is not None and own.handed_in_at is not None)
    shown = tuple(_scored(sheet, application) for sheet in handed_in) if is_open else ()
    return Scoring(shown, len(handed_in), own, is_open, average([row.result for row in shown]))


def sheets_of(*, application: Application) -> Scoring:
    """Return all sheets that were handed in, for the files; prefetch as for `scoring_of`."""
    shown = tuple(
        _scored(sheet, application) for sheet in application.sheets.all() if sheet.handed_in_at
    )
    return Scoring(
        sheets=shown,
        handed_in=len(shown),
        own=None,
        is_open=True,
        average=average([row.result for row in shown]),
    )


def decided(*, call: Call) -> list[Application]:
    """Return the applications to a call that were decided, with their scores."""
    return list(_rich().filter(call=call, decided_at__isnull=False))


def with_scores(*, pk: int) -> Application:
    """Return one application with everything its pages show; raises DoesNotExist."""
    return _rich().get(pk=pk)


def offices_of(*, call: Call, reader: User, day: date) -> list[OfficeRow]:
    """Return all offices that exist on that day with their applications; drafts hold no text."""
    applications = {row.organisation_id: row for row in _rich().filter(call=call)}
    rows = []
    for office in Organisation.objects.offices().on(day):
        found = applications.get(office.pk)
        scoring = None
        if found is not None and not found.is_draft:
            scoring = scoring_of(application=found, reader=reader)
        rows.append(OfficeRow(office, found, scoring, site_of(found)))
    return rows


def site_of(application: Application | None) -> Site | None:
    """Return the site a selected office became; needs `packed_site` (see `with_scores`)."""
    if application is None or application.status != ApplicationStatus.SELECTED:
        return None
    return next(iter(unpacked(Site, vars(application)["packed_site"])), None)


def counts(rows: Iterable[OfficeRow]) -> list[tuple[str, int]]:
    """Return how many offices have handed in, draft, or not begun."""
    found = Counter(row.application.status if row.application else "" for row in rows)
    labels = [*ApplicationStatus.choices, ("", "noch nicht begonnen")]
    return [(str(label), found[value]) for value, label in labels]


def own_applications(*, offices: Iterable[Organisation]) -> list[Application]:
    """Return the applications of these offices, the latest call first."""
    rows = Application.objects.filter(organisation__in=list(offices))
    return list(rows.select_related("call", "organisation"))


def open_calls() -> list[Call]:
    """Return the calls that are out and not closed by hand; the deadline is judged by a rule."""
    return list(Call.objects.filter(opened_on__isnull=False, closed_on__isnull=True))


def begun(*, day: date) -> list[tuple[Call, dict[int, str]]]:
    """Return the calls open on that day with the state of each application by office; one query."""
    rows = Application.objects.filter(call=OuterRef("pk"))
    calls = Call.objects.filter(opened_on__isnull=False, closed_on__isnull=True, deadline__gte=day)
    return [
        (
            call,
            {
                row.organisation_id: row.status
                for row in unpacked(Application, vars(call)["answers"])
            },
        )
        for call in calls.annotate(
            answers=packed(rows, by="call", columns=("organisation_id", "status"))
        )
    ]


def _rich() -> QuerySet[Application]:
    sheets = ScoreSheet.objects.select_related("scorer").prefetch_related("scores")
    rows = Application.objects.select_related("call__programme", "organisation", "decided_by")
    sites = Site.objects.filter(organisation=OuterRef("organisation"))
    rows = rows.annotate(packed_site=packed(sites, by="organisation", columns=SITE))
    return rows.prefetch_related("wishes", "call__criteria", Prefetch("sheets", sheets))


def _scored(sheet: ScoreSheet, application: Application) -> ScoredSheet:
    points = {score.criterion_id: score.points for score in sheet.scores.all()}
    criteria = list(application.call.criteria.all())
    return ScoredSheet(
        sheet, weighted(points, criteria), tuple(points.get(each.pk) for each in criteria)
    )
