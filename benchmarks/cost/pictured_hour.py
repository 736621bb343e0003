"""The pictures of an hour, taken on an AWS in process as its minutes are listed."""

from io import BytesIO

import av

from benchmarks.cost.meter import Meter
from benchmarks.cost.use import Use, without
from mntreamer.aws.composition import media_store
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.pictures.album import Album

_PREFIX = "media/chzzk/pictured.1f0a9c3e/2026/11/22/1/"
# The first picture, with the poster, is of a recording's beginning.
_MINUTES = 61


def pictured_hour(meter: Meter) -> Use:
    """What it uses beside what the segments do."""
    listed = [Segment(SegmentName(0, minute, minute), 60.0) for minute in range(_MINUTES)]
    store = media_store()
    for segment in listed:
        store.put_new(f"{_PREFIX}segments/{segment.name.file}", _segment(), "video/mp2t", {})
    with Remuxer() as remuxer:
        album = Album(store, _PREFIX, remuxer)
        _take(album, listed[:1])
        before = meter.use
        for minutes in range(2, _MINUTES + 1):
            _take(album, listed[:minutes])
    return without(meter.use, before)


def _take(album: Album, listed: list[Segment]) -> None:
    for segment in album.board.wanted(listed):
        album.add(segment)
        if album.is_due:
            album.write(listed)


def _segment() -> bytes:
    """One picture, half black and half white: a poster for good."""
    made = BytesIO()
    with av.open(made, "w", format="mpegts") as target:
        track = target.add_stream("libx264", rate=1)
        track.width, track.height, track.pix_fmt = 160, 90, "yuv420p"
        frame = av.VideoFrame(160, 90, "yuv420p")
        for plane, value in zip(frame.planes, (b"\x10\xeb", b"\x80\x80", b"\x80\x80"), strict=True):
            plane.update(b"".join(bytes([half]) * (plane.buffer_size // 2) for half in value))
        for packet in (*track.encode(frame), *track.encode(None)):
            target.mux(packet)
    return made.getvalue()
