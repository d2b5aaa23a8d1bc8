"""Forms about records that one day are closed: decided, approved, submitted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from programme import permissions
from programme.errors import RuleBroken
from programme.pages import FormPage


class WhileOpen(FormPage):
    """A form that is only shown while its record may change; then its page says why it may not.

    What was typed before the record was closed is not lost: sending answers like any broken rule.
    """

    guard = permissions.is_finance

    def still_open(self) -> None:
        """Refuse (RuleBroken) if the record may not change any more."""
        raise NotImplementedError

    def page_of_record(self) -> str:
        """Return the address of the page that shows the record."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.still_open()
        except RuleBroken as broken:
            messages.info(request, broken.message)
            return redirect(self.page_of_record())
        return super().get(request, *args, **kwargs)
