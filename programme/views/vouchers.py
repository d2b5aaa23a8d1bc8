"""One voucher: see it, download its files."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from programme import permissions
from programme.enums import VoucherFileKind, VoucherStatus
from programme.forms.approvals import ApproveForm, RejectForm
from programme.models import Programme, Voucher, VoucherFile
from programme.pages import Guarded, Page, as_download
from programme.queries import vouchers as queries
from programme.queries.corrections import counter_that_waits, family
from programme.queries.half_years import closed_half
from programme.queries.occasion_choices import chosen_occasion
from programme.rules.funding.finding import Stage
from programme.rules.funding.vouchers import has_both_files
from programme.rules.split import explained


class OneVoucher(Guarded):
    """A page about the voucher in its address; finds it once, with everything shown."""

    guard = permissions.may_see_funding

    @cached_property
    def voucher(self) -> Voucher:
        found = queries.vouchers_with_details(programme=Programme.objects.current())
        return get_object_or_404(found.select_related("programme"), number=self.kwargs["number"])

    def guarded(self) -> Voucher:
        return self.voucher

    def details(self) -> dict[str, Any]:
        """Return what the page of a voucher shows."""
        voucher, user = self.voucher, self.request.user
        may_read = permissions.may_read_voucher(user, voucher)
        seen = {"seen_version": voucher.version}
        shares = queries.explained_shares(voucher=voucher)
        kinds = {file.kind for file in voucher.files.all()}
        return {
            "programme": voucher.programme,
            "voucher": voucher,
            "shares": shares,
            "explanation": "" if voucher.corrects_id else explained(shares),
            "may_read": may_read,
            "occasion": chosen_occasion(programme=voucher.programme, key=voucher.occasion_key),
            "history": queries.history(voucher=voucher) if may_read else [],
            "log_subject": f"{voucher._meta.label_lower}:{voucher.pk}",
            "may_see_log": permissions.may_see_log(user),
            "may_see_audit_room": permissions.may_see_audit_room(user),
            "missing_files": has_both_files(
                voucher.number,
                has_invoice=VoucherFileKind.INVOICE in kinds,
                has_payment_proof=VoucherFileKind.PROOF_OF_PAYMENT in kinds,
                stage=Stage.ENTRY,
            ),
            **self.next_steps(),
            "approve_form": ApproveForm(initial=seen, auto_id="id_approve_%s"),
            "reject_form": RejectForm(initial=seen),
            "approve_key": uuid4(),
            "reject_key": uuid4(),
        }

    def next_steps(self) -> dict[str, Any]:
        """Return what this person may do with the voucher, and which others belong to it."""
        voucher, relatives = self.voucher, family(voucher=self.voucher)
        is_finance = permissions.is_finance(self.request.user)
        is_open = voucher.status == VoucherStatus.RECORDED
        is_approved = voucher.status == VoucherStatus.APPROVED
        is_own = voucher.factual_check_by_id == self.request.user.pk
        is_settled = voucher.corrects_id is not None or relatives.counter is not None
        programme, day = voucher.programme, voucher.paid_on
        return {
            "family": relatives,
            "counter_first": counter_that_waits(voucher=voucher) if is_open else None,
            "closed_half": closed_half(programme=programme, day=day) if is_open else None,
            "may_decide": is_finance and is_open and not is_own,
            "waits_for_other": is_finance and is_open and is_own,
            "may_correct": is_finance and not is_approved and voucher.corrects_id is None,
            "may_hand_in": is_finance and is_approved and voucher.corrects_id is None,
            "may_take_back": is_finance and is_approved and not is_settled,
        }


class VoucherPage(OneVoucher, Page):
    """Everything about one voucher."""

    guard = permissions.may_see_funding
    template_name = "programme/voucher.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.details()


class DownloadVoucherFile(Guarded):
    """One file of a voucher, always as a download."""

    guard = permissions.may_fetch_voucher_file

    @cached_property
    def file(self) -> VoucherFile:
        found = queries.voucher_files(programme=Programme.objects.current())
        return get_object_or_404(found, voucher__number=self.kwargs["number"], pk=self.kwargs["pk"])

    def guarded(self) -> VoucherFile:
        return self.file

    def get(self, request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
        file = self.file
        return as_download(file.file, name=file.name, content_type=file.content_type)
