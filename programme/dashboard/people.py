"""Roof: one person, with roles from below and offices and sites from the floors above."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from network.models import Membership
from programme import permissions
from programme.models import User
from programme.pages import Page
from programme.queries.people import role_history
from sites.models import SiteAssignment


class PersonPage(Page):
    guard = permissions.may_manage_people
    template_name = "programme/person.html"

    @cached_property
    def account(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def guarded(self) -> User:
        return self.account

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        memberships = Membership.objects.filter(user=self.account).select_related("organisation")
        assignments = SiteAssignment.objects.filter(user=self.account).select_related("site")
        return super().get_context_data(**kwargs) | {
            "account": self.account,
            "grants": role_history(self.account),
            "memberships": list(memberships),
            "assignments": list(assignments),
            "may_change_roles": permissions.may_change_roles(self.person),
            "is_self": self.account.pk == self.person.pk,
        }
