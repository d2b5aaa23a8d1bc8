"""Which signs the labels can print."""

from unicodedata import category

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from publications.rules.label_signs import PRINTED, unprintable


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ("Käthe Strauß, Łódź, Đặng Thị Hồng, Çağlar", ""),
        ("\u0418\u0432\u0430\u043d, Αθήνα", ""),
        ("Ka\u0308the, Weg 3–5, „Haus“", ""),
        ("王伟 Wang, 王", "王伟"),
        ("\u05d3\u05df\u200f", "\u05d3\u05df"),
    ],
)
def test_a_sign_the_font_lacks_is_named_once(line, signs):
    assert unprintable([line]) == signs


@pytest.mark.parametrize("weight", ["Regular", "SemiBold"])
def test_the_font_has_every_sign_that_is_taken_for_printable(weight):
    found = finders.find(f"kern/fonts/fira-sans/FiraSans-{weight}.woff2")
    known = TTFont(found).getBestCmap()

    taken = {sign for first, last in PRINTED for sign in range(first, last + 1)}

    assert {hex(sign) for sign in taken if category(chr(sign)) != "Cn"} <= set(map(hex, known))
