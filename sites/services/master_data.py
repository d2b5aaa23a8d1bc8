"""Puts the real sites and what is documented about them into the database."""

from django.db import transaction

from network.models import Organisation, PublicBody
from programme.models import FieldOfAction, Programme
from sites.enums import MeasureStatus, Phase, SiteStatus
from sites.models import Call, Measure, Site, SitePhase
from sites.services import master_indicators, master_norms
from sites.services.master_sites import CALL_DEADLINE, CALL_RELEASE, SITES, DocumentedSite


@transaction.atomic
def load(*, programme: Programme) -> None:
    """Create the seven selected sites with their documented measures; a known site is left alone.

    Offices are found by the key of their public body at the start of the programme, never by
    name: "Gießen" and "Offenbach" are the cities. Needs the rows of `network` and the fields of
    action; refuses nothing.
    """
    master_indicators.load()
    master_norms.load()
    known = set(Site.objects.values_list("slug", flat=True))
    for documented in SITES:
        if documented.slug not in known:
            add_documented_measures(site=_site(programme, documented))
    add_documented_life(programme=programme)


@transaction.atomic
def add_documented_measures(*, site: Site) -> None:
    """Write the documented measures of one site; they carry their source and no weight."""
    fields = {field.key: field for field in FieldOfAction.objects.all()}
    documented = next(row for row in SITES if row.slug == site.slug)
    Measure.objects.bulk_create(
        Measure(
            site=site,
            field_of_action=fields[measure.field],
            title=measure.title,
            description=measure.description,
            effect=measure.effect,
            status=MeasureStatus.DONE,
            is_public=measure.is_public,
            source_note=measure.source,
        )
        for measure in documented.measures
    )


@transaction.atomic
def add_documented_life(*, programme: Programme) -> None:
    """Write the documented call of 2015 and the end of the call phase at each site; known rows
    are left alone. The day of the opening is not documented and stays open.
    """
    Call.objects.get_or_create(
        slug="aufruf-2015",
        defaults={
            "programme": programme,
            "title": "Aufruf an die hessischen Ausländerbehörden",
            "text": (
                "Alle hessischen Ausländerbehörden waren eingeladen, sich als Standort zu bewerben."
            ),
            "deadline": CALL_DEADLINE,
            "opened_label": "November 2015",
            "closed_on": CALL_DEADLINE,
            "source_note": CALL_RELEASE,
        },
    )
    for site in Site.objects.filter(slug__in=[row.slug for row in SITES]):
        SitePhase.objects.get_or_create(
            site=site,
            phase=Phase.CALL,
            defaults={
                "planned_to": CALL_DEADLINE,
                "actual_to": CALL_DEADLINE,
                "note": "Bewerbungsfrist; der Tag der Veröffentlichung ist nicht belegt.",
                "source_note": CALL_RELEASE,
            },
        )


def _site(programme: Programme, documented: DocumentedSite) -> Site:
    return Site.objects.create(
        programme=programme,
        organisation=_office(programme, documented.body_key),
        slug=documented.slug,
        name=documented.name,
        status=SiteStatus.WITHDRAWN if documented.is_withdrawn else SiteStatus.COMPLETED,
        summary=documented.summary,
        result=documented.result,
        selected_label="Anfang 2016",
        # Certificates were handed over in June 2017; the day of the month is the end of funding.
        completed_on=None if documented.is_withdrawn else programme.ends_on,
        source_note=documented.source,
    )


def _office(programme: Programme, body_key: str) -> Organisation:
    bodies = PublicBody.objects.on(programme.starts_on).select_related("office")
    return bodies.get(key=body_key).office
