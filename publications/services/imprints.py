"""Imprint and identifiers: what libraries and the law want to know."""

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from publications.enums import Licence
from publications.models import Edition, Imprint, Publication
from publications.rules import identifiers


class ImprintClash(RuleBroken):
    """Somebody else saved the imprint after it was opened; `current` is what stands now."""

    def __init__(self, current: Imprint) -> None:
        super().__init__(
            "Jemand anderes hat das Impressum geändert, während Sie es bearbeitet haben. Es wurde "
            "nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie dann "
            "noch einmal."
        )
        self.current = current


@dataclass(frozen=True)
class ImprintDraft:
    """What somebody wrote into the imprint; `print_run` in copies."""

    editor_name: str = ""
    responsible: str = ""
    editing: str = ""
    layout: str = ""
    photo_credits: str = ""
    printer: str = ""
    print_run: int | None = None
    as_of: date | None = None
    order_address: str = ""
    isbn: str = ""
    doi: str = ""
    licence: str = Licence.ATTRIBUTION
    keywords: str = ""


COLUMNS = tuple(column.name for column in fields(ImprintDraft))


@transaction.atomic
def revise(*, publication: Publication, draft: ImprintDraft, seen: int, by: User) -> Imprint:
    """Write the imprint of the next edition; editions that are out keep theirs.

    Refuses a wrong ISBN or DOI, an ISBN an edition carries already, and overwriting what somebody
    else saved since version `seen` (ImprintClash).
    """
    locked = Publication.objects.select_for_update().get(pk=publication.pk)
    imprint, _ = Imprint.objects.get_or_create(publication=locked, defaults={"version": 0})
    if imprint.version != seen:
        raise ImprintClash(imprint)
    values = {name: getattr(draft, name) for name in COLUMNS}
    values["isbn"], values["doi"] = identifiers.isbn(draft.isbn), identifiers.doi(draft.doi)
    _refuse_used(values["isbn"])
    changes = {
        name: [str(getattr(imprint, name)), str(value)]
        for name, value in values.items()
        if getattr(imprint, name) != value
    }
    for name, value in values.items():
        setattr(imprint, name, value)
    imprint.version = seen + 1
    imprint.save()
    audit.record(
        by=by,
        verb="imprint.changed",
        subject=imprint,
        sentence=f"Das Impressum von „{locked}“ wurde geändert.",
        changes=changes,
    )
    return imprint


@transaction.atomic
def identify(*, edition: Edition, isbn: str, doi: str, urn: str, by: User) -> Edition:
    """Give an edition its identifiers; text and files stay as they are.

    Refuses wrong check digits, and an ISBN another edition carries.
    """
    locked = Edition.objects.select_for_update().defer("snapshot").get(pk=edition.pk)
    values = {
        "isbn": identifiers.isbn(isbn),
        "doi": identifiers.doi(doi),
        "urn": identifiers.urn(urn),
    }
    _refuse_used(values["isbn"], but=locked)
    changes = {
        name: [getattr(locked, name), value]
        for name, value in values.items()
        if getattr(locked, name) != value
    }
    if not changes:
        return locked
    for name, value in values.items():
        setattr(locked, name, value)
    locked.described_at = clock.now()
    locked.save(update_fields=[*values, "described_at"])
    audit.record(
        by=by,
        verb="edition.identified",
        subject=locked,
        sentence=f"Die Kennungen von {locked} wurden geändert.",
        changes=changes,
    )
    return locked


def _refuse_used(isbn: str, *, but: Edition | None = None) -> None:
    """Refuse the ISBN of another edition, whatever hyphens it is written with."""
    if not isbn:
        return
    others = Edition.objects.exclude(isbn="").select_related("publication").defer("snapshot")
    for other in others:
        if other != but and other.isbn.replace("-", "") == isbn.replace("-", ""):
            raise RuleBroken(
                f"Diese ISBN trägt schon {other}. Jede Ausgabe braucht eine eigene.", field="isbn"
            )
