"""The second floor in rows: sites, goals, measures, coaching days, figures, documents."""

from sites.models.application import Application, Call, Criterion, Score, ScoreSheet
from sites.models.archive_offer import ArchiveOffer
from sites.models.coaching import CoachingDay, CoachingPhoto, DayDraft, NextStep
from sites.models.contribution import Contribution, ContributionComment, ContributionVersion
from sites.models.document import Communication, DocumentVersion, SiteDocument
from sites.models.goal import Goal, LegalNorm
from sites.models.indicator import (
    Indicator,
    IndicatorNudge,
    IndicatorRelease,
    IndicatorValue,
)
from sites.models.indicator_detail import IndicatorEvidence, IndicatorGroup, IndicatorReading
from sites.models.measure import Measure, MeasureUpdate
from sites.models.practice_card import Adoption, PracticeCard
from sites.models.site import Site, SiteAssignment
from sites.models.site_file import SiteAgreement, SiteContact, SitePhase

__all__ = [
    "Adoption",
    "Application",
    "ArchiveOffer",
    "Call",
    "CoachingDay",
    "CoachingPhoto",
    "Communication",
    "Contribution",
    "ContributionComment",
    "ContributionVersion",
    "Criterion",
    "DayDraft",
    "DocumentVersion",
    "Goal",
    "Indicator",
    "IndicatorEvidence",
    "IndicatorGroup",
    "IndicatorNudge",
    "IndicatorReading",
    "IndicatorRelease",
    "IndicatorValue",
    "LegalNorm",
    "Measure",
    "MeasureUpdate",
    "NextStep",
    "PracticeCard",
    "Score",
    "ScoreSheet",
    "Site",
    "SiteAgreement",
    "SiteAssignment",
    "SiteContact",
    "SiteDocument",
    "SitePhase",
]
