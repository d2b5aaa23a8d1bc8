"""Marks what was corrected since an edition came out; the edition itself never changes."""

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token, Variable
from django.template.context import Context

from publications.exports.passages import Mark, marked
from publications.models import Erratum

register = template.Library()


def mark_of(erratum: Erratum) -> Mark:
    """Return how a correction is drawn into the text."""
    return Mark(
        passage=erratum.passage,
        correction=erratum.correction,
        target=f"#korrektur-{erratum.number}",
        label=f"(Korrektur {erratum.number})",
    )


class CorrectedNode(template.Node):
    """The text between the tags, with the passages of one chapter crossed out."""

    def __init__(self, nodelist: NodeList, errata: Variable, anchor: Variable) -> None:
        self.nodelist, self.errata, self.anchor = nodelist, errata, anchor

    def render(self, context: Context) -> Any:
        markup = self.nodelist.render(context)
        anchor = self.anchor.resolve(context)
        here = [one for one in self.errata.resolve(context) if one.anchor == anchor]
        return marked(markup, map(mark_of, here)) if here else markup


@register.tag
def corrected(parser: Parser, token: Token) -> CorrectedNode:
    """`{% corrected errata anchor %} … {% endcorrected %}`: mark the corrections of one chapter."""
    try:
        _, errata, anchor = token.split_contents()
    except ValueError as wrong:
        raise template.TemplateSyntaxError("corrected takes errata and an anchor") from wrong
    nodelist = parser.parse(("endcorrected",))
    parser.delete_first_token()
    return CorrectedNode(nodelist, Variable(errata), Variable(anchor))
