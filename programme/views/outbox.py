"""Read the mails the portal sends, and send again what failed."""

from typing import Any

from csp.decorators import csp, csp_update
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.clickjacking import xframe_options_sameorigin

from programme import permissions
from programme.errors import RuleBroken
from programme.forms.filters import OutboxFilterForm
from programme.models import MailAttachment, OutgoingMail
from programme.pages import LETTER_POLICY, Guarded, ListPage, Page, made_now
from programme.queries import outbox
from programme.services import mails


class Outbox(ListPage):
    guard = permissions.may_see_outbox
    template_name = "programme/outbox.html"

    @cached_property
    def filter(self) -> OutboxFilterForm:
        return OutboxFilterForm(self.request.GET)

    def get_queryset(self) -> QuerySet[OutgoingMail]:
        asked = self.filter
        return outbox.mails(search=asked.value("suche"), status=asked.value("stand"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "filter": self.filter,
            "undelivered": outbox.undelivered(),
        }


class MailPage(Page):
    """A page about one mail."""

    guard = permissions.may_see_outbox

    @cached_property
    def mail(self) -> OutgoingMail:
        return get_object_or_404(OutgoingMail, pk=self.kwargs["pk"])

    def guarded(self) -> OutgoingMail:
        return self.mail


@method_decorator(csp_update({"frame-src": ["'self'"]}), name="dispatch")
class Mail(MailPage):
    guard = permissions.may_see_outbox
    template_name = "programme/mail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_send_again = self.mail.status in mails.AGAIN
        return super().get_context_data(**kwargs) | {
            "mail": self.mail,
            "pieces": outbox.readable_text(self.mail),
            "attachments": outbox.attachments(self.mail),
            "may_send_again": may_send_again,
        }


@method_decorator([csp(LETTER_POLICY), xframe_options_sameorigin], name="dispatch")
class MailHtml(MailPage):
    """The HTML version alone, for the frame on the page of the mail."""

    guard = permissions.may_see_outbox

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(outbox.readable_html(self.mail))


class MailFile(MailPage):
    """An attachment as it was sent; always a download, never shown by the browser."""

    guard = permissions.may_see_outbox

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(MailAttachment, mail=self.mail, pk=self.kwargs["attachment"])
        return made_now(
            bytes(found.content), name=found.name, content_type="application/octet-stream"
        )


class SendAgain(Guarded):
    guard = permissions.may_see_outbox
    http_method_names = ["post"]

    @cached_property
    def mail(self) -> OutgoingMail:
        return get_object_or_404(OutgoingMail, pk=self.kwargs["pk"])

    def guarded(self) -> OutgoingMail:
        return self.mail

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            mails.send_again(mail=self.mail, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            messages.success(request, "Die E-Mail wird gleich noch einmal gesendet.")
        return redirect("programme:mail", pk=self.mail.pk)
