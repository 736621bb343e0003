"""Recordings of any length: their source playlists, without the segments that these list."""

from datetime import timedelta

from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.ports import MediaStore
from mntreamer.usecases.recordings.stored.source import Source
from tests.contract.records import NOON, a_recording

SEGMENT_S = 6.0
SEGMENTS_PER_HOUR = 600
_SOURCE_SEGMENTS = 3
RECORDING: Recording = a_recording()


def segment(number: int, size_bytes: int = 0) -> StoredSegment:
    """The recording's segment of that number, of three source segments."""
    first = number * _SOURCE_SEGMENTS
    begin_s = number * SEGMENT_S
    return StoredSegment(
        name=SegmentName(0, first, first + _SOURCE_SEGMENTS - 1),
        duration_s=SEGMENT_S,
        program_date_time=NOON + timedelta(seconds=begin_s),
        discontinuity=False,
        first_pts_s=begin_s,
        last_pts_s=begin_s + SEGMENT_S,
        init_digest="init",
        size_bytes=size_bytes,
    )


def list_hours(store: MediaStore, hours: int, *, ended: bool) -> None:
    """Write the source playlist of so many hours of RECORDING."""
    source = Source(store, RECORDING.prefix)
    source.append(map(segment, range(hours * SEGMENTS_PER_HOUR)), int(SEGMENT_S))
    source.listing.ended = ended
    source.write()
