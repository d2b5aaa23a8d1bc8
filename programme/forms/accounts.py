"""Invite people and give them roles."""

from collections.abc import Collection
from typing import Any

from django import forms

from programme.enums import Role


def _choices(roles: Collection[Role]) -> list[tuple[str, str]]:
    return [(role.value, role.label) for role in Role if role in roles]


class InvitePersonForm(forms.Form):
    full_name = forms.CharField(label="Vor- und Nachname", max_length=120)
    email = forms.EmailField(
        label="Dienstliche E-Mail-Adresse",
        help_text="An diese Adresse geht der Link, mit dem die Person ihr Passwort festlegt. Der "
        "Link gilt sieben Tage und funktioniert einmal.",
        max_length=254,
    )
    roles = forms.MultipleChoiceField(label="Rollen", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, grantable: Collection[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = _choices(grantable)  # type: ignore[attr-defined]

    def clean_roles(self) -> list[Role]:
        return [Role(value) for value in self.cleaned_data["roles"]]


class GrantRoleForm(forms.Form):
    role = forms.ChoiceField(
        label="Rolle",
        help_text="Die Person muss sich danach neu anmelden.",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, grantable: Collection[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _choices(grantable)  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])
