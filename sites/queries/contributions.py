"""What stands beside a site's text for the report, and how far all sites are."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet, Window
from django.db.models.functions import Length

from programme.models import Programme
from sites.enums import ContributionPart, ContributionState, MeasureStatus
from sites.models import Contribution, ContributionComment, ContributionVersion, Goal, Measure, Site
from sites.queries import comparisons
from sites.queries.comparisons import Shown
from sites.rules import contributions as rules
from sites.rules.contributions import PARTS
from sites.rules.effects import with_n

MOST = 40
TONES = {"handed_in": "info", "signed_off": "success", "returned": "warning"}


@dataclass(frozen=True)
class Figures:
    """The site's own figures, the measures by goal, nothing that could point at a person."""

    shown: tuple[Shown, ...]
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]

    @property
    def left_out(self) -> int:
        """Return how many measures stand on the page of goals and measures only."""
        return vars(self.measures[0])["of_site"] - len(self.measures) if self.measures else 0

    @property
    def effects(self) -> list[tuple[Measure, str]]:
        """Return the measures with what they brought about, and on how many cases it rests."""
        return [(row, with_n(row.effect, row.effect_n)) for row in self.measures if row.effect]

    @property
    def told(self) -> list[tuple[Measure, str]]:
        """Return the measures others can learn from: how tasks were reconciled, what failed."""
        stopped = MeasureStatus.STOPPED
        return [
            (row, row.reconciliation or with_n(row.effect, row.effect_n))
            for row in self.measures
            if row.reconciliation or row.status == stopped
        ]

    @property
    def loose(self) -> list[Measure]:
        """Return the measures that serve no stated goal."""
        return [measure for measure in self.measures if measure.goal_id is None]

    @property
    def by_goal(self) -> list[tuple[Goal, list[Measure]]]:
        return [
            (goal, [row for row in self.measures if row.goal_id == goal.pk]) for goal in self.goals
        ]


@dataclass(frozen=True)
class PartView:
    """One part with its text as the report would print it and the comments on it."""

    part: ContributionPart
    text: str
    open: tuple[ContributionComment, ...]
    settled: tuple[ContributionComment, ...]

    @property
    def address(self) -> str:
        """Return the part as it stands in addresses."""
        return next(word for word, part in rules.ADDRESSES.items() if part == self.part)


@dataclass(frozen=True)
class ContributionView:
    """A contribution as its readers see it; `row` is unsaved where nobody has begun."""

    row: Contribution
    versions: tuple[ContributionVersion, ...]
    parts: tuple[PartView, ...]

    @property
    def open_comments(self) -> int:
        return sum(len(part.open) for part in self.parts)

    @property
    def latest(self) -> ContributionVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def signed(self) -> ContributionVersion | None:
        """Return the version that is public."""
        return next((row for row in self.versions if row.signed_at), None)

    @property
    def is_changed(self) -> bool:
        """Say whether the draft moved on since it was handed in."""
        return self.latest is not None and self.latest.texts != rules.texts_of(self.row)

    @property
    def tone(self) -> str:
        """Return the tone of the badge."""
        return TONES.get(self.row.state, "neutral")

    @property
    def waits(self) -> bool:
        return self.row.state == ContributionState.HANDED_IN


@dataclass(frozen=True)
class DeskRow:
    """One site in the list of the programme team."""

    site: Site
    row: Contribution
    open_comments: int
    is_late: bool
    is_due_soon: bool
    filled: int

    @property
    def tone(self) -> str:
        """Return the tone of the badge."""
        if self.is_late:
            return "danger"
        return TONES.get(self.row.state, "neutral")


def view_of(*, site: Site) -> ContributionView:
    """Return the contribution of a site with versions and comments; three queries."""
    versions = ContributionVersion.objects.select_related("handed_in_by", "signed_by")
    comments = ContributionComment.objects.select_related("by", "settled_by")
    rows = Contribution.objects.filter(site=site).prefetch_related(
        Prefetch("versions", versions), Prefetch("comments", comments)
    )
    row = rows.first()
    if row is None:
        parts = tuple(PartView(part, "", (), ()) for part in PARTS)
        return ContributionView(Contribution(site=site), (), parts)
    said = list(row.comments.all())
    parts = tuple(_part(row, part, [each for each in said if each.part == part]) for part in PARTS)
    return ContributionView(row, tuple(row.versions.all()), parts)


def _part(row: Contribution, part: ContributionPart, said: list[ContributionComment]) -> PartView:
    return PartView(
        part=part,
        text=rules.as_published(getattr(row, part)),
        open=tuple(each for each in said if each.settled_at is None),
        settled=tuple(each for each in said if each.settled_at is not None),
    )


def figures_of(*, site: Site) -> Figures:
    """Return what the writer should see while typing; three queries.

    At most 40 measures, those first that tell most about effect and balance.
    """
    told = Length("effect") + Length("reconciliation")
    rows = site.measures.select_related("field_of_action").annotate(of_site=Window(Count("pk")))
    chosen = rows.order_by(told.desc(), "field_of_action__position", "pk")[:MOST]
    return Figures(
        shown=tuple(comparisons.all_of(site=site)),
        goals=tuple(site.goals.select_related("field_of_action")),
        measures=tuple(sorted(chosen, key=lambda row: (row.field_of_action.position, row.pk))),
    )


def comments() -> QuerySet[ContributionComment]:
    """Return comments with their site."""
    return ContributionComment.objects.select_related("contribution__site__programme")


def desk(*, programme: Programme, today: date) -> list[DeskRow]:
    """Return all accompanied sites, late ones first, then by name; one query."""
    unsettled = Count(
        "contribution__comments", filter=Q(contribution__comments__settled_at__isnull=True)
    )
    sites = Site.objects.coached().filter(programme=programme).select_related("contribution")
    rows = [_desk_row(site, today) for site in sites.annotate(unsettled=unsettled)]
    return sorted(rows, key=lambda row: (not row.is_late, row.site.name))


def _desk_row(site: Site, today: date) -> DeskRow:
    row = getattr(site, "contribution", None) or Contribution(site=site)
    return DeskRow(
        site=site,
        row=row,
        open_comments=vars(site)["unsettled"],
        is_late=rules.is_late(row.state, row.due_on, today),
        is_due_soon=rules.is_due_soon(row.state, row.due_on, today),
        filled=sum(bool(getattr(row, part)) for part in PARTS),
    )


def counts(rows: list[DeskRow]) -> list[tuple[str, int]]:
    """Return how many sites stand where."""
    found = Counter(row.row.state for row in rows)
    return [(str(label), found[value]) for value, label in ContributionState.choices]
