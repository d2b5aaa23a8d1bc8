"""The public list of actions: who gets money of the EU, for what, how much, since when."""

from datetime import date

from programme.enums import NoticeKind, SourceKey
from programme.models import FundingSource, Programme
from programme.queries.grants import notices
from programme.rules.funding.checks import ListedAction


def listed_action(*, programme: Programme) -> ListedAction:
    """Return the row of the programme in the list of actions, in two queries; rule F32.

    The day is that of the notice of the EU's fund; without a notice the list has no day.
    """
    source = FundingSource.objects.filter(programme=programme, key=SourceKey.AMIF).first()
    granted = notices(programme=programme).filter(source__key=SourceKey.AMIF)
    first = granted.filter(kind=NoticeKind.GRANT).order_by("issued_on").first()
    listed_on: date | None = first.issued_on if first else None
    return ListedAction(
        beneficiary=programme.owner_name,
        project=programme.title,
        eu_eur=source.granted_eur if source else None,
        listed_on=listed_on,
    )
