"""The crispy pack "kern": each kind of field with its label, hint and error, tied together."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

RENDER = Template('{% include "components/form.html" with submit="Senden" cancel="/zurueck/" %}')
CHOICES = [("a", "Erste Wahl"), ("b", "Zweite Wahl")]


class EveryField(forms.Form):
    text = forms.CharField(label="Text", help_text="Ein kurzer Text.")
    long_text = forms.CharField(label="Langer Text", widget=forms.Textarea)
    choice = forms.ChoiceField(label="Auswahl", choices=CHOICES)
    radio = forms.ChoiceField(label="Eine von zwei", choices=CHOICES, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        label="Mehrere",
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text="Gern zwei.",
    )
    agreed = forms.BooleanField(label="Einverstanden")
    day = forms.DateField(label="Tag", widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label="Uhrzeit", widget=forms.TimeInput(attrs={"type": "time"}))
    moment = forms.SplitDateTimeField(label="Zeitpunkt")
    file = forms.FileField(label="Datei")
    password = forms.CharField(label="Passwort", widget=forms.PasswordInput)
    note = forms.CharField(label="Anmerkung", required=False)


def render(form, **context):
    return RENDER.render(Context({"form": form, **context}))


def test_an_empty_form_has_a_label_for_every_control_and_no_error():
    html = render(EveryField())

    controls = re.findall(r'<(?:input|textarea|select)[^>]* id="([^"]+)"', html)
    labels = re.findall(r'<label[^>]* for="([^"]+)"', html)
    assert set(controls) - set(labels) == {"id_moment_0", "id_moment_1"}  # named by the legend
    assert "kern-error" not in html
    assert 'role="alert"' not in html
    assert 'enctype="multipart/form-data"' in html
    assert "novalidate" in html


def test_an_optional_field_says_so_and_a_required_one_does_not():
    html = render(EveryField())

    assert html.count("– optional") == 1
    assert re.search(r'for="id_note">Anmerkung <span class="kern-label__optional">– optional', html)


def test_a_field_that_is_needed_sometimes_is_not_called_optional():
    form = EveryField()
    form.fields["note"].sometimes_required = True

    assert "– optional" not in render(form)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("text", "id_text"),
        ("long_text", "id_long_text"),
        ("choice", "id_choice"),
        ("radio", "id_radio_0"),
        ("several", "id_several_0"),
        ("agreed", "id_agreed"),
        ("day", "id_day"),
        ("time", "id_time"),
        ("moment", "id_moment_0"),
        ("file", "id_file"),
        ("password", "id_password"),
    ],
)
def test_every_kind_of_field_shows_its_error_and_the_summary_leads_to_it(name, first):
    html = render(EveryField(data={}, files={}))

    described = re.findall(r'aria-describedby="([^"]+)"', html)
    assert f'id="id_{name}_error"' in html
    assert any(f"id_{name}_error" in ids.split() for ids in described)
    assert f'href="#{first}"' in html
    assert f'id="{first}"' in html


def test_the_summary_is_an_alert_that_can_take_the_focus():
    html = render(EveryField(data={}, files={}))

    assert re.search(r'kern-alert--danger error-summary" role="alert" tabindex="-1"', html)
    assert html.index('role="alert"') < html.index('id="id_text"')


def test_every_referenced_description_exists_once():
    html = render(EveryField(data={}, files={}))

    for ids in re.findall(r'aria-describedby="([^"]+)"', html):
        for one in ids.split():
            assert html.count(f'id="{one}"') == 1


def test_what_was_typed_is_kept():
    html = render(EveryField(data={"text": "Grüße", "radio": "b", "several": ["a"]}))

    assert 'value="Grüße"' in html
    assert re.search(r'<input[^>]*value="b"[^>]*checked', html)
    assert re.search(r'<input[^>]*checked[^>]*name="several"[^>]*value="a"', html) or re.search(
        r'<input[^>]*value="a"[^>]*checked', html
    )


def test_a_layout_with_fieldset_and_row_is_drawn_in_its_order():
    class Laid(EveryField):
        helper = FormHelper()
        helper.layout = Layout(Fieldset("Wann", Row(Column("day"), Column("time"))), "text")

    html = render(Laid(data={}))

    assert html.index("Wann</legend>") < html.index('id="id_day"') < html.index('id="id_text"')
    assert html.count('role="alert"') == 1
    assert html.count("<form") == 1


def test_the_form_key_and_the_way_back_are_written():
    html = render(EveryField(), form_key="0b5f6b3e-0000-4000-8000-000000000000")

    assert 'name="form_key" value="0b5f6b3e-0000-4000-8000-000000000000"' in html
    assert 'href="/zurueck/"' in html


def test_text_of_users_is_escaped():
    html = render(EveryField(data={"text": '<script>"'}))

    assert "<script>" not in html


def test_a_formset_numbers_its_errors():
    formset = forms.formset_factory(EveryField, extra=2)(
        data={"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-text": "x"}
    )
    template = Template("{% load crispy_forms_tags %}{% crispy formset helper %}")
    helper = FormHelper()
    helper.form_tag = False

    html = template.render(
        Context({"formset": formset, "helper": helper, "request": RequestFactory().get("/")})
    )

    assert 'href="#id_form-0-day"' in html
    assert "1. Tag – " in html
    assert 'name="form-TOTAL_FORMS"' in html
