"""What the public gets to see carries the emblem, the name of the fund and the notice (F31)."""

from collections.abc import Sequence

from programme.documents import shows_emblem
from programme.rules.funding.checks import PublicOutput, shows_funding
from programme.rules.funding.finding import Finding, refuse

FUND_NAMES = ("AMIF", "Asyl-, Migrations- und Integrationsfonds")


def funding_finding(title: str, *, notice: str, templates: Sequence[str]) -> Finding | None:
    """F31: what is missing on a page or a paper that prints this funding notice.

    `templates` are those it is made from: each of them has to show the emblem.
    """
    output = PublicOutput(
        title,
        has_emblem=bool(templates) and all(shows_emblem(name) for name in templates),
        names_fund=any(name in notice for name in FUND_NAMES),
        has_statement=bool(notice.strip()),
    )
    return shows_funding(output)


def refuse_unfunded(title: str, *, notice: str, templates: Sequence[str]) -> None:
    """Refuse (RuleBroken, rule F31) to publish what does not show who pays for it."""
    refuse([funding_finding(title, notice=notice, templates=templates)], confirmed=False)
