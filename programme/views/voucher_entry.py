"""Record and correct a voucher; files wait in the portal until it is saved."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from programme import permissions
from programme.enums import VoucherFileKind
from programme.errors import RuleBroken
from programme.forms.voucher_entry import KINDS, VoucherForm, with_values
from programme.models import ParkedFile, Programme
from programme.pages import FormPage
from programme.queries import einvoices
from programme.queries.corrections import counter_of, successor_of
from programme.queries.vouchers import plan_lines
from programme.rules.corrections import changeable, still_replaces
from programme.rules.invoices.invoice import Invoice, Reading
from programme.rules.vouchers import VoucherEntry
from programme.services import parked_files, vouchers
from programme.services.vouchers import NewFile
from programme.views.vouchers import OneVoucher
from programme.views.while_open import WhileOpen

NO_FILE = "Bitte wählen Sie zuerst die Datei der Rechnung aus."
TYPE_YOURSELF = "Die Datei ist hochgeladen; bitte tragen Sie die Angaben selbst ein."


class TakesFiles(FormPage):
    """A form whose files are kept from the first sending on, whatever else is wrong with it."""

    guard = permissions.is_finance
    form_class = VoucherForm

    @cached_property
    def parked(self) -> list[ParkedFile]:
        if self.request.method != "POST":
            return []
        return list(einvoices.parked_files(by=self.person, form_key=self.form_key))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"parked": self.parked}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        form.full_clean()
        gone = [parked for parked in self.parked if parked.pk in form.removed]
        self.keep_files(form)
        return self.answer(form, replaced=einvoices.invoices_in(files=gone))

    def answer(self, form: VoucherForm, *, replaced: list[Invoice]) -> HttpResponse:
        """Save the voucher, or say what is missing."""
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def keep_files(self, form: VoucherForm) -> None:
        """Park what came with the form and take out what was ticked."""
        if form.removed:
            parked_files.take_out(keys=form.removed, form_key=self.form_key, by=self.person)
        try:
            if form.accepted:
                parked_files.park(files=form.accepted, form_key=self.form_key, by=self.person)
        except RuleBroken as broken:
            form.add_error("invoice_files", broken.message)
        self.look_again(form)

    def look_again(self, form: VoucherForm) -> None:
        del self.parked
        form.parked = self.parked


class AddVoucher(TakesFiles):
    """Record a voucher with its files; an e-invoice among them fills the fields."""

    guard = permissions.is_finance
    purpose = "Einen Beleg mit Dateien erfassen"
    template_name = "programme/add_voucher.html"

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.current()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"programme": self.programme, "can_read": True}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        has_plan = len(context["form"].fields["line"].choices) > 1
        return context | {"programme": self.programme, "has_plan": has_plan}

    def answer(self, form: VoucherForm, *, replaced: list[Invoice]) -> HttpResponse:
        """Read the e-invoice if that is asked for, or if fields are empty that it may fill."""
        if "read" in self.request.POST:
            made = self.read_now(form, replaced=replaced)
            context = self.get_context_data(form=made)
            return self.render_to_response(context, status=422 if made.errors else 200)
        if form.has_gaps and self.read_files(form):
            form = self.filled(form, replaced=replaced)
            form.ask_back()
        return super().answer(form, replaced=replaced)

    def read_now(self, form: VoucherForm, *, replaced: list[Invoice]) -> VoucherForm:
        """Return the form with the values of the e-invoice, and nothing said about gaps."""
        readings = self.read_files(form)
        made = self.filled(form, replaced=replaced, has_gaps=True)
        has_invoice = any(parked.kind == VoucherFileKind.INVOICE for parked in self.parked)
        if not has_invoice and "invoice_files" not in form.errors:
            made.add_error("invoice_files", NO_FILE)
        for reading in readings.values():
            if reading.problem:
                made.add_error("invoice_files", f"{reading.problem} {TYPE_YOURSELF}")
        made.ask_back()
        return made

    def read_files(self, form: VoucherForm) -> dict[int, Reading]:
        """Read the files nobody has read yet."""
        readings = einvoices.new_readings(files=self.parked)
        if readings:
            parked_files.note_readings(readings=readings, by=self.person)
            self.look_again(form)
        return readings

    def filled(
        self, form: VoucherForm, *, replaced: list[Invoice], has_gaps: bool = False
    ) -> VoucherForm:
        """Return a new form with the same texts and those of the only e-invoice."""
        values: dict[str, str] = {}
        if len(form.invoices) == 1:
            values = form.filled_from(form.invoices[0], replaced=replaced)
        data = with_values(self.request.POST, values)
        made = VoucherForm(**self.get_form_kwargs() | {"data": data, "files": None})
        made.full_clean()
        if has_gaps:
            made.errors.clear()
        for name in KINDS:
            for message in form.errors.get(name, ()):
                made.add_error(name, message)
        return made

    def act(self, form: VoucherForm) -> HttpResponse:
        voucher = vouchers.record(
            programme=self.programme,
            entry=form.entry,
            files=[NewFile.waiting(parked) for parked in self.parked],
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        messages.success(
            self.request,
            f"Beleg {voucher.number} ist erfasst und wartet auf die zweite Prüfung.",
        )
        return redirect("programme:voucher", number=voucher.number)


class EditVoucher(OneVoucher, WhileOpen, TakesFiles):
    """Correct a voucher that is not approved yet."""

    guard = permissions.is_finance
    purpose = "Einen Beleg berichtigen"
    template_name = "programme/edit_voucher.html"

    def still_open(self) -> None:
        voucher = self.voucher
        changeable(voucher)
        still_replaces(
            voucher,
            counter=counter_of(voucher.replaces_id),
            replacement=successor_of(voucher.replaces_id),
        )

    def page_of_record(self) -> str:
        return reverse("programme:voucher", args=[self.voucher.number])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"programme": self.voucher.programme}

    def get_initial(self) -> dict[str, Any]:
        names = VoucherEntry.__dataclass_fields__
        shown = {name: getattr(self.voucher, name) for name in names}
        # A newer version of the plan has a line of the same number.
        lines = plan_lines(programme=self.voucher.programme)
        shown["line"] = lines.filter(position=self.voucher.line.position).first()
        return shown | {"seen_version": self.voucher.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"programme": self.voucher.programme, "voucher": self.voucher}
        return super().get_context_data(**kwargs) | context

    def act(self, form: VoucherForm) -> HttpResponse:
        voucher = vouchers.correct(
            voucher=self.voucher,
            seen_version=form.cleaned_data["seen_version"] or 0,
            entry=form.entry,
            files=[NewFile.waiting(parked) for parked in self.parked],
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        messages.success(
            self.request,
            f"Beleg {voucher.number} ist geändert und wartet auf die zweite Prüfung.",
        )
        return redirect("programme:voucher", number=voucher.number)
