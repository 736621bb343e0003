"""The table, to the letter."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise

import pytest

from mntreamer.domain.monitors.backoff import jittered, step_after_miss, wait_after_error


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


def test_errors_wait_for_minutes_however_many_there_were() -> None:
    assert [wait_after_error(count) for count in (0, 1, 2, 3, 10_000)] == [
        timedelta(minutes=m) for m in (1, 2, 4, 5, 5)
    ]


def test_jitter_shortens_a_wait_by_a_tenth_at_the_most_and_differs_from_channel_to_channel() -> None:
    now, minute = datetime(2026, 11, 22, 12, 0, tzinfo=UTC), timedelta(minutes=1)

    waits = {jittered(minute, f"chzzk:{number}", now) for number in range(100)}

    assert len(waits) == 100
    assert 0.9 * minute <= min(waits) < 0.92 * minute
    assert 0.98 * minute < max(waits) <= minute


def test_channels_that_were_added_together_drift_apart() -> None:
    due = {f"chzzk:{number}": datetime(2026, 11, 22, 12, 0, tzinfo=UTC) for number in range(50)}
    for _ in range(30):
        due = {name: at + jittered(timedelta(minutes=1), name, at) for name, at in due.items()}

    assert max(due.values()) - min(due.values()) > timedelta(seconds=30)
