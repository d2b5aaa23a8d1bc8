"""The file of a site: who answers questions, who steers, what was agreed."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.files import File
from django.db import transaction

from programme import audit, storing
from programme.errors import RuleBroken
from programme.models import User
from programme.rules.uploads import CheckedFile
from sites.models import Site, SiteAgreement, SiteContact
from sites.rules.lifecycle import lies_outside


@dataclass(frozen=True)
class ContactDraft:
    """What is said about somebody of a site."""

    kind: str
    function: str
    name: str = ""
    email: str = ""
    is_public: bool = False


@dataclass(frozen=True)
class AgreementDraft:
    """When an agreement was made, and the file that passed the check of its content."""

    agreed_on: date
    checked: CheckedFile
    content: File[bytes]
    note: str = ""
    outside_reason: str = ""


@transaction.atomic
def add_contact(*, site: Site, draft: ContactDraft, by: User) -> SiteContact:
    """Note somebody of a site; refuses (RuleBroken) to publish neither name nor address."""
    _check_contact(draft)
    contact = SiteContact.objects.create(site=site, **asdict(draft))
    _note(contact, "contact_added", f"Am Standort {site.name} wurde „{contact.function}“ "
          "als Ansprechperson eingetragen.", by)  # fmt: skip
    return contact


@transaction.atomic
def change_contact(*, contact: SiteContact, draft: ContactDraft, by: User) -> SiteContact:
    """Change what is said about somebody; refuses as `add_contact` does."""
    _check_contact(draft)
    row = SiteContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    row.save()
    _note(row, "contact_changed", f"Am Standort {row.site.name} wurden die Angaben zu "
          f"„{row.function}“ geändert.", by)  # fmt: skip
    return row


@transaction.atomic
def remove_contact(*, contact: SiteContact, by: User) -> None:
    """Take somebody out who no longer has the task; refuses nothing."""
    _note(contact, "contact_removed", f"Am Standort {contact.site.name} wurde "
          f"„{contact.function}“ gelöscht.", by)  # fmt: skip
    contact.delete()


@transaction.atomic
def add_agreement(*, site: Site, draft: AgreementDraft, by: User) -> SiteAgreement:
    """Keep a signed agreement; earlier versions stay.

    Refuses (RuleBroken) the same file again, and a day outside the run time without a reason.
    """
    row = Site.objects.select_for_update(of=("self",)).select_related("programme").get(pk=site.pk)
    run_time = (row.programme.starts_on, row.programme.ends_on)
    if lies_outside(draft.agreed_on, *run_time) and not draft.outside_reason.strip():
        raise RuleBroken(
            "Das Datum liegt außerhalb der Laufzeit des Programms. Bitte prüfen Sie es oder "
            "begründen Sie kurz, warum es stimmt.",
            field="outside_reason",
        )
    if row.agreements.filter(sha256=draft.checked.sha256).exists():
        raise RuleBroken("Diese Datei liegt an diesem Standort schon vor.", field="uploads")
    agreement = SiteAgreement(
        site=row,
        agreed_on=draft.agreed_on,
        note=draft.note,
        outside_reason=draft.outside_reason,
        name=draft.checked.name,
        content_type=draft.checked.content_type,
        size_bytes=draft.checked.size_bytes,
        sha256=draft.checked.sha256,
        by=by,
    )
    stored_as = f"vereinbarung.{draft.checked.extension}"
    storing.keep(agreement.file, name=stored_as, content=draft.content)
    agreement.save()
    _note(agreement, "agreement_added", f"Für den Standort {row.name} wurde die Vereinbarung vom "
          f"{draft.agreed_on:%d.%m.%Y} abgelegt.", by)  # fmt: skip
    return agreement


def _check_contact(draft: ContactDraft) -> None:
    if draft.is_public and not (draft.name.strip() or draft.email.strip()):
        raise RuleBroken(
            "Bitte geben Sie einen Namen oder eine E-Mail-Adresse an, damit Fragen ankommen.",
            field="email",
        )


def _note(row: SiteContact | SiteAgreement, verb: str, sentence: str, by: User) -> None:
    audit.record(by=by, verb=f"site.{verb}", subject=row, sentence=sentence)
