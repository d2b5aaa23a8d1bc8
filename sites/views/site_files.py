"""The file of a site: its life, its people, its agreement."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme import clock
from programme.pages import FormPage, Guarded, Page, as_download
from programme.permissions import is_office
from sites import permissions
from sites.enums import SiteStatus
from sites.forms.site_files import (
    AgreementForm,
    BeginForm,
    CompleteForm,
    SiteContactForm,
    WithdrawForm,
)
from sites.models import Site, SiteContact
from sites.rules.lifecycle import may_become, why_not
from sites.services import lifecycle, site_files
from sites.services.site_files import AgreementDraft, ContactDraft
from sites.views.workspace import EntryPage, SiteOfAddress


class SiteFile(SiteOfAddress, Page):
    """Life, people and agreement of one site."""

    guard = permissions.may_see_site
    template_name = "sites/site_file.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, status = self.request.user, self.site.status
        runs = is_office(user)
        contacts = list(self.site.contacts.all())
        agreements = list(self.site.agreements.select_related("by"))
        shown = {
            "contacts": contacts,
            "agreements": agreements,
            "assignments": list(self.site.assignments.select_related("user").order_by("starts_on")),
            "may_keep": permissions.may_keep_contacts(user, self.site),
            "may_describe": permissions.may_edit_measures(user, self.site),
            "may_agree": permissions.may_file_agreement(user, self.site),
            "runs": runs,
            "today": clock.today(),
            "may_begin": runs and may_become(status, SiteStatus.ACTIVE),
            "may_complete": runs and may_become(status, SiteStatus.COMPLETED),
            "may_withdraw": runs and may_become(status, SiteStatus.WITHDRAWN),
        }
        context = super().get_context_data(**kwargs) | shown
        return context | {"site": self.site, "next_action": _next_action(shown)}


def _next_action(shown: dict[str, Any]) -> str:
    """Return what this person most likely does next: the one button of the page that stands out.

    A file is complete before the coaching ends; after that the public profile is what changes.
    """
    steps = (
        ("begin", shown["may_begin"]),
        ("agreement", shown["may_agree"] and not shown["agreements"]),
        ("contact", shown["may_keep"] and not shown["contacts"]),
        ("complete", shown["may_complete"]),
        ("profile", shown["may_describe"]),
        ("contact", shown["may_keep"]),
    )
    return next((step for step, is_open in steps if is_open), "")


class OfSiteFile(SiteOfAddress, FormPage):
    """A form that belongs to the file of a site."""

    guard = is_office
    template_name = "sites/site_form.html"
    heading: ClassVar[str]
    submit: ClassVar[str] = "Speichern"
    hint: ClassVar[str] = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "heading": self.heading,
            "submit": self.submit,
            "hint": self.hint,
        }

    def to_file(self, sentence: str) -> HttpResponse:
        """Say what happened and return to the file."""
        messages.success(self.request, sentence)
        return redirect("sites:site_file", slug=self.site.slug)


class _StepPage(OfSiteFile, EntryPage):
    """A step in the life of a site; where it cannot be taken, the reason and no form."""

    guard = is_office
    wanted: ClassVar[SiteStatus]
    take: ClassVar[Callable[..., Site]]

    def why_closed(self) -> str:
        return why_not(self.site, self.wanted)

    def act(self, form: Any) -> HttpResponse:
        site = type(self).take(site=self.site, step=form.step(), by=self.person)
        return self.to_file(f"{site.name} hat jetzt den Stand „{site.get_status_display()}“.")


class BeginSite(_StepPage):
    guard = is_office
    purpose = "Die Begleitung eines Standorts beginnen"
    form_class = BeginForm
    heading = "Begleitung beginnen"
    submit = "Begleitung beginnen"
    wanted = SiteStatus.ACTIVE
    take = staticmethod(lifecycle.begin)


class CompleteSite(_StepPage):
    guard = is_office
    purpose = "Einen Standort abschließen"
    form_class = CompleteForm
    heading = "Standort abschließen"
    submit = "Standort abschließen"
    hint = "Ein abgeschlossener Standort bleibt öffentlich; Nachträge bleiben möglich."
    wanted = SiteStatus.COMPLETED
    take = staticmethod(lifecycle.complete)


class WithdrawSite(_StepPage):
    guard = is_office
    purpose = "Das Ausscheiden eines Standorts festhalten"
    form_class = WithdrawForm
    heading = "Ausscheiden festhalten"
    submit = "Ausscheiden festhalten"
    hint = (
        "Der Standort bleibt mit Tag und Grund öffentlich sichtbar. Neue Maßnahmen und Begleittage "
        "sind danach nicht mehr möglich. Das lässt sich nicht zurücknehmen."
    )
    wanted = SiteStatus.WITHDRAWN
    take = staticmethod(lifecycle.withdraw)


class AddSiteContact(OfSiteFile):
    guard = permissions.may_keep_contacts
    purpose = "Eine Ansprechperson eines Standorts eintragen"
    form_class = SiteContactForm
    heading = "Ansprechperson eintragen"

    def act(self, form: SiteContactForm) -> HttpResponse:
        draft = ContactDraft(**form.cleaned_data)
        contact = site_files.add_contact(site=self.site, draft=draft, by=self.person)
        return self.to_file(f"„{contact.function}“ ist eingetragen.")


class ContactOfAddress(SiteOfAddress):
    """Finds the contact the address names."""

    @cached_property
    def contact(self) -> SiteContact:
        rows = SiteContact.objects.select_related("site")
        return get_object_or_404(rows, pk=self.kwargs["pk"], site__slug=self.kwargs["slug"])

    def guarded(self) -> Site:
        return self.contact.site


class EditSiteContact(ContactOfAddress, OfSiteFile):
    guard = permissions.may_keep_contacts
    purpose = "Angaben zu einer Ansprechperson eines Standorts ändern"
    form_class = SiteContactForm
    heading = "Ansprechperson ändern"

    def get_initial(self) -> dict[str, Any]:
        names = ("kind", "function", "name", "email", "is_public")
        return {name: getattr(self.contact, name) for name in names}

    def act(self, form: SiteContactForm) -> HttpResponse:
        draft = ContactDraft(**form.cleaned_data)
        contact = site_files.change_contact(contact=self.contact, draft=draft, by=self.person)
        return self.to_file(f"Die Angaben zu „{contact.function}“ sind gespeichert.")


class RemoveSiteContact(SiteOfAddress, Guarded):
    """Take somebody out; doing it again changes nothing."""

    guard = permissions.may_keep_contacts
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        contact = self.site.contacts.filter(pk=kwargs["pk"]).first()
        if contact is None:
            messages.info(request, "Dieser Eintrag ist schon gelöscht.")
        else:
            site_files.remove_contact(contact=contact, by=self.person)
            messages.success(request, f"„{contact.function}“ ist gelöscht.")
        return self.to_file_page()

    def to_file_page(self) -> HttpResponse:
        return redirect("sites:site_file", slug=self.site.slug)


class AddAgreement(OfSiteFile):
    guard = permissions.may_file_agreement
    purpose = "Die Vereinbarung mit einem Standort ablegen"
    form_class = AgreementForm
    heading = "Vereinbarung ablegen"

    def act(self, form: AgreementForm) -> HttpResponse:
        upload, data = form.upload(), form.cleaned_data
        draft = AgreementDraft(
            agreed_on=data["agreed_on"],
            checked=upload.checked,
            content=upload.content,
            note=data["note"],
            outside_reason=data["outside_reason"],
        )
        site_files.add_agreement(site=self.site, draft=draft, by=self.person)
        return self.to_file("Die Vereinbarung ist abgelegt.")


class AgreementFile(SiteOfAddress, Guarded):
    """The file of one agreement, as a download."""

    guard = permissions.may_see_site

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        row = get_object_or_404(self.site.agreements, pk=self.kwargs["pk"])
        return as_download(row.file, name=row.name, content_type=row.content_type)
