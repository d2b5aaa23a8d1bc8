"""The programme team chooses who is invited, reads and tries the letter, and sends."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp, csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin

from network import emails
from network.enums import OrganisationKind
from network.forms.invitations import GuestForm, InviteForm
from network.models import Invitation, Meeting, Organisation
from network.permissions import may_run_network
from network.queries import directory
from network.rules.meetings import CHANGEABLE
from network.services import invitations, organisations
from network.views.meetings import MeetingFormPage
from programme import clock
from programme.outbox import Written
from programme.pages import LETTER_POLICY, Guarded


@method_decorator(csp_update({"frame-src": ["'self'"]}), name="dispatch")
class InviteOffices(MeetingFormPage):
    """Choose who is invited, read the letter as it will arrive, try it, send: one page."""

    guard = may_run_network
    purpose = "Behörden zu einem Treffen einladen"
    template_name = "network/invite.html"
    form_class = InviteForm

    @cached_property
    def remaining(self) -> list[Organisation]:
        return directory.invitable(meeting=self.meeting, day=clock.today())

    @cached_property
    def reachable(self) -> list[Organisation]:
        return [row for row in self.remaining if row.contacts.all()]

    @cached_property
    def unreachable(self) -> list[Organisation]:
        return [
            row
            for row in self.remaining
            if row.kind != OrganisationKind.GUEST and row not in self.reachable
        ]

    @cached_property
    def preset(self) -> list[int]:
        """Return the whole network; guests come only on purpose."""
        return [row.pk for row in self.reachable if row.kind != OrganisationKind.GUEST]

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        kind, only = asked.get("art", ""), _numbers(asked.get("nur", ""))
        chosen = [row.pk for row in self.reachable if row.kind == kind] if kind else self.preset
        return super().get_initial() | {
            "organisations": only or chosen,
            "recipient": asked.get("ansicht"),
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        groups = directory.by_kind(self.reachable)
        return super().get_form_kwargs() | {"groups": groups, "unreachable": self.unreachable}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at the letter or add a guest without losing what is ticked; else send."""
        if "guest" in request.POST:
            guest_url = reverse("network:invite_guest", args=[self.meeting.slug])
            return redirect(f"{guest_url}?{self._ticked(request.POST.getlist('organisations'))}")
        if "preview" in request.POST:
            names = ("organisations", "paper")
            kept: dict[str, Any] = {name: request.POST.getlist(name) for name in names}
            kept["recipient"] = request.POST.get("recipient")
            options = self.get_form_kwargs() | {"data": None, "files": None, "initial": kept}
            return self.render_to_response(
                self.get_context_data(form=InviteForm(**options), is_previewed=True)
            )
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = _shown(self.reachable, context["form"])
        return (
            {"is_previewed": False}
            | context
            | {
                "reachable": self.reachable,
                "unreachable": self.unreachable,
                "shown": shown,
                "written": _written(Invitation(meeting=self.meeting, organisation=shown))
                if shown
                else None,
                "kinds": directory.kinds(self.reachable),
                "is_open": self.meeting.status in CHANGEABLE,
            }
        )

    def act(self, form: InviteForm) -> HttpResponse:
        chosen = set(form.cleaned_data["organisations"])
        if "test" in self.request.POST:
            return self._try(form, [row for row in self.reachable if row.pk in chosen])
        on_paper = set(form.cleaned_data.get("paper", ()))
        sent = invitations.invite(
            meeting=self.meeting,
            organisations=[row for row in self.reachable if row.pk in chosen],
            on_paper=[row for row in self.unreachable if row.pk in on_paper],
            by=self.person,
        )
        word = "Einladung ist" if len(sent) == 1 else "Einladungen sind"
        messages.success(self.request, f"{len(sent)} {word} unterwegs.")
        if on_paper:
            messages.info(self.request, "Bitte drucken Sie noch die Briefe auf Papier.")
            return redirect("network:letters", self.meeting.slug)
        return redirect("network:board", self.meeting.slug)

    def _try(self, form: InviteForm, chosen: list[Organisation]) -> HttpResponse:
        shown = _shown(self.reachable, form)
        if shown is None:
            raise Http404
        invitations.send_test(meeting=self.meeting, organisation=shown, by=self.person)
        messages.success(self.request, f"Die Testmail geht an {self.person.email}.")
        kept = self._ticked([row.pk for row in chosen])
        return redirect(f"{self.request.path}?{kept}&ansicht={shown.pk}#vorschau")

    def _ticked(self, chosen: Sequence[object]) -> str:
        """Return what is ticked for an address; nothing if it is the preset."""
        numbers = [number for number in map(str, chosen) if number.isdecimal()]
        if not numbers or set(numbers) == set(map(str, self.preset)):
            return ""
        return urlencode({"nur": ",".join(numbers[:500])})


@method_decorator([csp(LETTER_POLICY), xframe_options_sameorigin], name="dispatch")
class InviteLetter(Guarded):
    """The letter with its design alone, for the frame on the page that invites."""

    guard = may_run_network
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str, organisation: str) -> HttpResponse:
        meeting = get_object_or_404(Meeting.objects.select_related("programme"), slug=slug)
        rows = Organisation.objects.prefetch_related("contacts")
        office = get_object_or_404(rows, slug=organisation)
        written = _written(Invitation(meeting=meeting, organisation=office))
        if written is None:
            raise Http404
        return HttpResponse(written.html)


class InviteGuest(MeetingFormPage):
    """A guest that is not in the directory yet; back on the page that invites it is ticked."""

    guard = may_run_network
    purpose = "Einen Gast ins Verzeichnis eintragen und einladen"
    template_name = "network/invite_guest.html"
    form_class = GuestForm

    def act(self, form: GuestForm) -> HttpResponse:
        guest = organisations.add_guest(
            details=form.details(), contact=form.contact(), by=self.person
        )
        messages.success(self.request, f"{guest} steht im Verzeichnis und ist unten angekreuzt.")
        only = _numbers(self.request.GET.get("nur", ""))
        if not only:
            network = directory.invitable(meeting=self.meeting, day=clock.today())
            only = [
                row.pk
                for row in network
                if row.kind != OrganisationKind.GUEST and row.contacts.all()
            ]
        address = reverse("network:invite", args=[self.meeting.slug])
        ticked = urlencode({"nur": ",".join(map(str, [*only, guest.pk]))})
        return redirect(f"{address}?{ticked}")


def _numbers(text: str) -> list[int]:
    """Return the keys of an address; anything else in it is ignored."""
    return [int(part) for part in text.split(",") if part.isascii() and part.isdecimal()][:500]


def _shown(reachable: list[Organisation], form: InviteForm) -> Organisation | None:
    """Return whose letter is shown: the one asked for, else the first that is ticked."""
    wanted = str(form["recipient"].value() or "")
    ticked = [str(each) for each in form["organisations"].value() or ()]
    by_key = {str(row.pk): row for row in reachable}
    for key in (wanted, *ticked, *by_key):
        if key in by_key:
            return by_key[key]
    return None


def _written(invitation: Invitation) -> Written | None:
    contacts = invitation.organisation.contacts.all()
    return emails.invitation_preview(invitation, contacts[0]) if contacts else None
