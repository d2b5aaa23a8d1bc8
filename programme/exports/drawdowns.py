"""Drawdowns in words."""

from programme.queries.drawdown_list import DrawdownOverview
from programme.rules.money import written


def use_sentence(overview: DrawdownOverview) -> str:
    """Say in one sentence what was used too late, or that everything was used in time."""
    late = [(use, each) for use in overview.uses for each in use.late]
    if not late:
        return "Alle eingegangenen Mittel sind rechtzeitig verwendet oder noch in der Frist."
    told = "; ".join(
        f"{written(each.amount_eur)} der Quelle {use.name} {each.over_text} nach der Frist"
        + ("" if each.used_on else ", noch immer nicht verwendet")
        for use, each in late
    )
    return f"Zu spät verwendet: {told}."
