"""What the public gets to see carries the emblem, the name of the fund and the notice (F31)."""

from programme.rules.funding.checks import PublicOutput, shows_funding
from programme.rules.funding.finding import Finding, refuse

FUND_NAMES = ("AMIF", "Asyl-, Migrations- und Integrationsfonds")


def funding_finding(title: str, *, notice: str) -> Finding | None:
    """F31: what is missing on a page, a letter or a paper that prints this funding notice.

    The emblem is part of the template of every page and paper, so only the notice can be wanting.
    """
    output = PublicOutput(
        title,
        has_emblem=True,
        names_fund=any(name in notice for name in FUND_NAMES),
        has_statement=bool(notice.strip()),
    )
    return shows_funding(output)


def refuse_unfunded(title: str, *, notice: str) -> None:
    """Refuse (RuleBroken, rule F31) to publish what does not show who pays for it."""
    refuse([funding_finding(title, notice=notice)], confirmed=False)
