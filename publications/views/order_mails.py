"""Orders that come by mail: read, looked at by a person, written down."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property

from programme.models import Programme
from programme.pages import FormPage
from programme.permissions import is_office
from publications.enums import OrderChannel
from publications.forms.order_mails import EnterOrderForm, OrderMailForm, proposal
from publications.models import Publication
from publications.queries.catalogue import orderable_titles
from publications.rules.mail_numbers import Title
from publications.services import orders


class ReadOrderMail(FormPage):
    """Paste or upload a mail; what it orders is proposed, nothing is stored."""

    guard = is_office
    purpose = "Eine Bestellung aus einer E-Mail lesen"
    template_name = "publications/order_mail.html"
    form_class = OrderMailForm

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.current()

    @cached_property
    def titles(self) -> list[Publication]:
        return orderable_titles(programme=self.programme)

    def get_form_kwargs(self) -> dict[str, Any]:
        known = [Title(title.slug, title.title) for title in self.titles]
        mailboxes = [self.programme.order_mailbox, self.programme.contact_email]
        return super().get_form_kwargs() | {"titles": known, "mailboxes": mailboxes}

    def form_valid(self, form: OrderMailForm) -> HttpResponse:  # type: ignore[override]
        """Show the draft; the next form, which writes it down, has a key of its own."""
        draft = form.draft
        if draft is None:
            return self.form_invalid(form)
        enter = EnterOrderForm(initial=proposal(draft, form.source), titles=self.titles)
        enter.tell_where(draft)
        context = self.get_context_data(
            form=enter,
            source=form.source,
            lost=[line for line in draft.lines if not line.key],
            is_proposal=True,
        )
        context["form_key"] = uuid4()  # another mail, another order
        return TemplateResponse(self.request, "publications/enter_order.html", context)


class EnterOrder(FormPage):
    """Write down an order; it counts at once, for a person has read it."""

    guard = is_office
    purpose = "Eine Bestellung eintragen, die per E-Mail, Brief oder Telefon kam"
    template_name = "publications/enter_order.html"
    form_class = EnterOrderForm

    def get_form_kwargs(self) -> dict[str, Any]:
        titles = orderable_titles(programme=Programme.objects.current())
        return super().get_form_kwargs() | {"titles": titles}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "source": self.request.POST.get("source", "")[:8000],
            "lost": [],
            "is_proposal": False,
        }

    def act(self, form: EnterOrderForm) -> HttpResponse:
        channel = OrderChannel(form.cleaned_data["channel"])
        order = orders.enter(draft=form.draft(), channel=channel, by=self.person)
        messages.success(
            self.request,
            f"Bestellung {order.number} ist eingetragen und kann gepackt werden. Die Bestätigung "
            f"geht an {order.email}.",
        )
        return redirect("publications:orders")
