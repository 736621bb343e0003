from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mntreamer.domain.errors import SourceError
from mntreamer.domain.segments.epoch import Epoch, epoch_of, parse_epoch, render_epoch
from mntreamer.domain.segments.window import SourceSegment, Window

EPOCH = Epoch(2, 3, 5001, datetime(2026, 11, 22, 12, 0, tzinfo=UTC))


@pytest.mark.parametrize("epoch", [EPOCH, replace(EPOCH, program_date_time=None)])
def test_what_is_written_is_read_back(epoch: Epoch) -> None:
    assert parse_epoch(render_epoch(epoch)) == epoch


@pytest.mark.parametrize(("target_duration_s", "bundle"), [(1.0, 6), (2.0, 3), (4.17, 1), (6.0, 1), (10.0, 1)])
def test_a_bundle_is_about_six_seconds(target_duration_s: float, bundle: int) -> None:
    window = Window(target_duration_s, (SourceSegment(7, "https://m.example/", target_duration_s),))

    assert epoch_of(window, 0).bundle_size == bundle


def test_a_source_that_counts_anew_without_end_is_left_alone() -> None:
    window = Window(2.0, (SourceSegment(7, "https://m.example/", 2.0),))

    assert epoch_of(window, 999).file == "999.json"
    with pytest.raises(SourceError, match="1000 times"):
        epoch_of(window, 1000)
