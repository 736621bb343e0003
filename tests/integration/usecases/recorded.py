"""A recording of the streamer `c1` with something in it."""

from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.segments.stored_segment import StoredSegment, to_metadata
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.stored.source import Source
from tests.contract.records import NOON
from tests.integration.usecases.conftest import World
from tests.integration.usecases.episodes import record

SEGMENT_S = 6.0
SEGMENT_BYTES = 100


def stored(number: int) -> StoredSegment:
    """The segment with this number, from 0."""
    return StoredSegment(
        name=SegmentName(0, 3 * number, 3 * number + 2),
        duration_s=SEGMENT_S,
        program_date_time=NOON,
        discontinuity=False,
        first_pts_s=0.0,
        last_pts_s=SEGMENT_S,
        init_digest="init",
        size_bytes=SEGMENT_BYTES,
    )


def grow(world: World, *numbers: int) -> None:
    """These segments are stored and listed."""
    segments = [stored(number) for number in numbers]
    for segment in segments:
        store_segment(world, segment)
    source = Source(world.ports.store, world.recording.prefix)
    source.append(segments, 6)
    source.write()


def store_segment(world: World, segment: StoredSegment) -> None:
    key = f"{world.recording.prefix}segments/{segment.name.file}"
    world.ports.store.put_new(key, b"s" * SEGMENT_BYTES, "video/mp2t", to_metadata(segment))


def being_recorded(world: World, segments: int = 5) -> Recording:
    """Its recorder holds the lease."""
    record(world)
    grow(world, *range(segments))
    return world.recording


def closed(world: World, segments: int = 5) -> Recording:
    """To refine; its stream is over, and so is all that a late recorder might do."""
    being_recorded(world, segments)
    world.goes_offline()
    close_recording(world.ports, world.recording)
    world.later(hours=1)
    return world.recording


def objects(world: World) -> list[str]:
    """What the store has of the recording, by name."""
    prefix = world.recording.prefix
    return [key.removeprefix(prefix) for key in world.ports.store.list_keys(prefix)]


def published(world: World) -> str | None:
    """What people play."""
    found = world.ports.store.get(world.recording.prefix + "index.m3u8")
    return found.body.decode() if found else None
