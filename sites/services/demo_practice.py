"""Made-up practice cards and what became of them at other offices."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction

from network.enums import Audience
from network.models import Meeting, Organisation
from programme import clock, tokens
from programme.models import Programme
from sites.enums import AdoptionState
from sites.models import Adoption, Measure, PracticeCard
from sites.rules.practice import CardDraft, check_draft

# When a card was released: after its measure had been tried at the site itself.
RELEASED_ON = {
    "terminvergabe-nach-anliegen": date(2016, 7, 18),
    "rueckruf-statt-warteschleife": date(2016, 8, 26),
    "kurzschalter-fuer-einfache-anliegen": date(2016, 8, 8),
    "fallbesprechung-zu-ermessensspielraeumen": date(2017, 2, 6),
}
EIGHT = time(8)
ASKED_AT = "2-landesnetzwerktreffen"
CARDS: tuple[dict[str, Any], ...] = (
    {
        "measure": "Terminvergabe nach Anliegen",
        "slug": "terminvergabe-nach-anliegen",
        "problem": "Am Vormittag warteten viele Menschen ohne Termin, oft mit unvollständigen "
        "Unterlagen. Dringende Fälle gingen in der Menge unter.",
        "steps": "Anliegen zwei Wochen lang zählen\nFünf Anliegen mit fester Dauer festlegen\n"
        "Zu jedem Anliegen die nötigen Unterlagen nennen\nEin tägliches Zeitfenster für "
        "dringende Fälle freihalten\nNach vier Wochen Dauer und Fenster anpassen",
        "effort_hours": Decimal("60.5"),
        "effect_n": 310,
        "contact": "Teamleitung Service, Ausländerbehörde Gießen",
        "audience": Audience.PUBLIC,
    },
    {
        "measure": "Rückruf statt Warteschleife",
        "slug": "rueckruf-statt-warteschleife",
        "problem": "Anrufe unterbrachen Vorsprachen, und wer anrief, kam selten durch.",
        "steps": "Eine gemeinsame Rufnummer einrichten\nAnliegen mit drei Fragen aufnehmen\n"
        "Rückrufe auf die Fachteams verteilen\nFrist von zwei Arbeitstagen wöchentlich prüfen",
        "effort_hours": Decimal("28.5"),
        "effect_n": 640,
        "contact": "Teamleitung Service, Ausländerbehörde Offenbach am Main",
        "audience": Audience.PUBLIC,
    },
    {
        "measure": "Kurzschalter für einfache Anliegen",
        "slug": "kurzschalter-fuer-einfache-anliegen",
        "problem": "Für eine Bescheinigung wartete man so lange wie für eine Beratung.",
        "steps": "Einfache Anliegen auflisten\nEinen Schalter ohne Termin besetzen\n"
        "Aushang mit den Anliegen am Eingang anbringen",
        "effort_hours": Decimal("47.5"),
        "effect_n": 460,
        "contact": "Teamleitung Empfang, Ausländerbehörde Wiesbaden",
        "audience": Audience.PUBLIC,
    },
    {
        "measure": "Fallbesprechung zu Ermessensspielräumen",
        "slug": "fallbesprechung-zu-ermessensspielraeumen",
        "problem": "Gleiche Fälle wurden in den Teams verschieden entschieden.",
        "steps": "Fälle ohne Namen vorbereiten\nEinmal im Monat eine Stunde besprechen\n"
        "Ergebnis in einem Satz festhalten",
        "effort_hours": Decimal(18),
        "effect_n": 24,
        "contact": "Amtsleitung, Ausländerbehörde Offenbach am Main",
        "audience": Audience.OFFICES,
    },
)
# Card, office, state, since, figure with unit; whoever answered did so after the second meeting.
TRIED: tuple[tuple[str, str, str, date, str, str], ...] = (
    ("terminvergabe-nach-anliegen", "fulda", "adopted", date(2016, 7, 25), "18",
     "Minuten weniger Wartezeit je Vorsprache"),
    ("terminvergabe-nach-anliegen", "marburg", "trying", date(2016, 8, 8), "", ""),
    ("rueckruf-statt-warteschleife", "wetteraukreis", "adopted", date(2016, 8, 29), "35",
     "Anrufe je Tag weniger in den Fachteams"),
    ("kurzschalter-fuer-einfache-anliegen", "kassel", "dropped", date(2016, 8, 22), "", ""),
    ("kurzschalter-fuer-einfache-anliegen", "hanau", "trying", date(2016, 12, 5), "", ""),
)  # fmt: skip


@transaction.atomic
def load(*, programme: Programme) -> None:
    """Make the cards from the demo measures and enter which offices tried them."""
    measures = Measure.objects.filter(site__programme=programme)
    by_title = {row.title: row for row in measures.select_related("field_of_action")}
    asked = Meeting.objects.filter(programme=programme, slug=ASKED_AT).first()
    made = {}
    for row in CARDS:
        measure = by_title.get(row["measure"])
        if measure is not None:
            made[row["slug"]] = _card(measure, row)
    offices = {row.slug: row for row in Organisation.objects.offices()}
    for slug, office, state, started_on, figure, unit in TRIED:
        if slug not in made or office not in offices:
            continue
        has_answered = state != AdoptionState.TRYING
        seed, digest = tokens.issue("adoption")
        Adoption.objects.create(
            card=made[slug],
            organisation=offices[office],
            state=state,
            started_on=started_on,
            asked_at_meeting=asked if has_answered else None,
            answered_at=datetime(2016, 9, 28, 8, tzinfo=UTC) if has_answered else None,
            figure=Decimal(figure) if figure else None,
            figure_unit=unit,
            token_seed=seed,
            token_digest=digest,
        )


def _card(measure: Measure, row: dict[str, Any]) -> PracticeCard:
    columns = {key: value for key, value in row.items() if key not in {"measure", "slug"}}
    known: dict[str, Any] = {
        "field_of_action": measure.field_of_action,
        "title": measure.title,
        "effect": measure.effect,
    }
    check_draft(CardDraft(**known | columns))
    return PracticeCard.objects.create(
        site_id=measure.site_id,
        measure=measure,
        slug=row["slug"],
        released_at=clock.at(RELEASED_ON[row["slug"]], EIGHT),
        **known | columns,
    )
