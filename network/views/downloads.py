"""Files of meetings, each way in with its own guard: everybody, by link, signed in."""

from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from network.enums import Audience
from network.models import Material
from network.permissions import may_read_office_papers
from network.queries import released
from network.queries.memberships import is_member_on
from programme import clock
from programme.pages import Guarded, Unlisted, as_download
from programme.permissions import everybody, is_office


def _download(row: Material) -> HttpResponseBase:
    return as_download(row.file, name=row.name, content_type=row.content_type)


class PublicMaterial(Guarded):
    """A file that is released to everybody."""

    guard = everybody

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
        rows = released.released_material(Audience.PUBLIC)
        return _download(get_object_or_404(rows, meeting__slug=slug, pk=pk))


class ParticipantMaterial(Unlisted, Guarded):
    """A file for people with a seat, behind their own link; other meetings are not found."""

    guard = everybody

    def get(self, request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
        registration = released.participant(token=token)
        if registration is None:
            raise Http404
        rows = released.released_material(Audience.PARTICIPANTS)
        return _download(get_object_or_404(rows, meeting=registration.meeting_id, pk=pk))


class OfficeMaterial(Guarded):
    """A file for members of the offices; the programme team gets every file."""

    guard = may_read_office_papers

    @cached_property
    def audience(self) -> Audience:
        return Audience.TEAM if is_office(self.person) else Audience.OFFICES

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
        if self.audience == Audience.TEAM:
            rows = Material.objects.all()
        elif is_member_on(user_id=self.person.pk, day=clock.today()):
            rows = released.released_material(self.audience)
        else:
            raise Http404
        return _download(get_object_or_404(rows, meeting__slug=slug, pk=pk))
