"""The second floor in rows: sites, measures, coaching days."""

from sites.models.coaching import CoachingDay, NextStep
from sites.models.measure import Measure
from sites.models.site import Site, SiteAssignment

__all__ = ["CoachingDay", "Measure", "NextStep", "Site", "SiteAssignment"]
