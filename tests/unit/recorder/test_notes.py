"""What a standby remembers, and when what it stored joins what its holder lists."""

import pytest

from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.recorder.bookkeeping.books import News
from mntreamer.recorder.bookkeeping.notes import Notes
from tests.contract.records import NOON, minutes


def stored(first: int, last: int, epoch: int = 0) -> StoredSegment:
    name = SegmentName(epoch, first, last)
    return StoredSegment(
        name, 6.0, None, discontinuity=False, first_pts_s=0, last_pts_s=6, init_digest="", size_bytes=1
    )


def loss(sequence: int) -> Loss:
    return Loss(0, sequence, Cause.NOT_STORED, "why", None, 2.0)


def noted(*segments: StoredSegment) -> Notes:
    notes = Notes()
    notes.take([News(NOON, stored=(segment,)) for segment in segments])
    return notes


@pytest.mark.parametrize(
    ("listed", "joins"),
    [(None, False), ((0, 97, 99), False), ((0, 100, 100), True), ((0, 100, 102), True), ((1, 0, 2), True)],
)
def test_it_joins_once_nothing_is_missing_between(listed: tuple[int, int, int] | None, *, joins: bool) -> None:
    name = SegmentName(*listed) if listed else None
    assert noted(stored(101, 102), stored(103, 105)).joins(name) is joins


def test_behind_a_hole_of_its_own_it_has_to_join_anew() -> None:
    notes = noted(stored(99, 101), stored(105, 107))
    assert not notes.joins(SegmentName(0, 99, 101))
    assert notes.joins(SegmentName(0, 102, 104))


def test_without_anything_stored_it_joins_nothing() -> None:
    assert not Notes().joins(SegmentName(0, 0, 2))


def test_it_tells_its_losses_and_what_was_on_its_way_and_nothing_that_is_stored() -> None:
    notes = Notes()
    notes.take([News(NOON, lost=(loss(3),), expected=(loss(4), loss(5), loss(6)))])
    notes.take([News(NOON + minutes(1), stored=(stored(4, 5),))])
    assert notes.as_news(NOON) == News(NOON, lost=(loss(3),), expected=(loss(6),))
    assert notes.stored_at == NOON + minutes(1)
