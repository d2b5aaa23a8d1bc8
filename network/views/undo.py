"""The page behind the link of a notice: take back what somebody answered for the office."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from network.forms.registrations import ConfirmForm
from network.models import AnswerEntry
from network.queries import answer_entries
from network.services import undo
from programme import clock, tokens
from programme.pages import FormPage, Unlisted
from programme.permissions import everybody


class UndoAnswer(Unlisted, FormPage):
    """Show the answer and one button; looking changes nothing, so mail scanners do no harm."""

    guard = everybody
    purpose = "Eine Antwort rückgängig machen, die jemand anderes für die Behörde gegeben hat"
    form_class = ConfirmForm
    template_name = "network/undo_answer.html"

    @cached_property
    def entry(self) -> AnswerEntry:
        entry = answer_entries.by_token(token=self.kwargs["token"], moment=clock.now())
        if entry is None:
            raise Http404
        return entry

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = self.entry
        return super().get_context_data(**kwargs) | {
            "entry": entry,
            "meeting": entry.invitation.meeting,
            "organisation": entry.invitation.organisation,
            "obstacle": answer_entries.obstacle(entry=entry, moment=clock.now()),
            "made": answer_entries.people(keys=entry.made),
            "ended": answer_entries.people(keys=entry.ended),
        }

    def act(self, form: ConfirmForm) -> HttpResponse:
        undo.undo(entry=self.entry)
        messages.success(
            self.request,
            "Die Antwort ist rückgängig gemacht, es gilt wieder der Stand davor. "
            "Wer betroffen ist, hat eine E-Mail erhalten.",
        )
        seed = self.entry.invitation.token_seed
        return redirect("network:invitation", token=tokens.token("invitation", seed))
