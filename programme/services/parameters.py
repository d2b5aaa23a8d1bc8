"""Numbers of the funding rules: a change is a new row with its validity and its basis."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from programme import audit
from programme.enums import ParameterKey
from programme.errors import RuleBroken
from programme.models import FundingSource, RuleParameter, User
from programme.queries.parameters import approved_since
from programme.rules.parameter_values import lawful

# Asked for each voucher when it is checked (F07, F21); all other numbers judge plans and dates.
_JUDGE_VOUCHERS = frozenset({ParameterKey.LINE_TOLERANCE, ParameterKey.VAT_DEDUCTIBLE})


@dataclass(frozen=True)
class NewValue:
    """A number that holds from a day on; shares as 0.75, all else in the unit of the number."""

    value: Decimal
    valid_from: date
    basis: str
    is_confirmed: bool


@transaction.atomic
def follow(
    *, number: RuleParameter, new: NewValue, by: User, confirmed: bool = False
) -> RuleParameter:
    """Let a new value follow the latest one of its name; the old row ends the day before.

    Rows that held are never changed otherwise, so what was judged by them stays explained.
    Refuses (RuleBroken) a day that is not after the first day of the latest row, the same value
    again, an empty basis, a cap of advances at 100 %: that takes a final check (F10), a share
    above what the law allows (F03), and, unless `confirmed`, a day from which vouchers are
    approved already that this number has judged.
    """
    FundingSource.objects.select_for_update().get(pk=number.source_id)
    rows = RuleParameter.objects.filter(source=number.source_id, key=number.key)
    latest = rows.select_related("source").order_by("-valid_from")[0]
    _acceptable(latest, new)
    if not confirmed:
        _nothing_approved_since(latest, new)
    day_before = new.valid_from - timedelta(days=1)
    if latest.valid_to is None or latest.valid_to > day_before:
        latest.valid_to = day_before
        latest.save(update_fields=["valid_to"])
    created = RuleParameter.objects.create(
        source=latest.source,
        key=latest.key,
        value=new.value,
        unit=latest.unit,
        valid_from=new.valid_from,
        basis=new.basis.strip(),
        is_confirmed=new.is_confirmed,
    )
    label = created.get_key_display()
    audit.record(
        by=by,
        verb="parameter.followed",
        subject=created,
        sentence=f"Regelgröße „{label}“ ({created.source.short_name}) gilt ab "
        f"{created.valid_from:%d.%m.%Y} neu; Grundlage: {created.basis}.",
        changes={"value": [f"{latest.value.normalize():f}", f"{new.value.normalize():f}"]},
    )
    return created


def _acceptable(latest: RuleParameter, new: NewValue) -> None:
    if new.valid_from <= latest.valid_from:
        raise RuleBroken(
            f"Der letzte Wert gilt ab {latest.valid_from:%d.%m.%Y}. Ein neuer Wert kann erst "
            "danach beginnen.",
            field="valid_from",
        )
    if latest.key == ParameterKey.ADVANCE_CAP and new.value >= 1:
        raise RuleBroken(
            "Die ganze Bewilligung wird erst nach der Schlussprüfung ausgezahlt. Bitte erfassen "
            "Sie dazu den Schlussbescheid bei den Bescheiden.",
            field="value",
        )
    lawful(new.value, ParameterKey(latest.key))
    if new.value == latest.value and latest.valid_to is None:
        raise RuleBroken("Dieser Wert gilt schon.", field="value")
    if not new.basis.strip():
        raise RuleBroken("Bitte geben Sie die Grundlage an.", field="basis")


def _nothing_approved_since(latest: RuleParameter, new: NewValue) -> None:
    """Warn (RuleBroken) of vouchers the old value has judged, if it judges vouchers at all.

    They stay approved; the open points of the next proof ask F07 and F21 anew.
    """
    if latest.key not in _JUDGE_VOUCHERS:
        return
    count = approved_since(programme_id=latest.source.programme_id, day=new.valid_from)
    if count:
        told = "1 geprüfter Beleg hat" if count == 1 else f"{count} geprüfte Belege haben"
        raise RuleBroken(
            f"{told} ein Rechnungsdatum ab dem {new.valid_from:%d.%m.%Y}. Was geprüft ist, "
            "bleibt geprüft; der nächste Nachweis nennt, was nach dem neuen Wert abweicht.",
            field="confirmed",
        )
