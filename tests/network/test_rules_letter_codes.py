"""The code on paper finds typing errors and nothing but the number stands in it."""

import pytest

from network.rules import letter_codes
from programme.errors import RuleBroken


@pytest.mark.parametrize(
    ("pk", "code"), [(1, "00001-95"), (42, "00042-69"), (99999, "99999-25"), (123456, "123456-76")]
)
def test_a_code_is_the_number_with_two_check_digits(pk, code):
    assert letter_codes.code(pk) == code
    assert letter_codes.read(code) == pk


@pytest.mark.parametrize("typed", ["00042-69", "0004269", " 00042 – 69 ", "000 42 69", "00042/69"])
def test_signs_between_the_digits_do_not_matter(typed):
    assert letter_codes.read(typed) == 42


def test_every_wrong_digit_and_every_swap_of_neighbours_is_found():
    right = "0004269"
    wrong = {
        right[:place] + digit + right[place + 1 :] for place in range(7) for digit in "0123456789"
    } | {right[:place] + right[place + 1] + right[place] + right[place + 2 :] for place in range(6)}

    for text in wrong - {right}:
        with pytest.raises(RuleBroken) as broken:
            letter_codes.read(text)
        assert broken.value.field == "code"


@pytest.mark.parametrize(
    "typed", ["", "42", "abcdefg", "00042-6", "٠٠٠٤٢٦٩", "1" * 13, "00042-69x", "\x00"]
)
def test_what_is_no_code_is_refused_with_an_example(typed):
    with pytest.raises(RuleBroken, match="00042-69"):
        letter_codes.read(typed)
