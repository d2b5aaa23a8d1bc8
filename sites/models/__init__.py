"""The second floor in rows: sites, measures, coaching days, practice cards."""

from sites.models.application import Application, Call, Criterion, Score, ScoreSheet
from sites.models.coaching import CoachingDay, CoachingPhoto, DayDraft, NextStep
from sites.models.indicator import (
    Indicator,
    IndicatorNudge,
    IndicatorRelease,
    IndicatorValue,
)
from sites.models.measure import Measure
from sites.models.practice_card import Adoption, PracticeCard
from sites.models.site import Site, SiteAssignment
from sites.models.site_file import SiteAgreement, SiteContact, SitePhase

__all__ = [
    "Adoption",
    "Application",
    "Call",
    "CoachingDay",
    "CoachingPhoto",
    "Criterion",
    "DayDraft",
    "Indicator",
    "IndicatorNudge",
    "IndicatorRelease",
    "IndicatorValue",
    "Measure",
    "NextStep",
    "PracticeCard",
    "Score",
    "ScoreSheet",
    "Site",
    "SiteAgreement",
    "SiteAssignment",
    "SiteContact",
    "SitePhase",
]
