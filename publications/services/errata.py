"""Corrections of editions: entered once, told in five places (B9)."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from programme import audit, clock, jobs
from programme.errors import RuleBroken
from programme.models import User
from publications import emails
from publications.enums import EditionStatus
from publications.exports import passages
from publications.exports.sections import section_markup
from publications.models import Edition, Erratum, OrderLetter
from publications.queries import errata as queries

AT_ONCE = 200


@transaction.atomic
def note(
    *, edition: Edition, anchor: str, passage: str, correction: str, known_since: date, by: User
) -> Erratum:
    """Publish a correction at once and tell those by mail who agreed.

    `passage` is a piece of the chapter as readers see it. Refuses (RuleBroken, at the field) an
    edition that is not out, a passage that is not there or is there several times, one that is
    corrected already, as a whole or in part, a correction that says the same, and a day to come or
    before the edition.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    passage, correction = passages.flat(passage), passages.flat(correction)
    if edition.status != EditionStatus.PUBLISHED:
        raise RuleBroken("Nur eine veröffentlichte Ausgabe kann korrigiert werden.")
    if passage == correction:
        raise RuleBroken("Beide Angaben sind gleich.", field="correction")
    _refuse_day(edition, known_since)
    chapter = _chapter_with(edition, anchor, passage)
    last = edition.errata.aggregate(last=Max("number"))["last"] or 0
    erratum = Erratum.objects.create(
        edition=edition,
        number=last + 1,
        anchor=anchor,
        chapter=chapter,
        passage=passage,
        correction=correction,
        known_since=known_since,
        noted_by=by,
    )
    tell_orderers.enqueue(erratum_id=erratum.pk)
    audit.record(
        by=by,
        verb="erratum.noted",
        subject=erratum,
        sentence=f"{erratum}: statt „{passage}“ richtig „{correction}“.",
    )
    return erratum


def _refuse_day(edition: Edition, known_since: date) -> None:
    if known_since > clock.today():
        raise RuleBroken("Dieser Tag liegt in der Zukunft.", field="known_since")
    out = clock.day_of(edition.published_at or edition.frozen_at)
    if known_since < out:
        raise RuleBroken(
            f"Die Ausgabe ist erst am {out:%d.%m.%Y} erschienen. Bitte geben Sie diesen oder einen "
            "späteren Tag an.",
            field="known_since",
        )


def _chapter_with(edition: Edition, anchor: str, passage: str) -> str:
    """Return the title of the chapter the passage stands in exactly once."""
    section, markup = section_markup(edition, anchor)
    if section is None:
        raise RuleBroken("Dieses Kapitel gibt es in der Ausgabe nicht.", field="anchor")
    found = passages.times(markup, passage)
    if found == 0:
        raise RuleBroken(
            f"Diese Worte stehen nicht im Kapitel „{section.title}“. Bitte kopieren Sie die Stelle "
            "aus der Ausgabe.",
            field="passage",
        )
    if found > 1:
        raise RuleBroken(
            f"Diese Worte stehen {found}-mal im Kapitel. Bitte nehmen Sie ein paar Worte davor "
            "oder dahinter dazu.",
            field="passage",
        )
    _refuse_twice(edition, anchor, passage, markup)
    return section.title


def _refuse_twice(edition: Edition, anchor: str, passage: str, markup: str) -> None:
    """Two corrections of the same words would be marked one inside the other."""
    for known in queries.errata_of(edition=edition).filter(anchor=anchor):
        if known.passage == passage:
            raise RuleBroken("Diese Stelle ist schon korrigiert.", field="passage")
        if passages.overlap(markup, passage, known.passage):
            raise RuleBroken(
                f"Diese Worte überschneiden sich mit Korrektur {known.number}: "
                f"„{known.passage}“. Bitte nehmen Sie jene zuerst zurück oder wählen Sie nur Worte "
                "außerhalb von ihr.",
                field="passage",
            )


@transaction.atomic
def withdraw(*, erratum: Erratum, reason: str, by: User) -> Erratum:
    """Take back a correction that was wrong itself; it is no longer shown, but kept.

    Refuses an empty reason; one that is withdrawn already stays as it is.
    """
    erratum = Erratum.objects.select_for_update().get(pk=erratum.pk)
    if not reason.strip():
        raise RuleBroken("Bitte geben Sie an, warum die Korrektur nicht stimmt.", field="reason")
    if erratum.withdrawn_at is None:
        erratum.withdrawn_at, erratum.withdrawal_reason = clock.now(), reason.strip()[:300]
        erratum.save(update_fields=["withdrawn_at", "withdrawal_reason"])
        audit.record(
            by=by,
            verb="erratum.withdrawn",
            subject=erratum,
            sentence=f"{erratum} wurde zurückgenommen: {erratum.withdrawal_reason}",
        )
    return erratum


@jobs.job(lane=jobs.LETTERS)
@transaction.atomic
def tell_orderers(*, erratum_id: int) -> int:
    """Write to those who agreed, each once, some hundred at a time; return how many.

    May be repeated: an order remembers the mail it got.
    """
    known = Erratum.objects.select_related("edition__publication__programme")
    erratum = known.defer("edition__snapshot").get(pk=erratum_id)
    if erratum.withdrawn_at is not None:
        return 0
    orders = list(queries.orders_to_tell(erratum=erratum)[:AT_ONCE].select_for_update())
    for order in orders:
        mail = emails.order_erratum(order, erratum)
        name = queries.letter_name(erratum)
        OrderLetter.objects.create(order=order, letter=name, message_id=mail.message_id)
    if len(orders) == AT_ONCE:
        tell_orderers.enqueue(erratum_id=erratum_id)
    return len(orders)
