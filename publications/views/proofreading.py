"""Proofreading: the preflight with its sign-offs, remarks on blocks."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from publications import permissions
from publications.exports import preflight
from publications.forms.proofreading import CommentForm, SettleForm, StateForm
from publications.models import BlockComment
from publications.queries.sign_offs import NEEDED
from publications.services import block_comments, sign_offs
from publications.views.manuscripts import BlockPage, PublicationForm
from publications.views.writing import TextOfAddress


class Preflight(PublicationForm):
    """Everything to look at on one page; its button agrees with exactly the state it shows."""

    guard = permissions.may_edit_publications
    purpose = "Das Manuskript prüfen und freigeben"
    template_name = "publications/preflight.html"
    form_class = StateForm

    @cached_property
    def looked(self) -> preflight.Preflight:
        return preflight.run(self.publication)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        looked = self.looked
        return super().get_context_data(**kwargs) | {
            "looked": looked,
            "missing": NEEDED - len(looked.signed.valid),
            "has_signed": looked.signed.has_signed(self.person),
        }

    def act(self, form: StateForm) -> HttpResponse:
        sign_offs.sign(
            publication=self.publication, state=form.cleaned_data["state"], by=self.person
        )
        messages.success(self.request, "Sie haben diesen Stand freigegeben.")
        return redirect("publications:preflight", self.publication.slug)


class TakeBackSignOff(PublicationForm):
    """Somebody no longer agrees."""

    guard = permissions.may_edit_publications
    purpose = "Die eigene Freigabe des Manuskripts zurücknehmen"
    http_method_names = ["post", "options"]
    template_name = "publications/preflight.html"
    form_class = forms.Form

    def act(self, form: Any) -> HttpResponse:
        sign_offs.take_back(publication=self.publication, by=self.person)
        messages.success(self.request, "Ihre Freigabe ist zurückgenommen.")
        return redirect("publications:preflight", self.publication.slug)


class CommentBlock(TextOfAddress, BlockPage):
    """All remarks on one block, and a new one."""

    guard = permissions.may_edit_publications
    purpose = "Eine Anmerkung zu einem Baustein des Berichts schreiben"
    template_name = "publications/comment_block.html"
    form_class = CommentForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.block.comments.select_related("by", "settled_by").order_by("created_at", "pk")
        return super().get_context_data(**kwargs) | {
            "commented": self.block,
            "comments": rows,
            "preview": self.shown(self.block.body) if self.block.is_text else None,
        }

    def act(self, form: CommentForm) -> HttpResponse:
        block_comments.write(block=self.block, text=form.cleaned_data["text"], by=self.person)
        messages.success(self.request, "Die Anmerkung ist gespeichert.")
        return redirect("publications:comment_block", self.publication.slug, self.block.pk)


class SettleBlockComment(BlockPage):
    """A remark is dealt with, or open again."""

    guard = permissions.may_edit_publications
    purpose = "Eine Anmerkung zum Bericht erledigen"
    http_method_names = ["post", "options"]
    template_name = "publications/comment_block.html"
    form_class = SettleForm

    def back(self) -> str:
        return reverse("publications:comment_block", args=[self.publication.slug, self.block.pk])

    def form_invalid(self, form: Any) -> HttpResponse:
        return redirect(self.back())

    def act(self, form: SettleForm) -> HttpResponse:
        known = BlockComment.objects.filter(block=self.block)
        comment = get_object_or_404(known, pk=self.kwargs["comment"])
        is_settled = form.cleaned_data["action"] == "settle"
        block_comments.settle(comment=comment, is_settled=is_settled, by=self.person)
        word = "erledigt" if is_settled else "wieder offen"
        messages.success(self.request, f"Die Anmerkung ist {word}.")
        return redirect(self.back())
