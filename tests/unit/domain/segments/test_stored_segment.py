"""A stored segment's facts survive the store, and say whether it goes on from the one before."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mntreamer.domain.errors import SourceError
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.segments.stored_segment import StoredSegment, from_metadata, to_metadata

FIRST = StoredSegment(
    name=SegmentName(0, 9, 11),
    duration_s=6.0,
    program_date_time=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
    discontinuity=False,
    first_pts_s=100.0,
    last_pts_s=105.98,
    init_digest="0f",
    size_bytes=7,
)
NEXT = replace(FIRST, name=SegmentName(0, 12, 14), first_pts_s=106.0, last_pts_s=111.98)


@pytest.mark.parametrize(
    "segment",
    [FIRST, replace(FIRST, program_date_time=None, discontinuity=True), replace(FIRST, format="h264 160x90")],
)
def test_what_is_written_is_read_back(segment: StoredSegment) -> None:
    assert from_metadata(segment.name, to_metadata(segment), segment.size_bytes) == segment


def test_damaged_facts_are_an_error_of_the_family() -> None:
    with pytest.raises(SourceError):
        from_metadata(FIRST.name, {}, 1)


def test_timestamps_that_go_on_are_no_discontinuity() -> None:
    assert not NEXT.listed_after(FIRST).discontinuity


@pytest.mark.parametrize("first_pts_s", [0.0, 90.0, 110.0, 100_000.0])
def test_timestamps_that_jump_are_a_discontinuity(first_pts_s: float) -> None:
    assert replace(NEXT, first_pts_s=first_pts_s).listed_after(FIRST).discontinuity


def test_a_wrap_of_the_33_bits_is_no_jump() -> None:
    before = replace(FIRST, last_pts_s=2**33 / 90_000 - 0.02)

    assert not replace(NEXT, first_pts_s=0.01).listed_after(before).discontinuity


SMALL, LARGE = "h264 160x90, aac 48000 Hz 2 ch", "h264 320x180, aac 48000 Hz 2 ch"


def test_another_format_than_before_is_a_discontinuity() -> None:
    assert replace(NEXT, format=LARGE).listed_after(replace(FIRST, format=SMALL)).discontinuity
    assert not replace(NEXT, format=SMALL).listed_after(replace(FIRST, format=SMALL)).discontinuity


@pytest.mark.parametrize(("before", "after"), [(None, LARGE), (SMALL, None)])
def test_a_format_that_is_not_known_breaks_nothing(before: str | None, after: str | None) -> None:
    """Segments that were stored without one are still there."""
    assert not replace(NEXT, format=after).listed_after(replace(FIRST, format=before)).discontinuity
