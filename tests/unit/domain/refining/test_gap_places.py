import pytest

from mntreamer.domain.recordings.gap import Gap
from mntreamer.domain.recordings.loss import Cause
from mntreamer.domain.refining.gap_places import placed_gaps
from tests.unit.domain.lines import lines

US = 1_000_000


@pytest.mark.parametrize(
    ("epoch", "first", "source_s", "published_s"),
    [
        (0, 0, 0, 0),
        (0, 3, 6, 6),
        (0, 9, 18, 12),  # within what is cut out: where that would be
        (0, 15, 30, 12),
        (0, 18, 36, 18),
        (0, 30, 60, 42),
        (1, 0, 60, 42),
    ],
)
def test_a_gap_is_a_point_before_what_was_recorded_behind_it(
    epoch: int, first: int, source_s: int, published_s: int
) -> None:
    gap = Gap(epoch, first, first, None, 2.0, Cause.DAMAGED, "no picture")
    [placed] = placed_gaps([gap], lines(10, (2, 4)))
    assert placed.gap == gap
    assert placed.at.source.begin_us == placed.at.source.end_us == source_s * US
    assert placed.at.published.begin_us == placed.at.published.end_us == published_s * US
