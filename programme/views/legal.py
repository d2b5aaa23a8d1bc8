"""The pages the law asks for."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from programme import permissions
from programme.enums import LegalPageKind
from programme.pages import Page
from programme.queries import legal, privacy


class LegalText(Page):
    """A page made of an editable text and the contact data of the publisher."""

    guard = permissions.everybody
    kind: ClassVar[LegalPageKind] = LegalPageKind.LEGAL_NOTICE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            shown = {"notice": legal.legal_notice(), "page": legal.legal_page(self.kind)}
        except ObjectDoesNotExist as error:
            raise Http404 from error
        return super().get_context_data(**kwargs) | shown


class LegalNoticePage(LegalText):
    guard = permissions.everybody
    template_name = "programme/legal_notice.html"


class Privacy(LegalText):
    guard = permissions.everybody
    kind = LegalPageKind.PRIVACY
    template_name = "programme/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "public_forms": privacy.public_forms(),
            "internal_forms": privacy.internal_forms(),
            "account_forms": privacy.ACCOUNT_FORMS,
            "records": privacy.personal_records(),
        }


class Accessibility(LegalText):
    guard = permissions.everybody
    kind = LegalPageKind.ACCESSIBILITY
    template_name = "programme/accessibility.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"portal_url": settings.BASE_URL}


class EasyLanguage(LegalText):
    guard = permissions.everybody
    kind = LegalPageKind.EASY_LANGUAGE
    template_name = "programme/easy_language.html"


class SignLanguage(LegalText):
    guard = permissions.everybody
    kind = LegalPageKind.SIGN_LANGUAGE
    template_name = "programme/sign_language.html"
