"""Pictures of a manuscript: drawn anew before they are kept, always with words beside them."""

from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import slugify

from programme import audit, storing
from programme.errors import RuleBroken
from programme.models import User
from publications.enums import BlockKind
from publications.models import Block, Chapter, Picture, Publication
from publications.rules.pictures import alt_problem
from publications.services import manuscripts
from sites.rules.photos import Photo

UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
LONGEST_KEY = 30


@dataclass(frozen=True)
class Words:
    """What is written about a picture."""

    alt: str
    caption: str
    credit: str = ""


@transaction.atomic
def add(*, chapter: Chapter, photo: Photo, words: Words, by: User) -> Block:
    """Put a picture at the end of a chapter; refuses one without an alternative text."""
    publication = Publication.objects.select_for_update().get(pk=chapter.publication_id)
    _refuse_speechless(words, photo.name)
    width, height = photo.size
    picture = Picture(
        publication=publication,
        key=_free_key(publication, words.caption),
        name=photo.name,
        content_type=photo.content_type,
        size_bytes=len(photo.content),
        sha256=photo.sha256,
        by=by,
        width=width,
        height=height,
        alt=words.alt,
        caption=words.caption,
        credit=words.credit,
    )
    picture.file.name = _stored(photo)
    picture.save()
    return manuscripts.append(
        chapter=chapter, block=Block(kind=BlockKind.PICTURE, picture=picture), by=by
    )


@transaction.atomic
def describe(*, picture: Picture, words: Words, version: int, by: User) -> Picture:
    """Change the words of a picture that was opened as `version`.

    Refuses an empty alternative text, and overwrites nothing somebody else has changed since.
    """
    picture = Picture.objects.select_for_update(of=("self",)).get(pk=picture.pk)
    if picture.version != version:
        raise RuleBroken(
            "Die Angaben wurden inzwischen von jemand anderem geändert. Bitte vergleichen Sie sie "
            "unten mit Ihren und speichern Sie erneut.",
            field="version",
        )
    _refuse_speechless(words, picture.name)
    picture.alt, picture.caption, picture.credit = words.alt, words.caption, words.credit
    picture.version = version + 1
    picture.save(update_fields=["alt", "caption", "credit", "version"])
    audit.record(
        by=by,
        verb="picture.described",
        subject=picture,
        sentence=f"Die Angaben zum Bild „{picture.caption}“ wurden geändert.",
    )
    return picture


def _refuse_speechless(words: Words, name: str) -> None:
    if problem := alt_problem(words.alt, caption=words.caption, name=name):
        raise RuleBroken(problem, field="alt")


def _free_key(publication: Publication, caption: str) -> str:
    wanted = slugify(caption.translate(UMLAUTS))[:LONGEST_KEY].strip("-_") or "bild"
    taken = set(publication.pictures.values_list("key", flat=True))
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _stored(photo: Photo) -> str:
    """Keep the file under its checksum; the same picture is kept once."""
    name = f"{storing.PICTURES}/{photo.sha256}.{photo.extension}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(photo.content))
        storing.goes_with_rollback(default_storage, name)
    return name
