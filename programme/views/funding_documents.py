"""Papers of the funding as downloads."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from programme import permissions
from programme.models import FundingDocument
from programme.pages import Guarded, as_download
from programme.queries.funding_documents import documents


class DownloadFundingDocument(Guarded):
    """One paper of the funding: a notice, a decision, an award note."""

    guard = permissions.may_see_funding

    @cached_property
    def document(self) -> FundingDocument:
        return get_object_or_404(documents(), pk=self.kwargs["pk"])

    def guarded(self) -> FundingDocument:
        return self.document

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        found = self.document
        return as_download(found.file, name=found.name, content_type=found.content_type)
