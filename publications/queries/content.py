"""Everything the report can say, gathered from the floors below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.formats import date_format, number_format

from network.queries import report as network_report
from network.queries import report_survey
from network.queries.report import NetworkFigures
from network.queries.report_survey import SurveyFigures
from programme.models import FieldOfAction, Programme
from programme.queries import report as programme_report
from programme.queries.funding import FundingOverview, overview
from programme.queries.report import ImprintFigures, ProgrammeFigures
from programme.units import half_up, number_word
from publications.enums import BlockKind
from publications.queries.milestones import milestones
from publications.rules import references, snapshots
from sites.models import PracticeCard
from sites.queries import comparisons, report_effects, report_profiles
from sites.queries import report as sites_report
from sites.queries.comparisons import AcrossSites
from sites.queries.report import CoachingFigures
from sites.queries.report_milestones import Milestone, site_milestones
from sites.queries.report_profiles import ProfileFigures

SOURCE_COLUMNS = ("name", "granted_eur", "is_approximate", "planned_eur", "actual_eur")
LINE_COLUMNS = ("title", "category", "planned_eur", "actual_eur")


@dataclass(frozen=True)
class ReportData:
    """The figures of all floors at one moment; what few blocks show is read when one does."""

    programme: ProgrammeFigures
    imprint: ImprintFigures
    funding: FundingOverview
    network: NetworkFigures
    coaching: CoachingFigures
    source: Programme

    @cached_property
    def released(self) -> list[AcrossSites]:
        """Indicators before and after that everybody may read; two queries."""
        return comparisons.public(programme=self.source)

    @cached_property
    def cards(self) -> list[PracticeCard]:
        """Practice cards everybody may read; one query."""
        return report_effects.public_cards(self.source)

    @cached_property
    def profiles(self) -> dict[str, ProfileFigures]:
        """Profiles of the sites by their address; two queries."""
        return report_profiles.profile_figures(
            self.source, coaching=self.coaching, released=self.released, cards=self.cards
        )

    @cached_property
    def surveys(self) -> dict[str, SurveyFigures]:
        """Surveys after meetings by the number of the meeting; two queries."""
        return report_survey.survey_figures(self.source)

    @cached_property
    def milestones(self) -> list[Milestone]:
        """What happened in the run time, in order; three queries."""
        return milestones(self.programme, self.network, site_milestones(self.source))


def report_data(programme: Programme) -> ReportData:
    """Read the figures of all floors in eight queries, whatever the amount.

    One more if the legal notice was not read with the programme.
    """
    fields = list(FieldOfAction.objects.order_by("position"))
    return ReportData(
        programme=programme_report.programme_figures(programme, fields),
        imprint=programme_report.imprint_figures(programme),
        funding=overview(programme=programme, as_of=programme.ends_on),
        network=network_report.network_figures(programme),
        coaching=sites_report.coaching_figures(programme, fields),
        source=programme,
    )


def sentence_values(data: ReportData) -> dict[str, str]:
    """Return what the placeholders of the texts stand for, written as in a German sentence."""
    return _frame(data) | _money(data.funding) | _work(data)


def _frame(data: ReportData) -> dict[str, str]:
    programme, network, sites = data.programme, data.network, data.coaching
    withdrawn = sum(site.is_withdrawn for site in sites.sites)
    return {
        "programm": programme.title,
        "traeger": programme.owner_name,
        "beginn": date_format(programme.starts_on, "F Y"),
        "ende": date_format(programme.ends_on, "F Y"),
        "laufzeit_monate": str(_months(programme.starts_on, programme.ends_on)),
        "handlungsfelder": number_word(len(programme.fields_of_action)),
        "handlungsfelder_namen": _listing(programme.fields_of_action),
        "standorte": number_word(len(sites.completed)),
        "standorte_namen": _listing([site.name for site in sites.completed]),
        "standorte_ausgewaehlt": number_word(len(sites.sites)),
        "standorte_ausgeschieden": number_word(withdrawn),
        "standorte_ausgeschieden_namen": _listing([s.name for s in sites.sites if s.is_withdrawn]),
        "koerperschaften": str(len(network.bodies)),
        "auslaenderbehoerden": str(network.offices),
        "organisationen": str(network.organisations),
    }


def _work(data: ReportData) -> dict[str, str]:
    network, coaching = data.network, data.coaching
    weighed = [(f.order, f.both, f.integration) for f in coaching.fields]
    order, both, integration = (sum(side) for side in zip(*weighed, (0, 0, 0), strict=True))
    days = sum(site.coaching_days for site in coaching.sites)
    hours = sum((site.coaching_hours for site in coaching.sites), Decimal(0))
    return {
        "treffen": number_word(len(network.meetings)),
        "teilnahmen": str(network.participants),
        "organisationen_dabei": str(network.organisations_taking_part),
        "massnahmen": str(coaching.measures),
        "massnahmen_umgesetzt": str(coaching.done),
        "massnahmen_ordnung": str(order),
        "massnahmen_beides": str(both),
        "massnahmen_integration": str(integration),
        "begleittage": str(days),
        "belege": str(data.funding.standing_vouchers),
        "begleitstunden": number_format(half_up(hours, 0), force_grouping=True),
    }


def _money(funding: FundingOverview) -> dict[str, str]:
    values = {
        "foerderung_gesamt": _euro(funding.granted_eur, about=funding.is_approximate),
        "ausgaben_gesamt": _euro(funding.lines_actual_eur),
        "ausgaben_plan": _euro(funding.lines_planned_eur),
        "ausgaben_quote": _percent(funding.lines_actual_eur, funding.lines_planned_eur),
    }
    for source in funding.sources:
        values[f"foerderung_{source.key}"] = _euro(source.granted_eur, about=source.is_approximate)
        values[f"ausgaben_{source.key}"] = _euro(source.actual_eur)
    return values


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _listing(names: list[str] | tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} und {names[-1]}"


def _euro(amount: Decimal, *, about: bool = False) -> str:
    digits = 0 if amount == amount.to_integral_value() else 2
    number = number_format(half_up(amount, digits), force_grouping=True)
    return f"{'rund ' if about else ''}{number} Euro"


def _percent(part: Decimal, whole: Decimal) -> str:
    share = part / whole * 100 if whole else Decimal(0)
    return f"{number_format(half_up(share, 1))} Prozent"


def block_data(kind: str, data: ReportData, about: str = "") -> dict[str, Any]:
    """Return what a live block shows, as values JSON can hold.

    `about` is what the block is about: the address of a site, the number of a meeting.
    """
    result: dict[str, Any] = snapshots.plain(_chosen(kind, data, about) or _whole(kind, data))
    return result


def figures(kind: str, shown: dict[str, Any]) -> dict[str, list[str]]:
    """Return the names of the drawings of a block that may have several or none; else nothing."""
    if kind not in references.WITH_FIGURES:
        return {}
    return {"figures": [name for name, _ in references.drawn(kind, shown)]}


def _chosen(kind: str, data: ReportData, about: str) -> dict[str, Any]:
    """Return what is read only when a block shows it; nothing for the other kinds."""
    match kind:
        case BlockKind.BEFORE_AFTER:
            return {"indicators": report_effects.effect_figures(data.released)}
        case BlockKind.PRACTICE_CARDS:
            return {"cards": report_effects.card_figures(data.cards)}
        case BlockKind.SITE_PROFILE:
            return {"profile": data.profiles.get(about)}
        case BlockKind.SURVEY:
            return {"survey": data.surveys.get(about)}
        case BlockKind.TIMELINE:
            return {
                "milestones": _columns(data.milestones, "when", "kind", "text"),
                "measures_dated": sum(row.measures for row in data.milestones),
                "measures_done": data.coaching.done,
            }
    return {}


def _whole(kind: str, data: ReportData) -> dict[str, Any]:
    network, coaching = data.network, data.coaching
    site_offices = {site.office_id for site in coaching.completed}
    live: dict[str, Any] = {
        BlockKind.KEY_FIGURES: {"values": sentence_values(data)},
        BlockKind.SITE_PROFILES: {"sites": coaching.sites},
        BlockKind.PARTICIPATION_MAP: {
            "bodies": network.bodies,
            "meetings": len(network.meetings),
            "site_offices": sorted(site_offices),
        },
        BlockKind.MEETING_LIST: {"meetings": network.meetings},
        BlockKind.MEASURES_BY_FIELD: {"fields": coaching.fields},
        BlockKind.BALANCE: {"fields": coaching.fields, "examples": _examples(coaching)},
        BlockKind.FUNDING_SPLIT: {
            "sources": _columns(data.funding.sources, *SOURCE_COLUMNS),
            "granted_eur": data.funding.granted_eur,
            "planned_eur": data.funding.planned_eur,
            "actual_eur": data.funding.actual_eur,
        },
        BlockKind.BUDGET_LINES: {
            "lines": _columns(data.funding.lines, *LINE_COLUMNS),
            "planned_eur": data.funding.lines_planned_eur,
            "actual_eur": data.funding.lines_actual_eur,
        },
        BlockKind.IMPRINT: {"imprint": data.imprint},
    }
    shown: dict[str, Any] = live[kind]
    return shown


def _columns(rows: Iterable[object], *names: str) -> list[dict[str, Any]]:
    """Keep what the report prints; what is not frozen cannot make an edition look new."""
    return [{name: getattr(row, name) for name in names} for row in rows]


def _examples(coaching: CoachingFigures) -> list[dict[str, str]]:
    """Up to one measure a site that says how both tasks were reconciled."""
    examples = []
    for site in coaching.completed:
        told = [measure for measure in site.measures if measure.reconciliation]
        if told:
            examples.append(
                {
                    "site": site.name,
                    "title": told[0].title,
                    "balance": told[0].balance,
                    "reconciliation": told[0].reconciliation,
                }
            )
    return examples
