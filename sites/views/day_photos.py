"""What the forms about a coaching day share: a photo is never chosen twice."""

from typing import Any

from django.http import HttpResponse

from programme.errors import RuleBroken
from programme.pages import FormPage
from programme.permissions import is_coach
from sites.forms.coaching import CoachingDayForm
from sites.models import CoachingDay
from sites.rules.day_drafts import CHOSEN
from sites.services import day_drafts, day_photos


class KeepsPhoto(FormPage):
    """A form about a day that loses no photo when the server asks back."""

    guard = is_coach

    def about(self) -> CoachingDay | None:
        """Return the day that is changed, None for a new one."""
        return None

    def get_form(self, form_class: Any = None) -> CoachingDayForm:
        form: CoachingDayForm = super().get_form(form_class)
        photo = day_photos.kept(key=self.form_key, by=self.person)
        if photo:
            form.shows_kept(photo.name)
        return form

    def typed(self) -> dict[str, str]:
        """Return what was typed, with the name of a photo until it has passed its check."""
        file = self.request.FILES.get("photo")
        chosen = {CHOSEN: file.name or ""} if file else {}
        return self.request.POST.dict() | chosen

    def keep_photo(self, form: CoachingDayForm) -> None:
        """Keep a photo that passed its own check, whatever else is missing in the form."""
        photo = form.cleaned_data.get("photo")
        if photo is None:
            return
        try:
            if self.about() is None:
                day_drafts.keep(key=self.form_key, values=self.typed(), by=self.person)
            day_photos.keep(key=self.form_key, photo=photo, by=self.person, about=self.about())
        except RuleBroken as broken:
            form.add_error("photo", broken.message)
        else:
            form.shows_kept(photo.name)

    def form_invalid(self, form: Any) -> HttpResponse:
        self.keep_photo(form)
        return super().form_invalid(form)
