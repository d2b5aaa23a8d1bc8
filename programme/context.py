"""What every page knows: the programme, the person's roles, the demo banner."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from programme import permissions
from programme.models import Programme


def portal(request: HttpRequest) -> dict[str, object]:
    """Add the current programme and the roles of the person; both are read only when shown.

    Before the master data are loaded there is no programme; the frame of a page copes with that.
    """
    user = getattr(request, "user", None)
    current = Programme.objects.filter(is_current=True).select_related("legal_notice")
    return {
        "programme": SimpleLazyObject(current.first),
        "roles": SimpleLazyObject(lambda: permissions.roles_of(user) if user else frozenset()),
    }
