"""Answers from calendars: read them in, see what waits, settle it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from network.enums import ReplySource, ReplyState
from network.forms.replies import ReplyForm, SettleForm
from network.models import CalendarReply
from network.permissions import may_run_network
from network.queries import replies as queries
from network.services import replies
from network.services.replies import Taken
from programme.pages import FormPage, ListPage


class Replies(ListPage):
    """All answers, those that wait for a person first."""

    guard = may_run_network
    template_name = "network/replies.html"

    def get_queryset(self) -> QuerySet[CalendarReply]:
        return queries.listed()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"parked": queries.parked()}


class AddReply(FormPage):
    """Paste or upload what a calendar program sent back."""

    guard = may_run_network
    purpose = "Eine Antwort aus einem Kalenderprogramm einlesen"
    template_name = "network/add_reply.html"
    form_class = ReplyForm

    def act(self, form: ReplyForm) -> HttpResponse:
        source = ReplySource.UPLOADED if form.is_upload else ReplySource.PASTED
        taken = replies.take_in(replies=form.replies, source=source, by=self.person)
        for each in taken:
            self._tell(each)
        if len(taken) == 1 and taken[0].row.state == ReplyState.PARKED:
            return redirect("network:reply", taken[0].row.pk)
        return redirect("network:replies")

    def _tell(self, taken: Taken) -> None:
        row = taken.row
        who = row.attendee or "Unbekannt"
        if not taken.is_new:
            messages.info(self.request, f"{who}: Diese Antwort lag schon vor und zählt einmal.")
        elif row.state == ReplyState.PARKED:
            messages.warning(self.request, f"{who}: Die Antwort wartet auf Klärung. {row.note}")
        elif row.state == ReplyState.OUTDATED:
            messages.info(self.request, f"{who}: Die Antwort ist überholt. {row.note}")
        else:
            messages.success(self.request, f"{who}: {row.note}")


class ShowReply(FormPage):
    """One answer in plain words, and the way to settle it."""

    guard = may_run_network
    purpose = "Eine unklare Antwort aus einem Kalenderprogramm zuordnen"
    template_name = "network/reply.html"
    form_class = SettleForm

    @cached_property
    def reply(self) -> CalendarReply:
        rows = CalendarReply.objects.select_related(
            "settled_by",
            "registration__meeting",
            "registration__invitation__organisation",
            "invitation__organisation",
            "invitation__meeting",
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        people, offices = queries.candidates(self.reply)
        chosen = {"reply": self.reply, "people": people, "offices": offices}
        return super().get_form_kwargs() | chosen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_parked = self.reply.state == ReplyState.PARKED
        return super().get_context_data(**kwargs) | {"reply": self.reply, "is_parked": is_parked}

    def act(self, form: SettleForm) -> HttpResponse:
        row = replies.settle(reply=self.reply, by=self.person, **form.chosen())
        messages.success(self.request, f"Die Antwort ist geklärt. {row.note}")
        return redirect("network:replies")
