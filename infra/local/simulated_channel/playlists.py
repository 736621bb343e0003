"""The playlists of the simulated media host, in the shape of CHZZK's (RFC 8216)."""

from collections.abc import Sequence

from simulated_channel.broadcast import INIT_FILE, Segment
from simulated_channel.encoder import FRAMES_PER_SECOND
from simulated_channel.picture import HEIGHT, WIDTH

_TARGET_DURATION_S = 2


def master_playlist(variant_uri: str) -> str:
    return (
        "#EXTM3U\n"
        "#EXT-X-VERSION:7\n"
        "#EXT-X-INDEPENDENT-SEGMENTS\n"
        '#EXT-X-STREAM-INF:BANDWIDTH=696000,CODECS="avc1.42C01E,mp4a.40.2",'
        f"RESOLUTION={WIDTH}x{HEIGHT},FRAME-RATE={FRAMES_PER_SECOND:.2f}\n"
        f"{variant_uri}\n"
    )


def media_playlist(window: Sequence[Segment], *, ended: bool) -> str:
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{_TARGET_DURATION_S}",
        f"#EXT-X-MEDIA-SEQUENCE:{window[0].sequence}",
        f'#EXT-X-MAP:URI="{INIT_FILE}"',
    ]
    for segment in window:
        moment = segment.program_date_time.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
        lines += [f"#EXT-X-PROGRAM-DATE-TIME:{moment}Z", f"#EXTINF:{segment.duration_s:.3f},", segment.path.name]
    return "\n".join([*lines, "#EXT-X-ENDLIST"] if ended else lines) + "\n"
