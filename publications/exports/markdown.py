"""The small Markdown of the report: notes, references, callouts, quotes, nothing from outside.

Markup, scripts, drawings and pictures in a text are shown as the text they are; nothing in it is
ever fetched, neither by a browser nor by the press.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publications.rules.references import REFERENCE, Target

CALLOUTS = {"hinweis": "Hinweis", "wichtig": "Wichtig", "beispiel": "Beispiel"}
SOURCE_OF_QUOTE = re.compile(r"^(?:—|–|--) ")
_TAGS = {
    *("a", "blockquote", "br", "code", "div", "em", "h3", "h4", "hr", "li", "ol", "p", "pre"),
    *("section", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {
    "a": {"href", "id", "class", "role", "aria-label"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"class"},
    "section": {"class", "role", "aria-label"},
    "th": {"scope"},
}
Env = Any


@dataclass(frozen=True)
class Written:
    """A text as HTML and how many footnotes it has."""

    html: SafeString
    notes: int


def write(text: str, *, targets: Mapping[str, Target], first_note: int = 1) -> Written:
    """Turn a text into clean HTML; its notes count from `first_note`, headings are level 3 or 4.

    A reference to nothing stays as it was typed, so that it is noticed.
    """
    env: Env = {"targets": targets, "first_note": first_note}
    html = nh3.clean(
        _PARSER.render(text, env),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    notes = len(env.get("footnotes", {}).get("list", {}))
    return Written(mark_safe(f'<div class="prose">{html}</div>'), notes)  # noqa: S308  cleaned above


class Texts:
    """Writes the texts of one edition in order: knows all targets, counts the notes on."""

    def __init__(self, targets: Mapping[str, Target]) -> None:
        self.targets = targets
        self.notes = 0

    def write(self, text: str) -> SafeString:
        """Return the next text as HTML."""
        written = write(text, targets=self.targets, first_note=self.notes + 1)
        self.notes += written.notes
        return written.html


def _reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the parser's way
    found = REFERENCE.match(state.src, state.pos)
    if found is None or found[0][2:-2] not in state.env["targets"]:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.content = found[0][2:-2]
    state.pos = found.end()
    return True


def _shape(state: StateCore) -> None:
    """Give quotes their source, headings a level below the chapter, head cells their scope."""
    depth = 0
    for place, token in enumerate(state.tokens):
        depth += token.nesting if token.type.startswith("blockquote") else 0
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h4" if token.tag in {"h4", "h5", "h6"} else "h3"
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
        elif token.type in {"td_open", "td_close"}:
            token.attrs = {}
        elif token.type == "paragraph_open" and depth:
            line = state.tokens[place + 1]
            if SOURCE_OF_QUOTE.match(line.content):
                token.attrSet("class", "report-quote__source")


def _place(env: Env, token: Token) -> int:
    place: int = env["first_note"] + token.meta["id"]
    return place


def _back(token: Token) -> str:
    again = token.meta.get("subId", 0)
    return f"-{again}" if again > 0 else ""


def _note_mark(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Env
) -> str:
    note = _place(env, tokens[idx])
    return (
        f'<sup><a class="report-mark" role="doc-noteref" id="zu-{note}{_back(tokens[idx])}" '
        f'href="#fn-{note}" aria-label="Fußnote {note}">{note}</a></sup>'
    )


def _notes_open(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Env
) -> str:
    return (
        '<section class="report-notes" role="doc-endnotes" aria-label="Fußnoten">'
        f'<ol start="{env["first_note"]}">\n'
    )


def _note_open(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Env
) -> str:
    return f'<li id="fn-{_place(env, tokens[idx])}">'


def _note_back(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Env
) -> str:
    if tokens[idx].meta.get("subId", 0) > 0:
        return ""
    note = _place(env, tokens[idx])
    return (
        f' <a class="report-back" role="doc-backlink" href="#zu-{note}" '
        f'aria-label="Zurück zur Stelle der Fußnote {note}">↑</a>'
    )


def _written_reference(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Env
) -> str:
    target = env["targets"][tokens[idx].content]
    label = str(escape(target.label)).replace(" ", "\u00a0")
    return f'<a class="report-reference" href="#{escape(target.anchor)}">{label}</a>'


def _picture_as_text(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Env
) -> str:
    token = tokens[idx]
    return str(escape(f"![{token.content}]({token.attrs.get('src', '')})"))


def _table_open(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Env
) -> str:
    return '<div class="report-table" role="group" aria-label="Tabelle" tabindex="0"><table>\n'


def _table_close(
    self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Env
) -> str:
    return "</table></div>\n"


def _callout(name: str) -> Any:
    def render(
        self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Env
    ) -> str:
        if tokens[idx].nesting < 0:
            return "</div>\n"
        return (
            f'<div class="report-callout report-callout--{name}" role="note">'
            f'<p class="report-callout__title">{CALLOUTS[name]}</p>\n'
        )

    return render


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("lheading")
    parser.use(footnote_plugin, inline=False)
    for name in CALLOUTS:
        parser.use(container_plugin, name=name, render=_callout(name))
    parser.inline.ruler.before("link", "reference_to", _reference)
    parser.core.ruler.push("shape", _shape)
    for rule, render in (
        ("reference", _written_reference),
        ("image", _picture_as_text),
        ("table_open", _table_open),
        ("table_close", _table_close),
        ("footnote_ref", _note_mark),
        ("footnote_block_open", _notes_open),
        ("footnote_open", _note_open),
        ("footnote_anchor", _note_back),
    ):
        parser.add_render_rule(rule, render)
    return parser


_PARSER = _parser()
