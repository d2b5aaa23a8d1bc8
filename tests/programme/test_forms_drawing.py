"""Inputs drawn without a template say the same as Django's own."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from programme.forms.drawing import PlainInputs


def read(html: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, sorted(attrs, key=str)))

    Reader().feed(html)
    return found


@pytest.mark.parametrize("value", [None, "", "Änne O'Hara", '"><script>&amp;', 1234, 0, True])
@pytest.mark.parametrize(
    "widget",
    [forms.TextInput, forms.EmailInput, forms.NumberInput, forms.URLInput, forms.PasswordInput],
)
def test_an_input_has_the_same_attributes(widget, value):
    attrs = {"id": "id_x", "required": True, "placeholder": False, "maxlength": 1200, "title": "ü"}

    drawn = widget().render("x", value, attrs, PlainInputs())

    assert read(drawn) == read(widget().render("x", value, attrs, TemplatesSetting()))
    assert [tag for tag, _ in read(drawn)] == ["input"]


def test_other_widgets_are_drawn_as_before():
    widget = forms.Select(choices=[("a", "Ä"), ("b", "B & C")])

    drawn = widget.render("x", "b", {}, PlainInputs())

    assert drawn == widget.render("x", "b", {}, TemplatesSetting())
