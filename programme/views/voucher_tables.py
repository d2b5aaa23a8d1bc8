"""The list of vouchers handed out as a table."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from programme import permissions
from programme.forms.vouchers import AsOfForm, VoucherExportForm
from programme.models import Programme
from programme.pages import FormPage
from programme.queries.booked import booked
from programme.services import voucher_tables


class ExportVouchers(FormPage):
    """Ask for the vouchers the list shows as a table; the worker writes it."""

    guard = permissions.may_see_funding
    purpose = "Die Belegliste als Tabelle anfordern"
    http_method_names = ["post", "options"]
    form_class = VoucherExportForm
    template_name = "programme/export_vouchers.html"

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.current()

    def get_form_kwargs(self) -> dict[str, Any]:
        as_of = AsOfForm(self.request.POST, programme=self.programme).as_of
        lines = booked(programme=self.programme, as_of=as_of).lines
        return super().get_form_kwargs() | {"programme": self.programme, "lines": lines}

    def act(self, form: VoucherExportForm) -> HttpResponse:
        printout = voucher_tables.export(
            programme=self.programme,
            as_of=form.as_of,
            narrowed=voucher_tables.Narrowed(
                status=form.cleaned_data["status"],
                position=form.cleaned_data["ansatz"],
                words=form.cleaned_data["suche"],
            ),
            kind=form.cleaned_data["art"],
            by=self.person,
        )
        return redirect("programme:printout", printout.pk)
