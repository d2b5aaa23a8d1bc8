"""A voucher, the entry that takes it back, and the one that stands in its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from programme.enums import VoucherStatus
from programme.models import Voucher


@dataclass(frozen=True)
class Family:
    """The vouchers that belong to a correction, seen from one of them; rejected ones are left out.

    `counter` takes this one back, `successor` stands in its place; `taken_back` is what this one
    takes back, `predecessor` what it replaces; `credit_notes` give a part of it back, `credited` is
    what it gives back itself.
    """

    counter: Voucher | None = None
    successor: Voucher | None = None
    taken_back: Voucher | None = None
    predecessor: Voucher | None = None
    credited: Voucher | None = None
    credit_notes: tuple[Voucher, ...] = ()

    @property
    def mark(self) -> str:
        """Say in a few words how this voucher stands to others; empty if it stands alone."""
        said = [
            ("Gegenbuchung zu", self.taken_back),
            ("zurückgenommen durch", self.counter),
            ("ersetzt durch", self.successor),
            ("anstelle von", self.predecessor),
            ("Gutschrift zu", self.credited),
            *(("gemindert durch", note) for note in self.credit_notes),
        ]
        return ", ".join(f"{words} {voucher}" for words, voucher in said if voucher is not None)


def family(*, voucher: Voucher) -> Family:
    """Return the relatives of a voucher in one query."""
    return families(vouchers=[voucher])[voucher.pk]


def families(*, vouchers: Sequence[Voucher]) -> dict[int, Family]:
    """Return the relatives of each voucher by its key, in one query for all."""
    keys = [voucher.pk for voucher in vouchers]
    earlier = {
        key
        for voucher in vouchers
        for key in (voucher.corrects_id, voucher.replaces_id, voucher.credits_id)
        if key is not None
    }
    later = Q(corrects__in=keys) | Q(replaces__in=keys) | Q(credits__in=keys)
    related = later | Q(pk__in=earlier)
    found = Voucher.objects.filter(related).exclude(status=VoucherStatus.REJECTED)
    rows = list(found.order_by("number"))
    return {voucher.pk: _among(rows, voucher) for voucher in vouchers}


def _among(rows: Sequence[Voucher], voucher: Voucher) -> Family:
    return Family(
        counter=_first(row for row in rows if row.corrects_id == voucher.pk),
        successor=_first(row for row in rows if row.replaces_id == voucher.pk),
        taken_back=_first(row for row in rows if row.pk == voucher.corrects_id),
        predecessor=_first(row for row in rows if row.pk == voucher.replaces_id),
        credited=_first(row for row in rows if row.pk == voucher.credits_id),
        credit_notes=tuple(row for row in rows if row.credits_id == voucher.pk),
    )


def counter_of(key: int | None) -> Voucher | None:
    """Return the entry that takes back the voucher with this key, unless it is rejected."""
    return _unrejected(Q(corrects_id=key)) if key is not None else None


def counter_that_waits(*, voucher: Voucher) -> Voucher | None:
    """Return the counter-entry that has to be checked before this replacement, if one waits."""
    counter = counter_of(voucher.replaces_id)
    return counter if counter is not None and counter.status == VoucherStatus.RECORDED else None


def successor_of(key: int | None) -> Voucher | None:
    """Return the voucher that stands in the place of that one, unless it is rejected."""
    return _unrejected(Q(replaces_id=key)) if key is not None else None


def _unrejected(condition: Q) -> Voucher | None:
    return Voucher.objects.filter(condition).exclude(status=VoucherStatus.REJECTED).first()


def _first(rows: Iterator[Voucher]) -> Voucher | None:
    return next(rows, None)
