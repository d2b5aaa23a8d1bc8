"""Contracts and assets paid from the funding."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme import permissions
from programme.forms.contracts import AssetForm, ContractForm
from programme.models import Asset, Contract, Programme
from programme.pages import FormPage, Page
from programme.queries import contracts as queries
from programme.rules.contracts import AssetEntry, ContractEntry
from programme.services import contracts


class Contracts(Page):
    """All contracts and how they were awarded."""

    guard = permissions.may_see_funding
    template_name = "programme/contracts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "rows": queries.judged_contracts(programme=programme),
            "may_record": permissions.is_finance(self.request.user),
        }


class ContractPage(FormPage):
    """What adding and changing a contract share."""

    guard = permissions.is_finance
    template_name = "programme/contract_form.html"
    form_class = ContractForm
    contract: Contract | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"contract": self.contract}

    def act(self, form: ContractForm) -> HttpResponse:
        kept = contracts.keep_contract(
            contract=self.contract or Contract(programme=Programme.objects.current()),
            entry=form.entry,
            paper=form.new_paper,
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        messages.success(self.request, f"Der Auftrag „{kept.title}“ ist gespeichert.")
        return redirect("programme:contracts")


class AddContract(ContractPage):
    """Record a contract."""

    guard = permissions.is_finance
    purpose = "Einen Auftrag mit Vergabeunterlagen erfassen"


class EditContract(ContractPage):
    """Change a contract."""

    guard = permissions.is_finance
    purpose = "Einen Auftrag ändern"

    @cached_property
    def contract(self) -> Contract:  # type: ignore[override]
        found = queries.contracts(programme=Programme.objects.current())
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def guarded(self) -> Contract:
        return self.contract

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.contract, name) for name in ContractEntry.__dataclass_fields__}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"contract": self.contract}


class Assets(Page):
    """Everything bought that lasts."""

    guard = permissions.may_see_funding
    template_name = "programme/assets.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "rows": queries.judged_assets(programme=programme),
            "may_record": permissions.is_finance(self.request.user),
        }


class AssetPage(FormPage):
    """What adding and changing an asset share."""

    guard = permissions.is_finance
    template_name = "programme/asset_form.html"
    form_class = AssetForm
    asset: Asset | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"programme": Programme.objects.current()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"asset": self.asset}

    def act(self, form: AssetForm) -> HttpResponse:
        kept = contracts.keep_asset(
            asset=self.asset,
            entry=form.entry,
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        messages.success(self.request, f"„{kept.title}“ ist gespeichert.")
        return redirect("programme:assets")


class AddAsset(AssetPage):
    """Record an asset."""

    guard = permissions.is_finance
    purpose = "Einen Gegenstand in das Inventar aufnehmen"


class EditAsset(AssetPage):
    """Change an asset."""

    guard = permissions.is_finance
    purpose = "Einen Gegenstand im Inventar ändern"

    @cached_property
    def asset(self) -> Asset:  # type: ignore[override]
        found = queries.assets(programme=Programme.objects.current())
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def guarded(self) -> Asset:
        return self.asset

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.asset, name) for name in AssetEntry.__dataclass_fields__}
