"""A hundred thousand random histories keep every promise of the split (idea B4)."""

import pytest

from tests.programme.split_histories import play_many

HISTORIES = 100_000
PARTS = 10


@pytest.mark.no_cover  # counting lines would double its time
@pytest.mark.parametrize("first_seed", range(0, HISTORIES, HISTORIES // PARTS))
def test_a_hundred_thousand_random_histories_keep_sum_ratio_and_ceilings(first_seed):
    steps = play_many(first_seed=first_seed, amount=HISTORIES // PARTS)

    assert steps.keys() == {"recorded", "taken back", "refused", "diverted"}
    assert steps["recorded"] > HISTORIES // PARTS
