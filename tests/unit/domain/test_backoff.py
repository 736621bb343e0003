"""The table, to the letter."""

from datetime import timedelta
from itertools import accumulate, pairwise

import pytest

from mntreamer.domain.backoff import step_after_miss


@pytest.mark.parametrize(
    ("miss_count", "minutes", "next_count"),
    [
        (0, 1, 1), (11, 1, 12), (12, 3, 13), (23, 3, 24), (24, 10, 25), (35, 10, 36), (36, 15, 37), (47, 15, 48),
        (48, 30, 49), (59, 30, 60), (60, 40, 61), (61, 40, 62), (62, 50, 1), (63, 50, 1), (1000, 50, 1),
    ],
)  # fmt: skip
def test_each_step_is_the_tables(miss_count: int, minutes: int, next_count: int) -> None:
    assert step_after_miss(miss_count) == (timedelta(minutes=minutes), next_count)


def test_a_silent_channel_is_looked_at_closely_again_after_the_longest_wait() -> None:
    counts = list(accumulate(range(70), lambda count, _: step_after_miss(count).miss_count, initial=0))

    assert counts[62] == 62
    assert counts[63] == 1


def test_the_wait_never_shrinks_before_it_starts_again() -> None:
    waits = [step_after_miss(count).wait for count in range(63)]

    assert all(earlier <= later for earlier, later in pairwise(waits))
