"""One factory per model of the third floor."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from programme import tokens
from publications.enums import BlockKind, DownloadFormat, LabelSheet, OrderRuleKind
from publications.models import (
    Block,
    BlockComment,
    Chapter,
    Edition,
    EditionFile,
    Erratum,
    Order,
    OrderItem,
    OrderRule,
    PackedOrder,
    PackingBatch,
    Publication,
)
from tests.factories.programme import ProgrammeFactory, UserFactory


class PublicationFactory(DjangoModelFactory[Publication]):
    class Meta:
        model = Publication

    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"bericht-{n}")
    title = "Abschlussbericht"
    stock = 100


class ChapterFactory(DjangoModelFactory[Chapter]):
    class Meta:
        model = Chapter

    publication = factory.SubFactory(PublicationFactory)
    position = factory.Sequence(lambda n: n + 1)
    anchor = factory.Sequence(lambda n: f"kapitel-{n}")
    title = "Hintergrund"


class BlockFactory(DjangoModelFactory[Block]):
    class Meta:
        model = Block

    chapter = factory.SubFactory(ChapterFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = BlockKind.TEXT
    body = "Ein Absatz über Größe und Maß."


class BlockCommentFactory(DjangoModelFactory[BlockComment]):
    class Meta:
        model = BlockComment

    block = factory.SubFactory(BlockFactory)
    text = "Bitte die Zahl prüfen."
    by = factory.SubFactory(UserFactory)


def frozen(slug: str, number: int, title: str) -> dict[str, Any]:
    """Return a snapshot with everything but chapters."""
    return {
        "publication": {
            "slug": slug,
            "title": title,
            "subtitle": "Größe und Maß",
            "summary": "Was sich <b>verändert</b> hat.",
        },
        "edition": {"number": number, "dated": "2017-06-30", "is_sample": False},
        "imprint": {"publisher_name": "Ministerium", "city": "Wiesbaden"},
        "programme": {"starts_on": "2015-10-01", "ends_on": "2017-06-30"},
        "chapters": [],
    }


class EditionFactory(DjangoModelFactory[Edition]):
    class Meta:
        model = Edition

    publication = factory.SubFactory(PublicationFactory)
    number = factory.Sequence(lambda n: n + 1)
    snapshot = factory.LazyAttribute(
        lambda made: frozen(made.publication.slug, made.number, made.publication.title)
    )
    snapshot_sha256 = "0" * 64
    frozen_by = factory.SubFactory(UserFactory)


class EditionFileFactory(DjangoModelFactory[EditionFile]):
    class Meta:
        model = EditionFile

    edition = factory.SubFactory(EditionFactory)
    format = DownloadFormat.EPUB


class OrderFactory(DjangoModelFactory[Order]):
    class Meta:
        model = Order

    number = factory.Sequence(lambda n: f"B-{n:06d}")
    full_name = "Käthe Strauß"
    street = "Schloßallee 1"
    postcode = "65183"
    city = "Wiesbaden"
    email = factory.Sequence(lambda n: f"kaethe{n}@example.org")
    token_seed = factory.LazyFunction(tokens.new_seed)
    token_digest = factory.LazyAttribute(
        lambda row: tokens.digest(tokens.token("order", row.token_seed))
    )


class OrderItemFactory(DjangoModelFactory[OrderItem]):
    class Meta:
        model = OrderItem

    order = factory.SubFactory(OrderFactory)
    publication = factory.SubFactory(PublicationFactory)
    copies = 3


class ErratumFactory(DjangoModelFactory[Erratum]):
    class Meta:
        model = Erratum

    edition = factory.SubFactory(EditionFactory)
    number = factory.Sequence(lambda n: n + 1)
    anchor = "hintergrund"
    chapter = "Hintergrund"
    passage = "zehn Ländern"
    correction = "elf Ländern"
    known_since = date(2017, 8, 1)
    noted_by = factory.SubFactory(UserFactory)


class PackingBatchFactory(DjangoModelFactory[PackingBatch]):
    class Meta:
        model = PackingBatch

    number = factory.Sequence(lambda n: f"P-{n:06d}")
    sheet = LabelSheet.A4_24
    printed_by = factory.SubFactory(UserFactory)


class PackedOrderFactory(DjangoModelFactory[PackedOrder]):
    class Meta:
        model = PackedOrder

    batch = factory.SubFactory(PackingBatchFactory)
    order = factory.SubFactory(OrderFactory)
    position = factory.Sequence(lambda n: n + 1)


class OrderRuleFactory(DjangoModelFactory[OrderRule]):
    class Meta:
        model = OrderRule

    programme = factory.SubFactory(ProgrammeFactory)
    kind = OrderRuleKind.REGION
    name = "Hessen"
    text = "vor allem für Hessen"
    postcodes = factory.LazyFunction(lambda: [["60001", "63699"], ["65183", "65326"]])
