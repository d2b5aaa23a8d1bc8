"""The public profile of a site, kept by its staff."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from programme.pages import FormPage
from sites import permissions
from sites.forms.profiles import ProfileForm
from sites.models import Site
from sites.rules.profiles import ProfileDraft
from sites.rules.versions import NewerVersion
from sites.services import profiles
from sites.views.workspace import SiteOfAddress

COLUMNS = tuple(ProfileDraft.__dataclass_fields__)


class EditProfile(SiteOfAddress, FormPage):
    """What the office says about itself; two people who save at once see both versions."""

    guard = permissions.may_edit_measures
    purpose = "Das öffentliche Profil eines Standorts pflegen"
    template_name = "sites/edit_profile.html"
    form_class = ProfileForm
    clash: Site | None = None

    def get_initial(self) -> dict[str, Any]:
        seen = self.site.profile_changed_at
        stands = {name: getattr(self.site, name) for name in COLUMNS}
        return stands | {"seen_at": seen.isoformat() if seen else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        stands = {name: getattr(self.clash, name) for name in COLUMNS} if self.clash else {}
        return context | {
            "site": self.site,
            "differences": context["form"].differences(stands) if stands else [],
        }

    def act(self, form: ProfileForm) -> HttpResponse:
        seen_at = form.cleaned_data["seen_at"]
        try:
            profiles.describe(site=self.site, draft=form.draft(), seen_at=seen_at, by=self.person)
        except NewerVersion as newer:
            self.clash = newer.current
            form.now_seen(newer.current)
            raise
        messages.success(self.request, "Das Profil ist gespeichert.")
        return self.to_site()
