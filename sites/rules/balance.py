"""The weight of a measure between public order and integration."""

from sites.enums import Balance


def needs_reconciliation(balance: int | None) -> bool:
    """Say whether the note is due: as soon as a measure serves one group of tasks more.

    Both groups are statutory, so whoever leans to one side says how the other was kept.
    """
    return balance is not None and balance != Balance.BOTH
