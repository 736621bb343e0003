"""What is stored is listed in order, also what another recorder has stored; what is missing is waited for a while."""

from pathlib import Path

import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.stored_segment import StoredSegment, to_metadata
from mntreamer.ports import MediaStore
from mntreamer.recorder.bookkeeping.listing_queue import ListingQueue
from mntreamer.usecases.recordings.stored.source import Source
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner
from tests.integration.recorder.desk import source

PREFIX = "media/x/"
WITHIN_S = 12.0


def segment(first: int, last: int) -> StoredSegment:
    begins_s = 2.0 * first
    return StoredSegment(
        SegmentName(0, first, last), 2.0 * (last - first + 1), source(first).program_date_time, discontinuity=False,
        first_pts_s=begins_s, last_pts_s=2.0 * last + 2.0, init_digest="i", size_bytes=1,
    )  # fmt: skip


def loss(sequence: int) -> Loss:
    return Loss(0, sequence, Cause.NOT_FETCHED, "HTTP 404", None, 2.0)


class Holder:
    """Lists what it and others have stored."""

    def __init__(self, store: MediaStore) -> None:
        self.store = store
        self.source = Source(store, PREFIX)
        self.queue = ListingQueue(self.source, WITHIN_S)

    def stores(self, *segments: StoredSegment, lost: tuple[int, ...] = ()) -> None:
        self.others_store(*segments)
        self.queue.take(segments, [loss(sequence) for sequence in lost], 6)

    def others_store(self, *segments: StoredSegment) -> None:
        for one in segments:
            self.store.put_new(f"{PREFIX}segments/{one.name.file}", b"x", "video/mp2t", to_metadata(one))

    @property
    def listed(self) -> list[tuple[int, int, bool]]:
        return [(one.name.first, one.name.last, one.discontinuity) for one in self.source.listing.segments]


@pytest.fixture
def holder(tmp_path: Path) -> Holder:
    holder = Holder(FileStore(tmp_path, LinkSigner(b"key", utc_now)))
    holder.stores(segment(9, 11))
    assert [one.name.first for one in holder.queue.list_ready(0.0, waits=True)] == [9]
    return holder


def test_what_follows_is_listed_at_once(holder: Holder) -> None:
    holder.stores(segment(12, 14), segment(15, 17))
    holder.queue.list_ready(0.0, waits=True)
    assert holder.listed == [(9, 11, False), (12, 14, False), (15, 17, False)]


def test_what_another_has_stored_whole_takes_the_place_of_the_pieces_around_a_loss(holder: Holder) -> None:
    holder.others_store(segment(12, 14))
    holder.stores(segment(12, 12), lost=(13,))
    holder.queue.list_ready(0.0, waits=True)
    holder.stores(segment(14, 14), segment(15, 17))
    holder.queue.list_ready(1.0, waits=True)
    assert holder.listed == [(9, 11, False), (12, 14, False), (15, 17, False)]


def test_a_piece_before_a_loss_waits_for_the_whole_that_another_stores_a_little_later(holder: Holder) -> None:
    """What is listed stays: behind the piece the whole would have no place any more."""
    holder.stores(segment(12, 12), segment(14, 14), lost=(13,))
    assert holder.queue.list_ready(0.0, waits=True) == []
    holder.others_store(segment(12, 14))
    holder.queue.list_ready(2.0, waits=True)
    assert holder.listed == [(9, 11, False), (12, 14, False)]


def test_a_piece_before_a_loss_is_listed_after_a_while(holder: Holder) -> None:
    holder.stores(segment(12, 12), segment(14, 14), lost=(13,))
    holder.queue.list_ready(0.0, waits=True)
    holder.queue.list_ready(WITHIN_S, waits=True)
    assert holder.listed == [(9, 11, False), (12, 12, False), (14, 14, True)]


def test_before_what_another_has_stored_nothing_waits(holder: Holder) -> None:
    holder.others_store(segment(15, 17))
    holder.stores(segment(12, 14), lost=(15, 16, 17))
    holder.queue.list_ready(0.0, waits=True)
    assert holder.listed == [(9, 11, False), (12, 14, False)]


def test_each_hole_is_waited_for_as_long_as_the_first_one_was(holder: Holder) -> None:
    holder.stores(segment(15, 17), lost=(12, 13, 14))
    holder.queue.list_ready(0.0, waits=True)
    holder.others_store(segment(12, 14))
    holder.queue.list_ready(5.0, waits=True)

    holder.stores(segment(21, 23), lost=(18, 19, 20))
    assert holder.queue.list_ready(WITHIN_S + 1, waits=True) == []
    holder.others_store(segment(18, 20))
    holder.queue.list_ready(2 * WITHIN_S, waits=True)

    assert [(first, last) for first, last, _ in holder.listed] == [(9, 11), (12, 14), (15, 17), (18, 20), (21, 23)]


def test_of_many_holes_none_waits_for_the_ones_before(holder: Holder) -> None:
    """Else what is listed would lag behind what is stored, ever farther."""
    holder.stores(segment(15, 17), segment(21, 23), lost=(12, 13, 14, 18, 19, 20))
    holder.queue.list_ready(0.0, waits=True)
    holder.queue.list_ready(WITHIN_S, waits=True)
    assert holder.listed == [(9, 11, False), (15, 17, True), (21, 23, True)]


def test_what_another_stores_a_little_later_is_waited_for(holder: Holder) -> None:
    holder.stores(segment(15, 17), lost=(12, 13, 14))
    assert holder.queue.list_ready(0.0, waits=True) == []
    assert holder.queue.due_s == 1.0
    holder.others_store(segment(12, 14))
    holder.queue.list_ready(WITHIN_S - 1, waits=True)
    assert holder.listed == [(9, 11, False), (12, 14, False), (15, 17, False)]


def test_what_nobody_stores_is_a_hole_after_a_while(holder: Holder) -> None:
    holder.stores(segment(15, 17), lost=(12, 13, 14))
    holder.queue.list_ready(0.0, waits=True)
    holder.queue.list_ready(WITHIN_S, waits=True)
    assert holder.listed == [(9, 11, False), (15, 17, True)]


def test_who_is_alone_waits_for_nobody(holder: Holder) -> None:
    holder.stores(segment(12, 12), lost=(13,))
    holder.queue.list_ready(0.0, waits=False)
    holder.stores(segment(14, 14))
    holder.queue.list_ready(0.0, waits=False)
    assert holder.listed == [(9, 11, False), (12, 12, False), (14, 14, True)]


def test_what_others_store_ahead_is_left_until_its_turn_comes(holder: Holder) -> None:
    """What lies between is on its way here."""
    holder.others_store(segment(18, 20))
    holder.stores(segment(12, 12), segment(14, 14), lost=(13,))
    holder.queue.list_ready(0.0, waits=False)
    holder.stores(segment(15, 17), segment(18, 20))
    holder.queue.list_ready(0.0, waits=False)
    assert [(first, last) for first, last, _ in holder.listed] == [(9, 11), (12, 12), (14, 14), (15, 17), (18, 20)]


def test_what_is_listed_already_is_not_listed_twice(holder: Holder) -> None:
    holder.stores(segment(9, 11), segment(12, 14))
    holder.queue.list_ready(0.0, waits=True)
    assert [(first, last) for first, last, _ in holder.listed] == [(9, 11), (12, 14)]
