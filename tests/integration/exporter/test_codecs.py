"""What is recorded can be exported, with names for the codecs that players know."""

from dataclasses import dataclass
from io import BytesIO

import av
import pytest

from mntreamer.domain.exports.export import ExportFormat, ExportStatus
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName
from mntreamer.recorder.media.remux import remux
from tests.integration.exporter.making import Making
from tests.integration.exporter.stored_recording import StoredRecording
from tests.integration.recorder.media import Coding, source_of

CODINGS = [
    (Coding("libx265"), ["hvc1", "mp4a"]),
    (Coding(sound="libmp3lame"), ["avc1", "mp4a"]),
    (Coding(sound="ac3"), ["avc1", "ac-3"]),
    (Coding(sound="eac3"), ["avc1", "ec-3"]),
    (Coding(sound=None), ["avc1"]),
    (Coding(None, sampling_rate=44_100), ["mp4a"]),
]


@dataclass(frozen=True)
class Track:
    tag: str
    packets: int


def tracks_of(body: bytes) -> list[Track]:
    with av.open(BytesIO(body), "r") as media:
        tags = {stream.index: stream.codec_context.codec_tag for stream in media.streams}
        packets = [packet.stream_index for packet in media.demux() if packet.size]
    return [Track(tag, packets.count(index)) for index, tag in tags.items()]


def record(recording: StoredRecording, coding: Coding) -> list[bytes]:
    source = source_of(coding, 6)
    bodies = [remux(source.init, source.bodies[:3]), remux(source.init, source.bodies[3:])]
    for number, stored in enumerate(bodies):
        segment = Segment(SegmentName(0, 3 * number, 3 * number + 2), stored.duration_s)
        recording.store.put_new(f"{recording.prefix}segments/{segment.name.file}", stored.body, "video/mp2t", {})
        recording.segments.append(segment)
    recording.list_all(ended=True)
    return [stored.body for stored in bodies]


@pytest.mark.parametrize("export_format", ExportFormat)
@pytest.mark.parametrize(("coding", "tags"), CODINGS)
def test_every_packet_is_in_the_file(
    recording: StoredRecording, making: Making, coding: Coding, tags: list[str], export_format: ExportFormat
) -> None:
    bodies = record(recording, coding)
    order = making.order(recording, [range(2)], export_format)
    assert making.make(order).status is ExportStatus.DONE
    exported = tracks_of(making.body(order))
    stored = [tracks_of(body) for body in bodies]
    lost = [
        sum(before.packets for before in of_both) - after.packets
        for *of_both, after in zip(*stored, exported, strict=True)
    ]
    assert lost[0] == 0
    assert set(lost[1:]) <= {0, 1}  # an encoder's run-in, which lies before the first picture
    if export_format is ExportFormat.MP4:
        assert [track.tag for track in exported] == tags
