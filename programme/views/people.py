"""People and their roles."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme import permissions
from programme.enums import Role
from programme.errors import RuleBroken
from programme.forms.accounts import GrantRoleForm, InvitePersonForm
from programme.forms.filters import PeopleFilterForm
from programme.models import RoleGrant, User
from programme.pages import FormPage, Guarded, ListPage
from programme.queries import logbook, people
from programme.rules.accounts import grantable_roles
from programme.services import accounts


class People(ListPage):
    guard = permissions.may_manage_people
    template_name = "programme/people.html"

    @cached_property
    def filter(self) -> PeopleFilterForm:
        return PeopleFilterForm(self.request.GET)

    def get_queryset(self) -> QuerySet[User]:
        asked = self.filter
        return people.people(
            search=asked.value("suche"), role=asked.value("rolle"), state=asked.value("stand")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"filter": self.filter, "log_is_broken": logbook.is_broken()}
        context["may_see_log"] = permissions.may_see_log(self.person)
        return super().get_context_data(**kwargs) | context


class InvitePerson(FormPage):
    guard = permissions.may_manage_people
    purpose = "Eine Person in den internen Bereich einladen"
    template_name = "programme/invite_person.html"
    form_class = InvitePersonForm

    def get_form_kwargs(self) -> dict[str, Any]:
        held = permissions.roles_of(self.person)
        return super().get_form_kwargs() | {"grantable": grantable_roles(held)}

    def act(self, form: InvitePersonForm) -> HttpResponse:
        invited = accounts.invite(**form.cleaned_data, by=self.person)
        messages.success(self.request, f"Die Einladung an {invited.email} ist unterwegs.")
        return redirect("programme:person", pk=invited.pk)


class GrantRole(FormPage):
    guard = permissions.may_change_roles
    purpose = "Einer Person eine Rolle geben"
    template_name = "programme/grant_role.html"
    form_class = GrantRoleForm

    @cached_property
    def account(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def guarded(self) -> User:
        return self.account

    def get_form_kwargs(self) -> dict[str, Any]:
        held = permissions.roles_of(self.account)
        return super().get_form_kwargs() | {"grantable": set(Role) - held}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"account": self.account}

    def act(self, form: GrantRoleForm) -> HttpResponse:
        role = form.cleaned_data["role"]
        accounts.grant_role(person=self.account, role=role, by=self.person)
        messages.success(self.request, f"{self.account} hat jetzt die Rolle „{role.label}“.")
        return redirect("programme:person", pk=self.account.pk)


class AccountButton(Guarded):
    """A button on the page of a person: one service, a message, back to the page."""

    guard = permissions.may_change_roles
    http_method_names = ["post"]
    done = ""

    @cached_property
    def account(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def guarded(self) -> User:
        return self.account

    def press(self) -> None:
        """Call the service of this button; raises RuleBroken if a rule forbids it."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            self.press()
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            messages.success(request, self.done)
        return redirect("programme:person", pk=self.account.pk)


class InviteAgain(AccountButton):
    guard = permissions.may_manage_people
    done = "Die Einladung ist noch einmal unterwegs. Der frühere Link gilt weiter, bis er abläuft."

    def press(self) -> None:
        accounts.invite_again(person=self.account, by=self.person)


class EndRole(AccountButton):
    guard = permissions.may_change_roles
    done = "Die Rolle ist beendet. Die Person ist überall abgemeldet."

    def press(self) -> None:
        grant = get_object_or_404(RoleGrant, pk=self.kwargs["grant"], user=self.account)
        accounts.end_role(grant=grant, by=self.person)


class Deactivate(AccountButton):
    guard = permissions.may_change_roles
    done = "Das Konto ist deaktiviert. Die Person ist überall abgemeldet."

    def press(self) -> None:
        accounts.deactivate(person=self.account, by=self.person)


class Reactivate(AccountButton):
    guard = permissions.may_change_roles
    done = "Das Konto ist wieder aktiv."

    def press(self) -> None:
        accounts.reactivate(person=self.account, by=self.person)
