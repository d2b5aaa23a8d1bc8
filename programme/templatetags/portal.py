"""Template tags of the whole house: numbers with units, building blocks, charts."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from html import unescape
from typing import Any, TypeVar

import nh3
from django import template
from django.core.cache import caches
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from programme import charts, unsent
from programme.rules.curves import CurveDrawing, curve_rows, draw_curves
from programme.rules.money import rounded, written
from programme.units import half_up, unit_of

register = template.Library()
Chart = TypeVar("Chart", charts.BarChart, charts.TileMap)

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_ALLOWED_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_RULE = re.compile(r"\b(Regel ([FH][0-9]{2}))\b")
_BADGE_TONES = {"info", "success", "warning", "danger"}


@register.filter
def eur(amount: Decimal | None) -> str:
    """Write an amount as "1.234,56 EUR"; a missing one as a dash."""
    return "–" if amount is None else written(amount)


@register.filter
def with_minus(number: Decimal) -> str:
    """Write a number with all its places and a minus people and screen readers know: "−0,0377"."""
    return number_format(number).replace("-", "\N{MINUS SIGN}")


@register.simple_tag
def share_of(part_eur: Decimal, whole_eur: Decimal) -> str:
    """Write a part of a whole in percent with two places: "47,17 %"; a dash without a whole."""
    if not whole_eur:
        return "–"
    # number_format cuts off what it does not show.
    return f"{number_format(rounded(100 * part_eur / whole_eur), decimal_pos=2)} %"


@register.filter
def file_size(size_bytes: int | None) -> str:
    """Write a size in bytes as people read it: "340 kB", "1,2 MB"."""
    if size_bytes is None:
        return "–"
    if size_bytes < 1000:
        return f"{size_bytes} Byte"
    if size_bytes < 1_000_000:
        return f"{round(size_bytes / 1000)} kB"
    return f"{number_format(half_up(Decimal(size_bytes) / 1_000_000, 1))} MB"


@register.filter
def markdown(text: str) -> SafeString:
    """Turn a small Markdown (headings from level 2, lists, links, tables) into clean HTML."""
    html = nh3.clean(
        _MARKDOWN.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>"),
        tags=_ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return mark_safe(f'<div class="prose">{html}</div>')  # noqa: S308  cleaned above


@register.filter
def teaser(text: str) -> str:
    """Return the first paragraph of a small Markdown as plain text, for leads and lists."""
    first = re.split(r"\n\s*\n", text.strip(), maxsplit=1)[0]
    return unescape(nh3.clean(_MARKDOWN.render(first), tags=set())).strip()


@register.filter
def first_sentence(text: str) -> str:
    """Return the first sentence of a text, for cards and leads; dates and "ca." end none."""
    return re.split(r"(?<=[a-zäöüß)“][.!?]) (?=[A-ZÄÖÜ„])", text.strip(), maxsplit=1)[0]


@register.filter
def rule_links(text: str) -> SafeString:
    """Link "Regel F07" in a sentence to the page of rules; everything else is escaped."""
    link = rf'<a class="kern-link" href="{reverse("programme:funding_rules")}#\2">\1</a>'
    linked = _RULE.sub(link, conditional_escape(text))
    return mark_safe(linked)  # noqa: S308  escaped in the line above


@register.inclusion_tag("components/page_head.html")
def page_head(title: str, preline: str = "", lead: str = "") -> dict[str, str]:
    """Write the only h1 of a page, with the line above it and the sentence below it."""
    return {"title": title, "preline": preline, "lead": lead}


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: Context, *steps: str) -> dict[str, object]:
    """Write the way to the page: label, address, label, address ...; the last may lack one.

    An address is a path or the name of a URL without arguments ("sites:sites").
    """
    request = context.get("request")
    inside = request is not None and request.path.startswith("/intern/")
    first = ("Arbeitsbereich", "dashboard:start") if inside else ("Startseite", "dashboard:home")
    padded = [*first, *steps, *([""] if len(steps) % 2 else [])]
    pairs = zip(padded[::2], padded[1::2], strict=True)
    return {"steps": [{"label": label, "url": _address(url)} for label, url in pairs]}


def _address(url: str) -> str:
    """Return a path as it is and the name of a URL as its path."""
    return reverse(url) if url and not url.startswith(("/", "#", "http")) else url


@register.inclusion_tag("components/key_figure.html")
def key_figure(value: object, label: str, hint: str = "") -> dict[str, object]:
    """Write one figure of a `<ul class="key-figures">`: number, what it counts, note or source."""
    return {"value": value, "label": unit_of(value, label), "hint": hint}


@register.inclusion_tag("components/badge.html")
def badge(text: str, tone: str = "info") -> dict[str, str]:
    """Write a state as a badge; the words carry the meaning, the tone only supports it."""
    return {"text": text, "tone": tone if tone in _BADGE_TONES else "neutral"}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, text: str, url: str = "", action: str = "") -> dict[str, str]:
    """Say why a list is empty and what to do about it."""
    return {"title": title, "text": text, "url": _address(url), "action": action}


@register.inclusion_tag("components/charts/tile_map.html")
def tile_map(tile_map: charts.TileMap) -> dict[str, Any]:
    """Draw the map of tiles and the same information as a table."""
    return {"chart": tile_map}


@register.inclusion_tag("components/charts/bar_chart.html")
def bar_chart(chart: charts.BarChart) -> dict[str, Any]:
    """Draw grouped bars, once more for phones, and the same numbers as a table."""
    return {"chart": chart, "rows": _labelled(chart, _rows(chart))}


@register.inclusion_tag("components/charts/curves.html")
def curves(chart: charts.BarChart) -> dict[str, Any]:
    """Draw running sums as lines, once more for phones, and the same numbers as a table."""
    slender = replace(chart, key=f"{chart.key}-schmal")
    template = "components/charts/curves.svg"
    return {
        "chart": chart,
        "wide": _drawn(template, chart, draw_curves),
        "narrow": _drawn(template, slender, _narrow_curves),
        "rows": _labelled(chart, curve_rows(chart)),
    }


def _narrow_curves(chart: charts.BarChart) -> CurveDrawing:
    return draw_curves(chart, width=charts.NARROW_WIDTH)


@register.simple_tag
def tile_map_svg(tile_map: charts.TileMap) -> str:
    """Draw the map alone, for print templates that set their own table."""
    return _drawn("components/charts/tile_map.svg", tile_map, charts.draw_map)


@register.simple_tag
def bar_chart_svg(chart: charts.BarChart) -> str:
    """Draw the bars alone, for print templates that set their own table."""
    return _drawn("components/charts/bar_chart.svg", chart, charts.draw_bars)


@register.simple_tag
def narrow_bar_chart_svg(chart: charts.BarChart) -> str:
    """Draw the bars in the width of a phone, for beside the wide ones."""
    slender = replace(chart, key=f"{chart.key}-schmal")
    return _drawn("components/charts/bar_chart.svg", slender, _narrow)


def _narrow(chart: charts.BarChart) -> charts.BarDrawing:
    return charts.draw_bars(chart, width=charts.NARROW_WIDTH)


def _drawn(template: str, chart: Chart, draw: Callable[[Chart], object]) -> str:
    """Return a drawing, kept under everything it shows: other numbers are another drawing."""
    key = sha256(f"{template}{draw.__name__}{chart!r}".encode()).hexdigest()
    kept = caches["drawings"]
    svg: str | None = kept.get(key)
    if svg is None:
        svg = render_to_string(template, {"chart": chart, "drawing": draw(chart)})
        kept.set(key, svg)
    return mark_safe(svg)  # noqa: S308  came from a template that escapes


def _labelled(
    chart: charts.BarChart, rows: Iterable[tuple[str, Iterable[str]]]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give each value the name of its series, for phones, where a row is a card without heads."""
    names = [series.name for series in chart.series]
    return [(category, list(zip(names, values, strict=True))) for category, values in rows]


def _rows(chart: charts.BarChart) -> list[tuple[str, tuple[str, ...]]]:
    return list(zip(chart.categories, charts.numbers(chart), strict=True))


@register.simple_tag(takes_context=True)
def form_owner(context: Context) -> SafeString:
    """Write for whom a form is made, so that nothing typed is lost when the login ends."""
    mark = unsent.owner_mark(context.get("user"))
    if not mark:
        return SafeString()
    return format_html('<input type="hidden" name="{}" value="{}">', unsent.OWNER, mark)
