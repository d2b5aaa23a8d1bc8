"""Brings a table into the values of one site, exactly as its preview said."""

from collections.abc import Sequence

from django.db import transaction

from programme.errors import RuleBroken
from programme.models import User
from programme.rules.sheets import Line
from sites.enums import IndicatorPhase
from sites.models import Site
from sites.queries.indicator_plan import Plan, plan
from sites.services import indicators


@transaction.atomic
def run(*, site: Site, lines: Sequence[Line], seen: str, by: User) -> Plan:
    """Do what the preview with the fingerprint `seen` showed; nothing is ever deleted.

    Refuses a file with problems, a preview the values have moved on from, and what `enter` does.
    """
    list(Site.objects.select_for_update(of=("self",)).filter(pk=site.pk))
    made = plan(site=site, lines=lines)
    if made.problems:
        raise RuleBroken("Die Datei enthält Fehler. Es wurde nichts übernommen.")
    if made.fingerprint != seen:
        raise RuleBroken(
            "Die Werte haben sich seit der Vorschau geändert. Es wurde nichts übernommen. Bitte "
            "prüfen Sie die neue Vorschau und bestätigen Sie noch einmal."
        )
    for phase in IndicatorPhase.values:
        if drafts := made.drafts.get(phase):
            indicators.enter(site=site, phase=phase, drafts=drafts, seen=None, by=by)
    return made
