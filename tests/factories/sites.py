"""One factory per model of the second floor."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from programme import tokens
from sites.enums import AssignmentKind, CoachingDayState, MeasureStatus, SiteStatus
from sites.models import (
    Adoption,
    CoachingDay,
    CoachingPhoto,
    Communication,
    DayDraft,
    Goal,
    Indicator,
    IndicatorEvidence,
    IndicatorGroup,
    IndicatorNudge,
    IndicatorReading,
    IndicatorRelease,
    IndicatorValue,
    LegalNorm,
    Measure,
    MeasureUpdate,
    NextStep,
    PracticeCard,
    Site,
    SiteAssignment,
    SiteContact,
    SitePhase,
)
from tests.factories.network import OrganisationFactory
from tests.factories.programme import FieldOfActionFactory, ProgrammeFactory, UserFactory


class SiteFactory(DjangoModelFactory[Site]):
    class Meta:
        model = Site

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda n: f"standort-{n}")
    name = factory.Sequence(lambda n: f"Standort {n}")
    status = SiteStatus.ACTIVE


class SiteAssignmentFactory(DjangoModelFactory[SiteAssignment]):
    class Meta:
        model = SiteAssignment

    user = factory.SubFactory(UserFactory)
    site = factory.SubFactory(SiteFactory)
    kind = AssignmentKind.STAFF
    starts_on = date(2015, 10, 1)


class GoalFactory(DjangoModelFactory[Goal]):
    class Meta:
        model = Goal

    site = factory.SubFactory(SiteFactory)
    field_of_action = factory.SubFactory(FieldOfActionFactory)
    title = factory.Sequence(lambda n: f"Kürzere Wege {n}")


class LegalNormFactory(DjangoModelFactory[LegalNorm]):
    class Meta:
        model = LegalNorm

    key = factory.Sequence(lambda n: f"norm-{n}")
    kind = "integration"
    norm = factory.Sequence(lambda n: f"§ {n + 1} AufenthG")
    task = "weist auf Rechte und Pflichten hin"


class MeasureFactory(DjangoModelFactory[Measure]):
    class Meta:
        model = Measure

    site = factory.SubFactory(SiteFactory)
    field_of_action = factory.SubFactory(FieldOfActionFactory)
    title = factory.Sequence(lambda n: f"Terminvergabe {n}")
    status = MeasureStatus.RUNNING


class MeasureUpdateFactory(DjangoModelFactory[MeasureUpdate]):
    """A step; the measure has to stand where its newest step says."""

    class Meta:
        model = MeasureUpdate

    measure = factory.SubFactory(MeasureFactory)
    status = factory.SelfAttribute("measure.status")
    happened_on = date(2016, 3, 31)


class CoachingDayFactory(DjangoModelFactory[CoachingDay]):
    class Meta:
        model = CoachingDay

    site = factory.SubFactory(SiteFactory)
    coach = factory.SubFactory(UserFactory)
    held_on = date(2016, 2, 29)
    hours = Decimal("6.50")
    participants = 5
    topic = "Ist-Analyse"
    happened = "Abläufe am Empfang aufgenommen."
    state = CoachingDayState.CONFIRMED

    class Params:
        handed_in = factory.Trait(
            state=CoachingDayState.HANDED_IN,
            token_seed=factory.LazyFunction(tokens.new_seed),
            token_digest=factory.LazyAttribute(
                lambda row: tokens.digest(tokens.token("coaching_day", row.token_seed))
            ),
        )


class CoachingPhotoFactory(DjangoModelFactory[CoachingPhoto]):
    class Meta:
        model = CoachingPhoto

    coaching_day = factory.SubFactory(CoachingDayFactory)
    file = factory.django.FileField(filename="tafel.png", data=b"\x89PNG")
    name = "Tafel.png"
    content_type = "image/png"
    size_bytes = 4
    sha256 = "0" * 64
    by = factory.SubFactory(UserFactory)


class DayDraftFactory(DjangoModelFactory[DayDraft]):
    class Meta:
        model = DayDraft

    key = factory.LazyFunction(uuid4)
    coach = factory.SubFactory(UserFactory)
    values = factory.LazyFunction(lambda: {"happened": "Abläufe am Empfang aufgenommen."})


class NextStepFactory(DjangoModelFactory[NextStep]):
    class Meta:
        model = NextStep

    coaching_day = factory.SubFactory(CoachingDayFactory)
    side = "site"
    text = "Wartezeiten zwei Wochen lang zählen"


class PracticeCardFactory(DjangoModelFactory[PracticeCard]):
    class Meta:
        model = PracticeCard

    site = factory.SubFactory(SiteFactory)
    field_of_action = factory.SubFactory(FieldOfActionFactory)
    title = factory.Sequence(lambda n: f"Termine online vergeben {n}")
    slug = factory.Sequence(lambda n: f"termine-online-{n}")
    problem = "Lange Schlangen am Morgen."
    steps = "Termine nur noch online vergeben, Notfälle am Empfang klären."

    class Params:
        public = factory.Trait(
            audience="public", released_at=datetime(2017, 3, 1, 9, tzinfo=UTC), effect="Kürzer."
        )
        network = factory.Trait(
            audience="offices", released_at=datetime(2017, 3, 1, 9, tzinfo=UTC), effect="Kürzer."
        )


class AdoptionFactory(DjangoModelFactory[Adoption]):
    class Meta:
        model = Adoption

    card = factory.SubFactory(PracticeCardFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    token_seed = factory.LazyFunction(tokens.new_seed)
    token_digest = factory.LazyAttribute(
        lambda row: tokens.digest(tokens.token("adoption", row.token_seed))
    )


class IndicatorFactory(DjangoModelFactory[Indicator]):
    class Meta:
        model = Indicator

    key = factory.Sequence(lambda n: f"wartezeit_{n}")
    name = factory.Sequence(lambda n: f"Wartezeit vor Ort {n}")
    unit = "Minuten"
    kind = "number"
    better = "lower"
    definition = "Median der Wartezeit vom Eintreffen bis zum Aufruf."
    counts_cases = False

    class Params:
        cases = factory.Trait(unit="Fälle", counts_cases=True)
        percent = factory.Trait(unit="%", kind="percent", counts_cases=True)


class IndicatorValueFactory(DjangoModelFactory[IndicatorValue]):
    class Meta:
        model = IndicatorValue

    site = factory.SubFactory(SiteFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    phase = "baseline"
    value = Decimal("45.00")
    n = 120
    measured_on = date(2016, 2, 29)
    method = "count"
    source = "Strichliste am Empfang"


class IndicatorReadingFactory(DjangoModelFactory[IndicatorReading]):
    class Meta:
        model = IndicatorReading

    value_of = factory.SubFactory(IndicatorValueFactory)
    measured_on = date(2016, 2, 29)
    value = Decimal("44.00")


class IndicatorGroupFactory(DjangoModelFactory[IndicatorGroup]):
    class Meta:
        model = IndicatorGroup

    value_of = factory.SubFactory(IndicatorValueFactory)
    position = factory.Sequence(lambda n: n)
    label = factory.Sequence(lambda n: f"Gruppe {n}")
    value = Decimal("20.00")


class IndicatorEvidenceFactory(DjangoModelFactory[IndicatorEvidence]):
    class Meta:
        model = IndicatorEvidence

    value_of = factory.SubFactory(IndicatorValueFactory)
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7", name="strichliste.pdf"))
    name = "strichliste.pdf"
    content_type = "application/pdf"
    size_bytes = 8
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    by = factory.SubFactory(UserFactory)


class IndicatorReleaseFactory(DjangoModelFactory[IndicatorRelease]):
    class Meta:
        model = IndicatorRelease

    site = factory.SubFactory(SiteFactory)
    indicator = factory.SubFactory(IndicatorFactory)


class IndicatorNudgeFactory(DjangoModelFactory[IndicatorNudge]):
    class Meta:
        model = IndicatorNudge

    site = factory.SubFactory(SiteFactory)
    recipient = factory.SubFactory(UserFactory)
    sent_by = factory.SubFactory(UserFactory)


class SitePhaseFactory(DjangoModelFactory[SitePhase]):
    class Meta:
        model = SitePhase

    site = factory.SubFactory(SiteFactory)
    phase = "measures"


class SiteContactFactory(DjangoModelFactory[SiteContact]):
    class Meta:
        model = SiteContact

    site = factory.SubFactory(SiteFactory)
    function = "Teamleitung Empfang"


class CommunicationFactory(DjangoModelFactory[Communication]):
    class Meta:
        model = Communication

    site = factory.SubFactory(SiteFactory)
    happened_on = date(2016, 2, 29)
    kind = "phone"
    partner = "Teamleitung Empfang"
    topic = factory.Sequence(lambda n: f"Termin der Auftaktsitzung {n}")
    by = factory.SubFactory(UserFactory)
