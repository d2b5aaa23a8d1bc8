"""How far a long piece of work is, told now and then."""

import pytest

from programme.rules.progress import TELL_EVERY, counted


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (0, []),
        (3, [(3, 3)]),
        (TELL_EVERY, [(TELL_EVERY, TELL_EVERY)]),
        (2 * TELL_EVERY + 1, [(500, 1001), (1000, 1001), (1001, 1001)]),
    ],
)
def test_rows_pass_and_every_500_of_them_are_told_and_the_end_once(amount, told):
    heard = []

    rows = list(counted(range(amount), whole=amount, tell=lambda *step: heard.append(step)))

    assert rows == list(range(amount))
    assert heard == told
