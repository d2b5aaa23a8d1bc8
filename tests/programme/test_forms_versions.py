"""Two versions of a record, told the way the form shows them."""

from datetime import date, time

import pytest
from django import forms

from programme.forms.versions import Difference, VersionedForm, differing, told

STATES = forms.ChoiceField(choices=[("open", "offen"), ("done", "erledigt")])
ANY = forms.CharField()


class NoteForm(VersionedForm):
    text = forms.CharField(label="Text", required=False)
    day = forms.DateField(label="Tag", required=False)


@pytest.mark.parametrize(
    ("value", "field", "text"),
    [
        (True, ANY, "ja"),
        (False, ANY, "nein"),
        (time(9, 5), ANY, "09:05"),
        (date(2016, 2, 29), ANY, "29.02.2016"),
        (["Weiß", "Groß"], ANY, "Groß, Weiß"),
        ([], ANY, "–"),
        ("done", STATES, "erledigt"),
        ("gone", STATES, "gone"),
        ("eins\r\nzwei ", ANY, "eins\nzwei"),
        (0, ANY, "0"),
        (None, ANY, "–"),
        ("", ANY, "–"),
    ],
)
def test_values_are_told_as_people_read_them(value, field, text):
    assert told(value, field) == text


def test_only_what_differs_is_compared():
    pairs = [("Titel", "A", "A"), ("Ort", "Fulda", "Gießen")]

    assert differing(pairs) == [Difference("Ort", "Fulda", "Gießen")]


def test_a_form_compares_its_own_fields_with_what_stands():
    form = NoteForm({"text": "eins\r\nzwei", "day": "2016-03-01", "seen_at": "erfunden"})
    assert form.is_valid()

    found = form.differences({"text": "eins\nzwei", "day": date(2016, 2, 29), "foreign": "x"})

    assert found == [("Tag", "29.02.2016", "01.03.2016")]
    assert form.cleaned_data["seen_at"] is None
