"""Figures of the funding: the public page, the list of vouchers, the split while typing."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse

from programme import clock, permissions
from programme.errors import RuleBroken
from programme.exports import funding as funding_exports
from programme.exports import spending as spending_exports
from programme.exports.actions import list_of_actions
from programme.exports.sheets import CSV
from programme.forms.filters import RulesFilterForm
from programme.forms.vouchers import AsOfForm, VoucherFilterForm, VoucherSearchForm
from programme.models import Programme, Voucher
from programme.pages import PAGE_SIZE, CountedPaginator, Guarded, Page, made_now
from programme.queries import funding, vouchers
from programme.queries.actions import listed_action
from programme.queries.booked import booked
from programme.queries.claims import eligible_amount
from programme.queries.funding_rules import rule_rows
from programme.queries.parameters import parameter_set
from programme.queries.spending import spending_over_time
from programme.queries.voucher_search import named
from programme.rules.money import parse_amount, parse_signed, written


class PublicFunding(Page):
    """What Land and AMIF pay, planned and actual."""

    guard = permissions.everybody
    template_name = "programme/public_funding.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        form = AsOfForm(self.request.GET or None, programme=programme)
        overview = funding.overview(programme=programme, as_of=form.as_of)
        spending = spending_over_time(programme=programme, overview=overview)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "filter_form": form,
            "overview": overview,
            "sentence": funding_exports.sentence(overview),
            "sources_chart": funding_exports.sources_chart(overview),
            "lines_chart": funding_exports.lines_chart(overview),
            **spending_exports.charts(spending, as_of=form.as_of),
        }


class ListOfActions(Guarded):
    """The public list of actions as CSV."""

    guard = permissions.everybody

    def get(self, request: HttpRequest) -> HttpResponse:
        programme = Programme.objects.current()
        content = list_of_actions(listed_action(programme=programme), programme=programme)
        return made_now(content, name="vorhaben.csv", content_type=CSV)


class VoucherList(Page):
    """All vouchers with plan and actual by line; who searches sees what was found alone."""

    guard = permissions.may_see_funding
    template_name = "programme/vouchers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        asked = self.request.GET or None
        search = VoucherSearchForm(asked, programme=programme)
        as_of, words = search.as_of, search.chosen("suche") or ""
        figures = None if words else booked(programme=programme, as_of=as_of)
        lines = figures.lines if figures else vouchers.plan_lines(programme=programme)
        form = VoucherFilterForm(asked, programme=programme, lines=lines)
        narrowed = {"status": form.chosen("status") or "", "position": form.chosen("ansatz")}
        found = vouchers.voucher_list(
            programme=programme, as_of=as_of, named=named(words, reader=self.person), **narrowed
        )
        # The sums of the whole list are there already; what a word finds is added up by itself.
        totals = figures.totals(**narrowed) if figures else vouchers.list_totals(vouchers=found)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "filter_form": form,
            "as_of": as_of,
            "overview": funding.FundingOverview(
                as_of=as_of, sources=(), lines=figures.lines if figures else ()
            ),
            **self.rows(found, totals),
            "is_narrowed": bool(words or any(narrowed.values())),
            "chosen_words": words,
            "chosen_status": narrowed["status"],
            "chosen_line": narrowed["position"] or "",
            "may_record": permissions.is_finance(self.request.user),
        }

    def rows(self, found: QuerySet[Voucher], totals: vouchers.ListTotals) -> dict[str, Any]:
        """Return one page of the vouchers, what is hidden of them, and the sums of all."""
        page = CountedPaginator(found, known_count=totals.count).get_page(
            self.request.GET.get("seite")
        )
        first = (page.number - 1) * PAGE_SIZE
        page.object_list = vouchers.on_page(chosen=found[first : first + PAGE_SIZE])
        hidden = {row.pk for row in page if not permissions.may_read_voucher(self.person, row)}
        asked = self.request.GET.copy()
        asked.pop("seite", None)
        return {
            "page": page,
            "hidden": hidden,
            "count": totals.count,
            "rejected": totals.rejected,
            "total_eur": totals.total_eur,
            "query": asked.urlencode(),
        }


class FundingRules(Page):
    """All rules of the funding with their numbers, reasons and remedies."""

    guard = permissions.may_see_funding
    template_name = "programme/funding_rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        form = RulesFilterForm(self.request.GET)
        stage = form.value("stufe")
        rows = rule_rows(programme=programme, stage=stage)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "filter_form": form,
            "stage": stage,
            "rows": rows,
            "waiting": sum(1 for row in rows if not row.entry.applied),
        }


class SplitPreview(Guarded):
    """How the next voucher would be split, for the form while somebody types."""

    guard = permissions.is_finance

    def get(self, request: HttpRequest) -> HttpResponse:
        programme = Programme.objects.current()
        try:
            eligible = eligible_amount(
                numbers=parameter_set(programme=programme),
                gross_eur=self.amount("betrag"),
                net_eur=self.amount("netto") if request.GET.get("netto") else None,
                on=self.day(programme),
            )
            shares = vouchers.proposed_split(programme=programme, gross_eur=eligible.amount_eur)
        except RuleBroken as broken:
            return JsonResponse({"message": broken.message, "parts": []})
        parts = [
            {
                "name": share.name,
                "amount": written(share.amount_eur),
                "percent": f"{share.ratio_percent:.1f}".replace(".", ",") + " %",
            }
            for share in shares
        ]
        return JsonResponse({"message": "", "basis": eligible.text, "parts": parts})

    def amount(self, name: str) -> Decimal:
        """Return a typed amount; on a credit note it is below zero, sign or not."""
        typed = self.request.GET.get(name, "")
        if self.request.GET.get("gutschrift") == "1":
            return -abs(parse_signed(typed))
        return parse_amount(typed)

    def day(self, programme: Programme) -> date:
        """Return the day of the invoice, which says what rule on the tax holds."""
        try:
            return date.fromisoformat(self.request.GET.get("rechnung", ""))
        except ValueError:
            return clock.default_as_of(programme.starts_on, programme.ends_on)
