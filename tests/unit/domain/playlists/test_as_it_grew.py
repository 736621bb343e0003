"""What was backfilled is left out for those who watch a recording since it grew."""

import pytest

from mntreamer.domain.errors import SourceError
from mntreamer.domain.playlists.published_playlist import render_live, render_published
from mntreamer.domain.playlists.source_playlist import (
    BACKFILLED,
    BEFORE_ALL,
    Segment,
    SegmentName,
    SourcePlaylist,
    parse_segment_name,
    parse_source,
    render_source,
)
from mntreamer.domain.refining.edits import Cut, Edits, Span
from mntreamer.domain.segments.cover import fitting
from tests.contract.records import NOON


def entry(first: int, *, epoch: int = 0, broken: bool = False, backfilled: bool = False) -> Segment:
    return Segment(SegmentName(epoch, first, first + 2), 6.0, None, broken, backfilled)


def live(*segments: Segment) -> str:
    return render_live(render_source(SourcePlaylist(6, segments, ended=True)), Edits())


def test_an_entry_says_that_it_was_backfilled() -> None:
    playlist = SourcePlaylist(6, (entry(9, epoch=BEFORE_ALL, backfilled=True), entry(12)), ended=True)

    assert parse_source(render_source(playlist)) == playlist


def test_it_is_as_if_nothing_had_been_backfilled() -> None:
    healed = live(entry(0, backfilled=True), entry(3), entry(6, backfilled=True), entry(9), entry(12))

    assert healed == live(entry(3), entry(9, broken=True), entry(12))


def test_what_comes_in_front_makes_the_first_entry_no_new_begin() -> None:
    assert live(entry(0, epoch=BEFORE_ALL, backfilled=True), entry(3, broken=True)) == live(entry(3))


def test_what_is_cut_out_later_stays_a_gap_whatever_else_the_cut_covers() -> None:
    playlist = SourcePlaylist(6, (entry(0, backfilled=True), entry(3), entry(6)), ended=True)
    cut = Cut("c1", Span(SegmentName(0, 0, 2), SegmentName(0, 3, 5)), NOON)

    shown = render_live(render_source(playlist), Edits(cuts=(cut,)))

    assert shown.count("segments/") == 2
    assert shown.count("#EXT-X-GAP") == 1


def test_what_people_play_later_has_it_all() -> None:
    source = render_source(SourcePlaylist(6, (entry(0, backfilled=True), entry(3)), ended=True))
    published = render_published(source, Edits())

    assert published.count("segments/") == 2
    assert BACKFILLED not in published


def test_the_epoch_in_front_sorts_before_all_others_as_text_too() -> None:
    names = [SegmentName(epoch, 5, 7) for epoch in (BEFORE_ALL, 0, 1, 999)]

    assert sorted(names) == names
    assert sorted(name.file for name in names) == [name.file for name in names]
    assert [parse_segment_name(name.file) for name in names] == names


@pytest.mark.parametrize("name", ["-02-0000000001-0000000002.ts", "--1-0000000001-0000000002.ts", "-1-1-2.ts"])
def test_there_is_one_such_epoch(name: str) -> None:
    with pytest.raises(SourceError):
        parse_segment_name(name)


def test_only_what_overlaps_nothing_that_is_listed_is_listed_later() -> None:
    listed = [SegmentName(0, 9, 11), SegmentName(0, 15, 17), SegmentName(1, 0, 2)]
    stored = [
        SegmentName(BEFORE_ALL, 9, 11), SegmentName(0, 6, 8), SegmentName(0, 8, 9), SegmentName(0, 12, 12),
        SegmentName(0, 12, 14), SegmentName(0, 14, 15), SegmentName(0, 9, 11), SegmentName(0, 18, 20),
    ]  # fmt: skip

    assert fitting(stored, listed) == [
        SegmentName(BEFORE_ALL, 9, 11), SegmentName(0, 6, 8), SegmentName(0, 12, 14), SegmentName(0, 18, 20),
    ]  # fmt: skip
