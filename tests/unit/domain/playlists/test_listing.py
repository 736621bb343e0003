"""What a source playlist lists only ever grows at its end, and reads as if it had been written at once."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.playlists.listing import Listing
from mntreamer.domain.playlists.source_playlist import (
    Segment,
    SegmentName,
    SourcePlaylist,
    parse_source,
    render_source,
)

AT = datetime(2026, 11, 22, 12, 0, 0, 123000, tzinfo=UTC)
FIRST = Segment(SegmentName(0, 5001, 5003), 6.0, AT)
SECOND = Segment(SegmentName(0, 5004, 5006), 6.006, None, discontinuity=True)


def _listing(*segments: Segment, target_duration_s: int = 6) -> Listing:
    return Listing(SourcePlaylist(target_duration_s, segments))


def test_what_is_listed_already_is_neither_replaced_nor_repeated() -> None:
    listing = _listing(FIRST)
    overlapping = Segment(SegmentName(0, 5002, 5004), 6.0)

    listing.append([FIRST, overlapping, SECOND], 6)

    assert list(listing.segments) == [FIRST, SECOND]


def test_another_epoch_may_count_from_anywhere() -> None:
    listing = _listing(FIRST)
    restarted = Segment(SegmentName(1, 0, 2), 6.0)

    listing.append([restarted], 6)

    assert listing.last == restarted.name
    assert listing.segments[1].discontinuity


def test_what_is_missing_between_two_entries_is_a_discontinuity() -> None:
    listing = _listing(FIRST)

    listing.append([Segment(SegmentName(0, 5009, 5011), 6.0)], 6)

    assert listing.segments[1].discontinuity


def test_the_target_duration_covers_the_longest() -> None:
    listing = _listing(FIRST)

    listing.append([Segment(SegmentName(0, 6000, 6000), 9.6)], 6)

    assert b"#EXT-X-TARGETDURATION:10\n" in listing.body


def test_the_target_duration_is_that_of_the_first_that_is_listed() -> None:
    listing = Listing()
    listing.append([FIRST], 8)
    listing.append([SECOND], 12)

    assert b"#EXT-X-TARGETDURATION:8\n" in listing.body


def test_of_nothing_there_is_no_playlist() -> None:
    assert Listing().playlist is None


def test_what_others_listed_meanwhile_goes_first() -> None:
    ours = _listing(Segment(SegmentName(0, 5002, 5003), 4.0), SECOND)
    ours.ended = True

    merged = ours.merged_into(SourcePlaylist(6, (FIRST,)))

    assert merged.playlist == SourcePlaylist(6, (FIRST, SECOND), ended=True)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 20_000), st.booleans())), st.booleans())
def test_the_text_is_the_same_however_it_came_about(grown: list[tuple[int, int, bool]], ended: bool) -> None:  # noqa: FBT001
    listing = Listing()
    first = 0
    for count, duration_ms, broken in grown:
        listing.append([Segment(SegmentName(0, first, first + count - 1), duration_ms / 1000, AT, broken)], 6)
        first += count
    listing.ended = ended

    playlist = listing.playlist

    assert (playlist is None) == (not grown)
    if playlist:
        assert listing.body == render_source(playlist).encode()
        assert parse_source(listing.body.decode()) == playlist
