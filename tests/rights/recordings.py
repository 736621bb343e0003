"""Recordings as they lie in the tables and in the bucket when a scene begins."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from benchmarks.platform_answers import channel_id_of
from mntreamer.domain.pictures.poster import Poster
from mntreamer.domain.pictures.storyboard import Storyboard
from mntreamer.domain.pictures.thumbnail_track import render_track
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName, SourcePlaylist, render_source
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from tests.contract.records import a_recording, a_streamer

SEGMENTS = tuple(SegmentName(0, first, first + 2) for first in (0, 3, 6))
_SEGMENT_S = 6.0


def lay_down(ports: Ports, number: int, names: Iterable[SegmentName] = SEGMENTS, **facts: Any) -> Recording:
    """A recording of the channel with this number, whose recorder left some segments in it."""
    now = ports.clock()
    usual = {
        "prefix": f"media/chzzk/{number}.1f0a9c3e/2026/11/22/1/",
        "started_at": now - timedelta(hours=4),
        "opened_at": now - timedelta(hours=4),
        "lease_until": now - timedelta(seconds=10),
        "fruitless_launches": 0,
        "has_poster": True,
        "has_thumbnails": True,
    }
    recording = a_recording("1", channel_id_of(number), **(usual | facts))
    assert ports.recordings.open(recording, recording.started_at.date())
    _store(ports, recording, tuple(names))
    return recording


def watch(ports: Ports, number: int, recording: Recording | None = None) -> None:
    """The channel's streamer, who is due."""
    recording_id = recording.recording_id if recording else None
    due = ports.clock() - timedelta(seconds=1)
    ports.monitors.add(a_streamer(channel_id_of(number), recording_id=recording_id, check_at=due))


def _store(ports: Ports, recording: Recording, names: tuple[SegmentName, ...]) -> None:
    for name in names:
        ports.store.put_new(f"{recording.prefix}segments/{name.file}", b"media", "video/mp2t", {})
    listed = tuple(Segment(name, _SEGMENT_S) for name in names)
    text = render_source(SourcePlaylist(int(_SEGMENT_S), listed, ended=False))
    ports.store.put(f"{recording.prefix}source.m3u8", text.encode(), "application/vnd.apple.mpegurl", None)
    pictured = Storyboard(Poster(names[0], is_good=True)).with_picture(names[0], 160, 90)
    track = render_track(pictured, {names[0]: 0})
    ports.store.put(f"{recording.prefix}thumbnails.vtt", track.encode(), "text/vtt", None)
