"""The survey after a meeting: plan, send, read; and the page behind each link."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.forms.surveys import AnswerSurveyForm, SurveyForm
from network.models import Survey, SurveyTicket
from network.permissions import may_run_network
from network.queries import survey as queries
from network.rules.survey import PROPOSED, SHOWN_FROM, asked
from network.services import surveys
from network.views.meetings import MeetingFormPage
from programme.exports import sheets
from programme.pages import FormPage, Guarded, Page, Unlisted, made_now
from programme.permissions import everybody


class PlanSurvey(MeetingFormPage):
    """The questions as long as nothing is sent, then the results; both on this page."""

    guard = may_run_network
    purpose = "Die Befragung nach einem Treffen vorbereiten"
    template_name = "network/survey.html"
    form_class = SurveyForm

    @cached_property
    def survey(self) -> Survey | None:
        return Survey.objects.filter(meeting=self.meeting).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        kept = asked(self.survey.questions) if self.survey else ()
        return super().get_form_kwargs() | {"questions": kept or PROPOSED}

    def get_initial(self) -> dict[str, Any]:
        return {"closes_on": self.survey.closes_on if self.survey else None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_sent = self.survey is not None and self.survey.sent_at is not None
        return super().get_context_data(**kwargs) | {
            "survey": self.survey,
            "is_sent": is_sent,
            "is_closed": self.survey is not None and queries.is_closed(self.survey),
            "results": queries.results(self.survey) if self.survey and is_sent else None,
            "shown_from": SHOWN_FROM,
        }

    def act(self, form: SurveyForm) -> HttpResponse:
        surveys.plan(
            meeting=self.meeting,
            questions=form.cleaned_data["questions"],
            closes_on=form.cleaned_data["closes_on"],
            by=self.person,
        )
        if "send" in self.request.POST:
            return redirect("network:send_survey", self.meeting.slug)
        messages.success(self.request, "Die Fragen sind gespeichert.")
        return redirect("network:survey", self.meeting.slug)


class SendSurvey(MeetingFormPage):
    """See how many get a link, then send."""

    guard = may_run_network
    purpose = "Die Befragung nach einem Treffen verschicken"
    template_name = "network/send_survey.html"
    form_class = forms.Form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        survey = Survey.objects.filter(meeting=self.meeting).first()
        return super().get_context_data(**kwargs) | {
            "count": len(queries.recipients(self.meeting)),
            "questions": asked(survey.questions) if survey else (),
        }

    def act(self, form: forms.Form) -> HttpResponse:
        count = surveys.issue(meeting=self.meeting, by=self.person)
        people = "eine Person" if count == 1 else f"{count} Personen"
        messages.success(self.request, f"Die Befragung geht an {people}.")
        return redirect("network:survey", self.meeting.slug)


class SurveyTable(Guarded):
    """All answers as a table, from five on; nothing in it leads to a person."""

    guard = may_run_network

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        survey = get_object_or_404(Survey, meeting__slug=slug)
        headers, rows = queries.table(survey)
        if not rows:
            raise Http404
        return made_now(
            sheets.csv_file(headers=headers, rows=rows),
            name=f"befragung-{slug}.csv",
            content_type=sheets.CSV,
        )


class AnswerSurvey(Unlisted, FormPage):
    """The questions behind a link; it says nothing about who follows it."""

    guard = everybody
    purpose = "Nach einem Treffen anonym Fragen beantworten"
    template_name = "network/answer_survey.html"
    form_class = AnswerSurveyForm

    @cached_property
    def ticket(self) -> SurveyTicket:
        ticket = queries.ticket(token=self.kwargs["token"])
        if ticket is None:
            raise Http404
        return ticket

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"questions": asked(self.ticket.survey.questions)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        survey = self.ticket.survey
        return super().get_context_data(**kwargs) | {
            "survey": survey,
            "meeting": survey.meeting,
            "is_used": self.ticket.is_used,
            "is_closed": queries.is_closed(survey),
        }

    def act(self, form: AnswerSurveyForm) -> HttpResponse:
        surveys.answer(token=self.kwargs["token"], values=form.cleaned_data)
        # A page of its own: the remembered result of a form must not name the link.
        return redirect("network:survey_thanks")


class SurveyThanks(Page):
    """Thank somebody, nobody knows whom."""

    guard = everybody
    template_name = "network/survey_thanks.html"
