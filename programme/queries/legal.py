"""What the legal pages show."""

from programme.enums import LegalPageKind
from programme.models import LegalNotice, LegalPage


def legal_notice() -> LegalNotice:
    """Return the contact data of the current programme; raises DoesNotExist before loading."""
    return LegalNotice.objects.select_related("programme").get(programme__is_current=True)


def legal_page(kind: LegalPageKind) -> LegalPage:
    """Return the text of one legal page; raises DoesNotExist before loading."""
    return LegalPage.objects.get(programme__is_current=True, kind=kind)


def legal_pages() -> list[LegalPage]:
    """Return the legal pages of the current programme without their texts."""
    return list(LegalPage.objects.filter(programme__is_current=True).defer("body"))
