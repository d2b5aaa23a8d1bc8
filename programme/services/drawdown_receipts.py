"""What comes after the second check of a drawdown: the money and the signed paper."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from programme import audit, clock
from programme.enums import DrawdownStatus
from programme.errors import RuleBroken
from programme.models import Drawdown, DrawdownShare, User
from programme.queries.drawdown_judgement import receipt_findings
from programme.rules import drawdowns as rules
from programme.rules.drawdowns import Receipt
from programme.rules.funding.finding import refuse
from programme.rules.money import written
from programme.services import funding_documents
from programme.services.drawdowns import lock
from programme.services.funding_documents import NewPaper


@transaction.atomic
def receive(
    *,
    drawdown: Drawdown,
    seen_revision: int,
    receipts: Mapping[str, Receipt],
    by: User,
    at: datetime | None = None,
) -> Drawdown:
    """Note what came in (EUR) on which day, by the key of the source; may be corrected later.

    Refuses (RuleBroken) a drawdown without second check, a state the person has not seen, more
    than was asked for, more than the source may pay in advance (F10), and a day before the
    request or still to come. Once every source has paid, the drawdown counts as received.
    """
    # Another drawdown may not take the room of this receipt while it is judged.
    lock(programme=drawdown.programme)
    locked = Drawdown.objects.select_for_update().get(pk=drawdown.pk)
    rules.decided(locked)
    rules.same_revision(locked, seen_revision)
    shares = list(locked.shares.select_related("source"))
    raised = _raised(shares, receipts)
    changed = [
        share
        for share in shares
        if share.source.key in receipts and _note(locked, share, receipts[share.source.key])
    ]
    if not changed:
        raise RuleBroken("Bitte geben Sie an, welcher Betrag an welchem Tag eingegangen ist.")
    _within_cap(locked, raised, at)
    locked.status = _status(shares)
    locked.revision += 1
    locked.save(update_fields=["status", "revision"])
    audit.record(
        by=by,
        verb="drawdown.received",
        subject=locked,
        sentence=f"Zahlung zum {locked} eingegangen: {'; '.join(map(_told, changed))}.",
        at=at,
    )
    return locked


@transaction.atomic
def keep_signed_copy(*, drawdown: Drawdown, paper: NewPaper, by: User) -> Drawdown:
    """Keep the signed request with the drawdown; a newer one takes the place of the last.

    Earlier copies stay in the file of the funding. Refuses (RuleBroken) a drawdown without second
    check.
    """
    locked = Drawdown.objects.select_for_update().get(pk=drawdown.pk)
    rules.decided(locked)
    locked.signed_copy = funding_documents.keep(
        programme=locked.programme,
        title=f"Unterschriebene Anforderung zum {locked}",
        paper=paper,
        by=by,
    )
    locked.save(update_fields=["signed_copy"])
    audit.record(
        by=by,
        verb="drawdown.signed_copy_kept",
        subject=locked,
        sentence=f"Unterschriebene Anforderung zum {locked} abgelegt: {paper.checked.name}.",
    )
    return locked


def _status(shares: Collection[DrawdownShare]) -> DrawdownStatus:
    complete = all(share.received_on or not share.requested_eur for share in shares)
    return DrawdownStatus.RECEIVED if complete else DrawdownStatus.APPROVED


def _raised(
    shares: Collection[DrawdownShare], receipts: Mapping[str, Receipt]
) -> dict[str, Decimal]:
    """Return the receipts (EUR) F10 is asked about: lowering one is always possible."""
    return {
        share.source.key: receipts[share.source.key].received_eur
        for share in shares
        if share.source.key in receipts
        and receipts[share.source.key].received_eur > (share.received_eur or 0)
    }


def _within_cap(drawdown: Drawdown, raised: Mapping[str, Decimal], at: datetime | None) -> None:
    """Refuse (RuleBroken, rule F10) receipts (EUR) beyond what is known to be payable by then."""
    day = clock.day_of(at) if at else clock.today()
    refuse(receipt_findings(drawdown=drawdown, received_eur=raised, on=day), confirmed=False)


def _note(drawdown: Drawdown, share: DrawdownShare, receipt: Receipt) -> bool:
    """Write down one receipt; tells whether it is new."""
    name, key = share.source.short_name, share.source.key
    if receipt.received_eur > share.requested_eur:
        raise RuleBroken(
            f"{name}: Angefordert waren {written(share.requested_eur)}. Bitte prüfen Sie den "
            "Betrag; eine Überzahlung gehört nicht zu diesem Abruf.",
            field=f"received_eur_{key}",
        )
    if not drawdown.requested_on <= receipt.received_on <= clock.today():
        raise RuleBroken(
            f"{name}: Der Tag des Eingangs liegt zwischen dem Abruf am "
            f"{drawdown.requested_on:%d.%m.%Y} und heute.",
            field=f"received_on_{key}",
        )
    if (share.received_eur, share.received_on) == (receipt.received_eur, receipt.received_on):
        return False
    share.received_eur, share.received_on = receipt.received_eur, receipt.received_on
    share.save(update_fields=["received_eur", "received_on"])
    return True


def _told(share: DrawdownShare) -> str:
    return (
        f"{share.source.short_name} {written(share.received_eur or share.requested_eur)} am "
        f"{share.received_on:%d.%m.%Y}"
    )
