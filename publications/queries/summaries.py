"""Summaries as the public and the workspace read them."""

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Exists, OuterRef

from publications.enums import Variant
from publications.models import Edition, Publication, Summary

# How browsers and search engines name the languages; "simple" is the registered subtag for it.
LANGUAGES: dict[str, str] = {Variant.GERMAN: "de", Variant.EASY: "de-simple", Variant.ENGLISH: "en"}


@dataclass(frozen=True)
class VariantState:
    """One language of a publication's summary: what is written, public, and out of date."""

    variant: Variant
    summary: Summary | None
    source: str

    @property
    def label(self) -> str:
        return str(self.variant.label)

    @property
    def language(self) -> str:
        return LANGUAGES[self.variant]

    @property
    def is_public(self) -> bool:
        return self.summary is not None and self.summary.signed_at is not None

    @property
    def is_stale(self) -> bool:
        """What the public reads was made from an older source."""
        return (
            self.is_public
            and self.summary is not None
            and self.summary.public_based_on != self.source
        )

    @property
    def draft_is_stale(self) -> bool:
        """What is written was made from an older source."""
        return self.summary is not None and self.summary.based_on != self.source

    @property
    def waits(self) -> bool:
        return self.summary is not None and self.summary.waits_for_sign_off


def states(publication: Publication) -> list[VariantState]:
    """Return all languages in the order of the house; two queries."""
    rows = publication.summaries.select_related("edited_by", "signed_by")
    found = {row.variant: row for row in rows}
    edition = _newest_edition(publication)
    german = digest_of(found.get(Variant.GERMAN))
    return [
        VariantState(variant, found.get(variant), edition if variant == Variant.GERMAN else german)
        for variant in Variant
    ]


def source_of(*, publication: Publication, variant: Variant) -> str:
    """Return the checksum of what a text is made from; empty if there is nothing yet; one query.

    That is the newest edition for the German text, and the public German text for the others.
    """
    if variant == Variant.GERMAN:
        return _newest_edition(publication)
    return digest_of(publication.summaries.filter(variant=Variant.GERMAN).first())


def digest_of(german: Summary | None) -> str:
    """Return the checksum of the public German text; empty if there is none."""
    if german is None or german.signed_at is None:
        return ""
    return sha256(f"{german.public_title}\n{german.public_body}".encode()).hexdigest()


def public_variants() -> dict[str, Exists]:
    """Return columns of a publication that say which summaries can be read; no further query."""
    signed = Summary.objects.public().filter(publication=OuterRef("pk"))
    return {
        f"has_{variant.name.lower()}": Exists(signed.filter(variant=variant)) for variant in Variant
    }


def _newest_edition(publication: Publication) -> str:
    rows = Edition.objects.published().filter(publication=publication)
    return rows.values_list("snapshot_sha256", flat=True).first() or ""
