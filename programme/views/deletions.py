"""Proof of what was deleted, and what stays on which legal ground."""

from typing import Any

from django.db.models import QuerySet

from programme import clock
from programme.models import DeletionReceipt
from programme.pages import ListPage
from programme.permissions import may_see_deletions
from programme.queries.deletions import receipts


class Deletions(ListPage):
    """All receipts, the latest first."""

    guard = may_see_deletions
    template_name = "programme/deletions.html"
    context_object_name = "receipts"

    @property
    def search(self) -> str:
        return self.request.GET.get("suche", "").replace("\x00", "").strip()[:100]

    def get_queryset(self) -> QuerySet[DeletionReceipt]:
        return receipts(search=self.search)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"search": self.search, "today": clock.today()}
        return super().get_context_data(**kwargs) | context
