"""Roof: pages that see every floor."""

from programme import permissions
from programme.pages import Page


class Home(Page):
    guard = permissions.everybody
    template_name = "dashboard/home.html"


class AboutProgramme(Page):
    guard = permissions.everybody
    template_name = "dashboard/programme.html"


class Start(Page):
    guard = permissions.is_signed_in
    template_name = "dashboard/start.html"
