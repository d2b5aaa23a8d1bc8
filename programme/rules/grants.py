"""Notices of the granting authorities as they are entered, and what they may say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.enums import NoticeKind
from programme.errors import RuleBroken
from programme.models import FundingSource, GrantNotice


@dataclass(frozen=True)
class NoticeEntry:
    """A notice as a person enters it; `granted_eur` is the grant as it stands afterwards."""

    source: FundingSource
    kind: NoticeKind
    reference: str
    issued_on: date
    valid_from: date
    valid_to: date
    granted_eur: Decimal
    conditions: str


def in_force(notices: Iterable[GrantNotice]) -> GrantNotice | None:
    """Return the notice that sets the grant: the one issued last."""
    return max(notices, key=lambda notice: (notice.issued_on, notice.pk), default=None)


def acceptable(entry: NoticeEntry, others: Sequence[GrantNotice], *, today: date) -> None:
    """Refuse (RuleBroken) a notice that contradicts itself or the other notices of its source."""
    if entry.issued_on > today:
        raise RuleBroken("Das Datum des Bescheids liegt in der Zukunft.", field="issued_on")
    if entry.valid_to < entry.valid_from:
        raise RuleBroken("Das Ende liegt vor dem Beginn.", field="valid_to")
    if any((row.reference, row.issued_on) == (entry.reference, entry.issued_on) for row in others):
        raise RuleBroken("Dieser Bescheid ist schon erfasst.", field="reference")
    if entry.kind is not NoticeKind.REVOCATION and not entry.granted_eur:
        raise RuleBroken("Der Betrag muss größer als 0,00 EUR sein.", field="granted_eur")
    first = next((row for row in others if row.kind == NoticeKind.GRANT), None)
    if entry.kind is NoticeKind.GRANT:
        if first is not None:
            raise RuleBroken(
                f"Zu dieser Quelle gibt es schon einen Zuwendungsbescheid ({first.reference}). "
                "Bitte wählen Sie „Änderungsbescheid“.",
                field="kind",
            )
        return
    _follows(entry, others, first)


def _follows(entry: NoticeEntry, others: Sequence[GrantNotice], first: GrantNotice | None) -> None:
    """Refuse (RuleBroken) a change or revocation of what was not granted, or not before."""
    if first is None:
        raise RuleBroken(
            "Zu dieser Quelle gibt es noch keinen Zuwendungsbescheid. Bitte erfassen Sie zuerst "
            "ihn.",
            field="kind",
        )
    if entry.issued_on < first.issued_on:
        raise RuleBroken(
            f"Der Zuwendungsbescheid ist vom {first.issued_on:%d.%m.%Y}; ein Bescheid, der ihn "
            "ändert, kann nicht älter sein.",
            field="issued_on",
        )
    earlier = in_force([row for row in others if row.issued_on <= entry.issued_on]) or first
    if entry.kind is NoticeKind.REVOCATION and entry.granted_eur >= earlier.granted_eur:
        raise RuleBroken(
            "Ein Widerruf senkt die Zuwendung. Bitte geben Sie an, was nach dem Widerruf noch "
            "bewilligt ist, auch 0,00.",
            field="granted_eur",
        )
