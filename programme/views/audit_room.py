"""The audit room: where an auditor begins, and the chain behind one voucher."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from programme import clock, permissions
from programme.models import Programme, Voucher
from programme.pages import Guarded, Page
from programme.queries import audit_chain, audit_room, vouchers


class AuditRoom(Page):
    """Figures with their ways down to the vouchers, open findings, and what can be read."""

    guard = permissions.may_see_audit_room
    template_name = "programme/audit_room.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        as_of = clock.default_as_of(programme.starts_on, programme.ends_on)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "room": audit_room.room(programme=programme, as_of=as_of, day=clock.today()),
            "may_record": permissions.is_auditor(self.request.user),
        }


class OneVoucherChain(Guarded):
    """A page about everything behind the voucher in its address."""

    guard = permissions.may_see_audit_room

    @cached_property
    def voucher(self) -> Voucher:
        found = vouchers.vouchers_with_details(programme=Programme.objects.current())
        return get_object_or_404(found.select_related("programme"), number=self.kwargs["number"])

    def guarded(self) -> Voucher:
        return self.voucher


class VoucherChain(OneVoucherChain, Page):
    """The chain in one place: line, voucher, files, occasion, what is missing, findings."""

    guard = permissions.may_see_audit_room
    template_name = "programme/voucher_chain.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "voucher": self.voucher,
            "title": f"Prüfakte zu Beleg {self.voucher.number}",
            "chain": audit_chain.chain_of(self.voucher),
            "findings": audit_chain.findings_about(self.voucher),
            "may_record": permissions.is_auditor(self.request.user),
        }
