"""Pages of the members: the own office, and one search over what was released."""

from functools import cached_property
from typing import Any

from network.enums import Audience
from network.exports.office_feed import feeds
from network.models import Organisation
from network.queries import invitations, own_office
from network.queries.memberships import is_member_on
from programme import clock
from programme.pages import ListPage, Page
from programme.permissions import is_member, is_office
from sites import permissions
from sites.forms.practice import KnowledgeForm
from sites.queries import knowledge, practice

SHOWN_FILES = 5
SHOWN_CERTIFICATES = 10


class MyOffice(Page):
    """Invitations, people, certificates, material and practice cards of the own office."""

    guard = is_member
    template_name = "sites/my_office.html"

    @cached_property
    def offices(self) -> list[Organisation]:
        return own_office.offices(user_id=self.person.pk, day=clock.today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        moment, offices = clock.now(), self.offices
        invited = invitations.own_invitations(user_id=self.person.pk, day=clock.today())
        files = own_office.files(audience=Audience.OFFICES) if offices else []
        return super().get_context_data(**kwargs) | {
            "offices": offices,
            "invitations": [row for row in invited if row.meeting.is_on],
            "people": list(own_office.people(offices=offices, moment=moment)),
            "certificates": own_office.certificates(offices=offices)[:SHOWN_CERTIFICATES],
            "files": files[:SHOWN_FILES],
            "tried": practice.tried(offices=offices),
            "feeds": feeds(offices),
        }


class Knowledge(ListPage):
    """One box over everything that was released; shows only what may be opened."""

    guard = permissions.may_search_knowledge
    template_name = "sites/knowledge.html"
    context_object_name = "hits"

    @cached_property
    def known(self) -> list[knowledge.FieldKnowledge]:
        return knowledge.fields(reads_network=permissions.reads_network_cards(self.person))

    @cached_property
    def filter(self) -> KnowledgeForm:
        choices = [(area.key, area.title) for area in self.known]
        return KnowledgeForm(self.request.GET, fields=choices)

    @cached_property
    def audience(self) -> Audience:
        if is_office(self.person):
            return Audience.TEAM
        belongs = is_member_on(user_id=self.person.pk, day=clock.today())
        return Audience.OFFICES if belongs else Audience.PUBLIC

    def get_queryset(self) -> Any:
        return knowledge.search(
            asked=self.filter.asked(),
            known=self.known,
            audience=self.audience,
            reads_network=permissions.reads_network_cards(self.person),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"filter": self.filter}
