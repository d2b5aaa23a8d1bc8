"""The second floor in rows: sites, measures, coaching days, practice cards."""

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

__all__ = [
    "Adoption",
    "CoachingDay",
    "CoachingPhoto",
    "DayDraft",
    "Indicator",
    "IndicatorNudge",
    "IndicatorRelease",
    "IndicatorValue",
    "Measure",
    "NextStep",
    "PracticeCard",
    "Site",
    "SiteAssignment",
]
