"""Half-years: the list, one with its differences, lock and open."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from programme import clock, permissions
from programme.forms.half_years import LockForm, UnlockForm
from programme.models import Programme
from programme.pages import FormPage, Guarded, Page
from programme.queries import half_years as queries
from programme.queries.history import history_of
from programme.rules.half_years import HalfYear, half_years_of
from programme.services import half_years as services


class HalfYears(Page):
    """All half-years of the run time with their sums and whether they are locked."""

    guard = permissions.may_see_funding
    template_name = "programme/half_years.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        sources = list(programme.sources.all())
        rows = queries.list_of_half_years(programme=programme, sources=sources)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "sources": [source.short_name for source in sources],
            "rows": rows,
            "has_vouchers": any(row.vouchers or row.waiting for row in rows),
        }


class OneHalfYear(Guarded):
    """A page about the half-year in its address."""

    guard = permissions.may_see_funding

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.current()

    @cached_property
    def half(self) -> HalfYear:
        wanted = (self.kwargs["year"], self.kwargs["half"])
        for each in half_years_of(self.programme):
            if (each.year, each.half) == wanted:
                return each
        raise Http404

    def guarded(self) -> HalfYear:
        return self.half

    def details(self) -> dict[str, Any]:
        """Return what the page of a half-year shows."""
        user, half = self.request.user, self.half
        locks = queries.locks_of(programme=self.programme, half=half)
        lock = next((each for each in locks if each.unlocked_at is None), None)
        rows = queries.vouchers_in(programme=self.programme, half=half)
        writes = permissions.is_finance(user)
        is_over = clock.today() > half.ends_on
        return {
            "programme": self.programme,
            "half": half,
            "lock": lock,
            "earlier": [each for each in locks if each.unlocked_at is not None],
            "vouchers": len(rows),
            "sums": queries.compared(lock.figures if lock else None, queries.figures(rows)),
            "differences": [
                (row, permissions.may_read_voucher(user, row.voucher))
                for row in (queries.differences(lock.figures, rows) if lock else ())
            ],
            "waiting": queries.waiting_in(programme=self.programme, half=half),
            "history": history_of(*locks),
            "is_over": is_over,
            "may_lock": writes and lock is None and is_over,
            "may_unlock": writes and lock is not None and lock.locked_by_id != user.pk,
            "waits_for_other": writes and lock is not None and lock.locked_by_id == user.pk,
            "lock_form": LockForm(auto_id="id_lock_%s"),
            "unlock_form": UnlockForm(auto_id="id_unlock_%s"),
            "lock_key": uuid4(),
            "unlock_key": uuid4(),
        }


class HalfYearPage(OneHalfYear, Page):
    """Sums, differences since the lock, who locked it and why."""

    guard = permissions.may_see_funding
    template_name = "programme/half_year.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.details()


class Change(OneHalfYear, FormPage):
    """Something done on the page of a half-year, where its form stands."""

    guard = permissions.is_finance
    template_name = "programme/half_year.html"
    http_method_names = ["post", "options"]
    own_form = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        name = self.own_form.removesuffix("_form")
        return super().get_form_kwargs() | {"auto_id": f"id_{name}_%s"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | self.details()
        key = self.own_form.replace("form", "key")
        return context | {self.own_form: context["form"], key: self.form_key}

    def done(self, sentence: str) -> HttpResponse:
        """Go back to the page of the half-year."""
        messages.success(self.request, sentence)
        return redirect("programme:half_year", year=self.half.year, half=self.half.half)


class LockHalfYear(Change):
    guard = permissions.is_finance
    purpose = "Ein Halbjahr der Förderung abschließen"
    form_class = LockForm
    own_form = "lock_form"

    def act(self, form: LockForm) -> HttpResponse:
        services.lock(
            programme=self.programme,
            half=self.half,
            reason=form.cleaned_data["reason"],
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        return self.done(f"Das {self.half.label} ist abgeschlossen, seine Zahlen stehen fest.")


class UnlockHalfYear(Change):
    guard = permissions.is_finance
    purpose = "Ein abgeschlossenes Halbjahr der Förderung wieder öffnen"
    form_class = UnlockForm
    own_form = "unlock_form"

    def act(self, form: UnlockForm) -> HttpResponse:
        services.unlock(
            programme=self.programme,
            half=self.half,
            reason=form.cleaned_data["reason"],
            by=self.person,
        )
        return self.done(f"Das {self.half.label} ist wieder offen.")
