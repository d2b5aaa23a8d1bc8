"""Pictures of a manuscript: drawn anew before they are kept, always with words beside them."""

from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.text import slugify

from programme import audit, jobs, storing
from programme.errors import RuleBroken
from programme.models import User
from publications.enums import BlockKind
from publications.models import Block, Chapter, Edition, Picture, Publication
from publications.queries import snapshots
from publications.rules.pictures import alt_problem
from publications.services import manuscripts
from sites.rules.photos import Photo

UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
LONGEST_KEY = 30
ONCE_A_DAY = 24 * 60 * 60


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


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def clear_up() -> int:
    """Delete the files of pictures neither a manuscript nor an edition shows; return how many.

    A file never goes with its row, nor with an upload that failed: another upload of the very same
    picture may just count on it. Who adds a picture holds its title until the commit, so while
    this holds all titles nobody does.
    """
    list(Publication.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    needed = set(Picture.objects.values_list("file", flat=True))
    for frozen in Edition.objects.values_list("snapshot", flat=True).iterator(chunk_size=1):
        needed |= {f"{storing.PICTURES}/{address}" for address in snapshots.pictures_of(frozen)}
    spare = [name for name in _files() if name not in needed]
    for name in spare:
        default_storage.delete(name)
    return len(spare)


def _files() -> list[str]:
    try:
        _, names = default_storage.listdir(storing.PICTURES)
    except FileNotFoundError:
        return []
    return [f"{storing.PICTURES}/{name}" for name in names]


def _stored(photo: Photo) -> str:
    """Keep the file under its checksum; the same picture is kept once."""
    name = f"{storing.PICTURES}/{photo.sha256}.{photo.extension}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(photo.content))
    return name
