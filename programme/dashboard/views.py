"""Roof: pages that see every floor."""

from typing import Any

from programme import clock, permissions
from programme.dashboard import queries, tasks
from programme.models import Programme
from programme.pages import Page


class Home(Page):
    guard = permissions.everybody
    template_name = "dashboard/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        home = queries.home(day=clock.today(), moment=clock.now())
        shared = {"programme": home.programme} if home else {}
        return super().get_context_data(**kwargs) | {"home": home} | shared


class AboutProgramme(Page):
    guard = permissions.everybody
    template_name = "dashboard/programme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = queries.about(day=clock.today())
        shared = {"programme": about.programme} if about else {}
        return super().get_context_data(**kwargs) | {"about": about} | shared


class Start(Page):
    guard = permissions.is_signed_in
    template_name = "dashboard/start.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.filter(is_current=True).first()
        start = tasks.start(
            user=self.person,
            programme=programme,
            day=clock.today(),
            moment=clock.now(),
        )
        context = super().get_context_data(**kwargs)
        return context | {"start": start, "programme": programme}
