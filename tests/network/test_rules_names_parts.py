"""What a database may look for literally never loses a name the search would find."""

from hypothesis import example, given
from hypothesis import strategies as st

from network.rules.names import certain_parts, folded, matches

NAMES = st.text(alphabet="aeouäöüßsSkKiIİ\u212aÄÖÜẞ -nrgé", max_size=12)


@given(name=NAMES, start=st.integers(0, 12), length=st.integers(1, 8))
@example(name="Göthe, Gießen", start=0, length=13)
@example(name="Aÿe Sußmann", start=0, length=11)
def test_every_name_that_matches_holds_the_parts(name, start, length):
    wanted = folded(name)[start : start + length]

    ascii_only = "".join(sign.lower() if sign.isascii() else sign for sign in name)

    assert matches(wanted, name)
    assert all(part in ascii_only for part in certain_parts(wanted))


def test_the_longest_part_of_each_word_is_taken():
    assert certain_parts("Müllerin 01234") == ["ller", "01234"]
    assert certain_parts("ß ü Ö") == []
