"""Coaching days as the coach writes them: on the way home, also without a connection."""

from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from programme import clock
from programme.errors import RuleBroken
from programme.models import Programme
from programme.pages import Guarded, Page
from programme.permissions import is_coach
from sites import permissions
from sites.forms.coaching import CoachingDayForm
from sites.models import CoachingDay, DayDraft, Site
from sites.queries import coaching as queries
from sites.rules.day_drafts import CHOSEN, says_something
from sites.services import coaching, day_drafts, day_photos
from sites.views.day_photos import KeepsPhoto
from sites.views.workspace import EntryPage

DRAFT_KEPT = "Der Entwurf ist gespeichert. Er ist noch nicht eingereicht."
NOTHING_KEPT = "Es gibt nichts zu speichern: Der Begleittag ist leer oder schon eingereicht."
PHOTO_LOST = "Das Foto wurde nicht gespeichert, bitte wählen Sie es erneut."


class Kept(NamedTuple):
    """A draft as it stands now, and what was wrong with its photo."""

    draft: DayDraft | None
    problem: str


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def day_url(day: CoachingDay) -> str:
    return reverse("sites:coaching_day", args=[day.site.slug, day.pk])


class CoachingDays(Page):
    """The coach's desk: drafts, what came back, what waits, days used and agreed."""

    guard = is_coach
    template_name = "sites/coaching_days.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.person
        sites = queries.coached_sites(user=user)
        names = {entry.site.slug: entry.site.name for entry in sites}
        drafts = queries.drafts(user=user)
        return super().get_context_data(**kwargs) | {
            "sites": sites,
            "may_log": any(entry.takes_entries for entry in sites),
            "drafts": [(draft, names.get(draft.values.get("site", ""), "")) for draft in drafts],
            "open_days": queries.open_days(user=user),
        }


class NewCoachingDay(KeepsPhoto):
    """A coaching day on one page; a draft opens here again with everything typed."""

    guard = is_coach
    purpose = "Einen Begleittag festhalten"
    template_name = "sites/log_coaching_day.html"
    form_class = CoachingDayForm

    @cached_property
    def draft(self) -> DayDraft | None:
        key = _key(self.request.GET.get("entwurf", ""))
        return queries.draft(key=key, user=self.person) if key else None

    @cached_property
    def form_key(self) -> UUID:
        if self.request.method == "GET" and self.draft:
            return self.draft.key
        return super().form_key

    @property
    def programme(self) -> Programme:
        return Programme.objects.current()

    @property
    def site(self) -> Site | None:
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        sites = queries.sites_to_log(user=self.person)
        kwargs = super().get_form_kwargs() | {"programme": self.programme, "sites": sites}
        if self.draft and self.request.method == "GET" and "pruefen" in self.request.GET:
            kwargs["data"] = self.draft.values
        return kwargs

    def get_form(self, form_class: Any = None) -> CoachingDayForm:
        form = super().get_form(form_class)
        lost = self.draft.values.get(CHOSEN) if self.draft else None
        if lost and self.request.method == "GET":
            form.shows_lost(lost)
        return form

    def get_initial(self) -> dict[str, Any]:
        programme = self.programme
        initial: dict[str, Any] = {
            "held_on": clock.default_as_of(programme.starts_on, programme.ends_on)
        }
        if self.site:
            initial["site"] = self.site.slug
        if self.draft:
            initial |= {name: value for name, value in self.draft.values.items() if value}
        return initial

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "draft": self.draft,
            "person": self.person,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "entwurf" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            kept = self.keep_draft()
            if kept.draft is None:
                messages.info(request, NOTHING_KEPT)
            elif kept.problem:
                messages.warning(request, f"{DRAFT_KEPT} {kept.problem}")
            else:
                messages.success(request, DRAFT_KEPT)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        return redirect("sites:coaching_days")

    def keep_draft(self) -> Kept:
        """Keep what was typed and a photo that passes its check."""
        key, problem = self.form_key, ""
        if "forget_photo" in self.request.POST:
            day_photos.forget(key=key, by=self.person)
        draft = day_drafts.keep(key=key, values=self.typed(), by=self.person)
        if draft is not None and self.request.FILES:
            form = self.get_form()
            form.full_clean()
            self.keep_photo(form)
            told = form.errors.get("photo")
            problem = f"{PHOTO_LOST} {told[0]}" if told else ""
        return Kept(draft, problem)

    def act(self, form: CoachingDayForm) -> HttpResponse:
        day = coaching.log(
            site=form.cleaned_data["site"], draft=form.draft(), by=self.person, key=self.form_key
        )
        messages.success(
            self.request,
            f"Der Begleittag vom {day.held_on:%d.%m.%Y} ist eingereicht. "
            "Der Standort wird um Bestätigung gebeten.",
        )
        return redirect(day_url(day))


class LogCoachingDay(EntryPage, NewCoachingDay):
    """The same page, reached from a site."""

    guard = permissions.may_log_coaching

    @cached_property
    def site(self) -> Site:
        rows = Site.objects.select_related("programme")
        return get_object_or_404(rows, slug=self.kwargs["slug"])

    @property
    def programme(self) -> Programme:
        return self.site.programme

    def guarded(self) -> Site:
        return self.site


class SyncCoachingDay(NewCoachingDay):
    """Takes over a day a phone kept while it was offline; the same key counts once."""

    guard = is_coach
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request.POST.get("form_key", ""))
        if key is None:
            return JsonResponse({"message": "Der Schlüssel fehlt."}, status=400)
        form = self.get_form()
        try:
            known = CoachingDay.objects.filter(key=key, coach=self.person)
            day = known.select_related("site").first()
            if day is None and form.is_valid():
                day = coaching.log(
                    site=form.cleaned_data["site"], draft=form.draft(), by=self.person, key=key
                )
        except RuleBroken as broken:
            self.keep_photo(form)
            return JsonResponse({"message": broken.message}, status=422)
        if day is None:
            self.keep_photo(form)
            return JsonResponse({"message": "Es fehlen noch Angaben."}, status=422)
        return JsonResponse({"url": day_url(day)})


class KeepDayDraft(NewCoachingDay):
    """Keeps what is typed, while it is typed, and the photo chosen beside it."""

    guard = is_coach
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request.POST.get("form_key", ""))
        if key is None:
            return JsonResponse({"message": "Der Schlüssel fehlt."}, status=400)
        try:
            kept = self.keep_draft()
        except RuleBroken as broken:
            return JsonResponse({"message": broken.message}, status=422)
        answer = {
            "kept": kept.draft is not None,
            "empty": not says_something(self.typed()),
            "problem": kept.problem,
            "url": f"{reverse('sites:new_coaching_day')}?entwurf={key}",
        }
        return JsonResponse(answer)


class DiscardDayDraft(Guarded):
    """Throws an own draft away."""

    guard = is_coach
    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        draft = queries.draft(key=key, user=self.person)
        if draft is None:
            raise Http404
        day_drafts.discard(draft=draft, by=self.person)
        messages.success(request, "Der Entwurf ist gelöscht.")
        return redirect("sites:coaching_days")
