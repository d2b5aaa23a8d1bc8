"""The preflight: everything to look at before a manuscript becomes an edition, on one page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse

from programme import clock
from programme.rules.publicity import funding_finding
from publications.enums import BlockKind
from publications.exports import inspection
from publications.exports.inspection import Inspection
from publications.models import BlockComment, Edition, Erratum, Publication
from publications.queries import content, snapshots
from publications.queries.errata import known_errata
from publications.queries.sign_offs import NEEDED, SignOffs, sign_offs
from publications.rules import notes, pdf_marks, placeholders, readability, references
from publications.rules.editions import DUTIES, PRINTED
from publications.rules.findings import Check, Finding
from publications.rules.pictures import alt_problem

EMPTY = {"", "0", "null", "0 Euro"}
SHOWS = {
    BlockKind.SITE_PROFILES: "sites",
    BlockKind.MEETING_LIST: "meetings",
    BlockKind.FUNDING_SPLIT: "sources",
    BlockKind.BUDGET_LINES: "lines",
    BlockKind.MEASURES_BY_FIELD: "fields",
    BlockKind.BALANCE: "fields",
    BlockKind.BEFORE_AFTER: "indicators",
    BlockKind.PRACTICE_CARDS: "cards",
    BlockKind.SITE_PROFILE: "profile",
    BlockKind.TIMELINE: "milestones",
    BlockKind.SURVEY: "survey",
}
MISSING = "Die Datei der Ausgabe fehlt."
IN_PROGRAMME = {"order_mailbox", "election_notice"}


@dataclass(frozen=True)
class Preflight:
    """The state at hand, who has agreed with it, and everything that was found."""

    frozen: dict[str, Any]
    checks: tuple[Check, ...]
    signed: SignOffs
    newest: Edition | None

    @property
    def blockers(self) -> int:
        return sum(len(check.blockers) for check in self.checks)

    @property
    def hints(self) -> int:
        return sum(len(check.hints) for check in self.checks)

    @property
    def refusal(self) -> str:
        """Say in German what stops an edition; the sign-offs only once all else is in order."""
        *before, last = self.checks
        rows = [row for check in before for row in check.blockers] or list(last.blockers)
        return " ".join(dict.fromkeys(row.text for row in rows))


def run(publication: Publication) -> Preflight:
    """Look at everything; blockers stop an edition, hints do not. `frozen` is the next edition.

    Beside texts and figures one query each for remarks, corrections, sign-offs and the newest
    edition.
    """
    newest = snapshots.newest_of(publication)
    chapters = snapshots.manuscript_chapters(publication)
    data = content.report_data(publication.programme)
    frozen = snapshots.snapshot(
        publication,
        number=snapshots.next_number(newest),
        moment=clock.now(),
        chapters=chapters,
        data=data,
    )
    comments = BlockComment.objects.filter(
        block__chapter__publication=publication, settled_at__isnull=True
    )
    signed = sign_offs(publication, state=snapshots.state_of(frozen))
    seen = inspection.inspect(publication, chapters=chapters, frozen=frozen)
    found = _checks(
        seen,
        values=content.sentence_values(data),
        comments=list(comments.select_related("by", "block__chapter").order_by("created_at", "pk")),
        errata=list(known_errata(publication=publication)),
        signed=signed,
        newest=newest,
    )
    return Preflight(frozen, tuple(found), signed, newest)


def _checks(
    seen: Inspection,
    *,
    values: dict[str, str],
    comments: list[BlockComment],
    errata: list[Erratum],
    signed: SignOffs,
    newest: Edition | None,
) -> list[Check]:
    looked: list[tuple[str, str, Iterator[Finding]]] = [
        ("Alternativtexte", "Jedes Bild ist in Worten beschrieben.", _pictures(seen)),
        ("Überschriften", "Keine Ebene ist übersprungen.", inspection.headings(seen)),
        ("Tabellen", "Jede Spalte hat eine Kopfzelle.", inspection.tables(seen)),
        (
            "Links und Verweise",
            "Sprungmarken und Seiten gibt es; fremde Adressen sind vollständig, aufgerufen "
            "werden sie nicht.",
            _links(seen),
        ),
        ("Offene Zahlen", "Jeder Platzhalter hat einen Wert.", _figures(seen, values)),
        (
            "Korrekturen",
            "Was an früheren Ausgaben falsch war, steht nicht mehr im Manuskript.",
            inspection.uncorrected(seen, errata),
        ),
        ("Anmerkungen", "Alle Anmerkungen sind erledigt.", _comments(seen, comments)),
        (
            "Impressum und Hinweise",
            "Herausgeber, Förderhinweis und Hinweis zur Wahlwerbung sind da.",
            _duties(seen),
        ),
        ("Lesbarkeit", "Sätze und Wörter sind nicht zu lang.", _readability(seen)),
        ("PDF/UA-Struktur", "So hat die neueste Ausgabe das Setzen bestanden.", _pdf(seen, newest)),
        ("Freigaben", "Zwei Personen haben genau diesen Stand gelesen.", _signed(seen, signed)),
    ]
    return [Check(title, note, tuple(findings)) for title, note, findings in looked]


def _pictures(seen: Inspection) -> Iterator[Finding]:
    for part in seen.parts:
        picture = part.block.picture
        if picture is None:
            continue
        problem = alt_problem(picture.alt, caption=picture.caption, name=picture.name)
        if problem:
            yield seen.at(part, f"„{picture.caption}“: {problem}")
    yield from inspection.pictures(seen)


def _links(seen: Inspection) -> Iterator[Finding]:
    known = references.targets(seen.frozen["chapters"])
    for part in seen.parts:
        body = part.block.body
        for written in references.unknown(body, known):
            yield seen.at(part, f"Den Verweis {written} gibt es nicht.")
        for mark in notes.without_note(body):
            yield seen.at(part, f"Zu [^{mark}] fehlt die Fußnote.")
        for mark in notes.without_mark(body):
            yield seen.at(part, f"Auf die Fußnote [^{mark}] verweist kein Satz.", is_blocker=False)
    yield from inspection.links(seen)


def _figures(seen: Inspection, values: dict[str, str]) -> Iterator[Finding]:
    for part in seen.parts:
        chapter = part.chapter.title
        for name in placeholders.used(part.block.body):
            if name not in values:
                told = f"Im Kapitel „{chapter}“ steht der unbekannte Platzhalter {{{name}}}."
                yield seen.at(part, told)
            elif values[name] in EMPTY:
                told = f"{{{name}}} steht für „{values[name]}“. Stimmt der Satz noch?"
                yield seen.at(part, told, is_blocker=False)
        column = SHOWS.get(BlockKind(part.block.kind))
        if column and not part.item.data[column]:
            yield seen.at(part, "Für diesen Baustein gibt es noch keine Daten.", is_blocker=False)


def _comments(seen: Inspection, comments: list[BlockComment]) -> Iterator[Finding]:
    for row in comments:
        yield Finding(
            f"{row.by} merkt an: „{row.text}“",
            where=row.block.chapter.title,
            url=seen.page("comment_block", row.block_id),
            link="Zur Anmerkung",
        )


def _duties(seen: Inspection) -> Iterator[Finding]:
    frozen = seen.frozen
    if not frozen["chapters"]:
        told = "Es gibt noch kein Manuskript. Bitte stellen Sie den Bericht zuerst zusammen."
        yield Finding(told, url=seen.page("manuscript"), link="Bericht zusammenstellen")
        return
    title, imprint = frozen["publication"]["title"], frozen["imprint"]
    notices = (reverse("programme:edit_programme_notices"), "Postfach und Hinweise bearbeiten")
    office = (reverse("programme:edit_legal_notice"), "Anbieterangaben bearbeiten")
    funding = funding_finding(title, notice=imprint["funding_notice"], templates=PRINTED)
    if funding is not None:
        yield Finding(funding.text, "", *notices)
    for key, label in DUTIES.items():
        if not imprint[key]:
            # The office may read on who mends it: contact data belongs to the administration.
            who = "" if key in IN_PROGRAMME else " Das trägt die Verwaltung des Portals ein."
            way = notices if key in IN_PROGRAMME else office
            yield Finding(f"Im Impressum fehlt {label}.{who}", "", *way)
    if not any(part.block.kind == BlockKind.IMPRINT for part in seen.parts):
        yield Finding(
            "Das Impressum ist nicht Teil des Manuskripts.",
            url=f"{seen.page('manuscript')}#impressum",
            link="Impressum aufnehmen",
        )


def _readability(seen: Inspection) -> Iterator[Finding]:
    for part in seen.parts:
        found = readability.ease(part.block.body)
        if found.is_hard:
            yield seen.at(
                part,
                f"Schwer zu lesen: Lesbarkeit {found.ease} von 100, im Schnitt "
                f"{found.per_sentence:.0f} Wörter je Satz, der längste Satz hat {found.longest}.",
                is_blocker=False,
            )


def _pdf(seen: Inspection, newest: Edition | None) -> Iterator[Finding]:
    if newest is None or not newest.pdf:
        told = (
            "Noch ist keine Ausgabe gesetzt. Ein PDF, das PDF/UA-1 und PDF/A-3 nicht einhält, "
            "wird nicht veröffentlicht."
        )
        yield Finding(told, is_blocker=False)
        return
    url = seen.page("edition_progress", newest.number)
    name = newest.pdf.name or ""
    is_there = default_storage.exists(name)
    problems = _structure(name, newest.pdf_sha256) if is_there else (MISSING,)
    for told in problems:
        yield Finding(f"Ausgabe {newest.number}: {told}", "", url, "Zur Ausgabe", is_blocker=False)


@lru_cache(maxsize=16)
def _structure(name: str, sha256: str) -> tuple[str, ...]:
    """Return what the PDF of an edition lacks; it never changes, so it is read once a process.

    The checksum stands beside the name because a failed setting may use the name again.
    """
    with default_storage.open(name) as file:
        return tuple(pdf_marks.problems(file.read()))


def _signed(seen: Inspection, signed: SignOffs) -> Iterator[Finding]:
    missing = NEEDED - len(signed.valid)
    if missing > 0:
        told = "Es fehlen zwei Freigaben" if missing == NEEDED else "Es fehlt eine Freigabe"
        yield Finding(
            f"{told}: Zwei verschiedene Personen lesen diesen Stand und geben ihn frei.",
            url=f"{seen.page('preflight')}#freigaben",
            link="Zu den Freigaben",
        )
