"""The source's playlists: which rendition to take, and what its window lists."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

import m3u8
import requests

from mntreamer.domain.errors import NotFetched, NotPlayable, SourceError
from mntreamer.domain.monitors.probe import Playback
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.segments.recorded_codecs import refusal_of_codecs
from mntreamer.domain.segments.window import A_DAY, SourceSegment, Window
from mntreamer.public_http.whole_answer import get_whole

Headers = Sequence[tuple[str, str]]
_LARGEST_BYTES = 10_000_000
_LONGEST_S = 10.0
_ANNOUNCE_URI = ("#EXTINF", "#EXT-X-STREAM-INF")
_MUTE = Reason("the stream's sound has a playlist of its own, which is not recorded", ProblemCode.SEPARATE_SOUND)
_ENCRYPTED = Reason("the stream is encrypted; encrypted streams are not recorded", ProblemCode.ENCRYPTED)
_BYTE_RANGES = Reason("the stream lists byte ranges of one file, which is not supported", ProblemCode.BYTE_RANGES)


def find_rendition(session: requests.Session, playback: Playback, max_height: int | None) -> str:
    """The signed URL of the media playlist to record. Raises SourceError."""
    playlist = parse_playlist(*fetch_playlist(session, playback.url, playback.headers))
    return pick_rendition(playlist, max_height) if playlist.is_variant else playback.url


def pick_rendition(master: m3u8.M3U8, max_height: int | None) -> str:
    """The URL of the best picture within `max_height` pixels, or else of the smallest; without any picture the sound.

    Judged by resolution, then frame rate, then bandwidth, never by position, among those that can be recorded.
    Raises SourceError where none is listed, NotPlayable where none can be recorded.
    """
    if not master.playlists:
        raise SourceError("the source's master playlist lists no rendition; it is cut short or damaged")
    seen = [rendition for rendition in master.playlists if rendition.stream_info.resolution]
    recorded = [rendition for rendition in seen or master.playlists if not _refusal(rendition)]
    if not recorded:
        raise NotPlayable(_refusal(max(seen or master.playlists, key=_quality)))
    fitting = [rendition for rendition in recorded if max_height is None or _quality(rendition)[0] <= max_height]
    best = max(fitting, key=_quality) if fitting else min(recorded, key=_quality)
    return str(best.absolute_uri)


def read_window(playlist: m3u8.M3U8) -> Window | None:
    """What a media playlist lists; None while it lists nothing. Raises NotPlayable for encrypted segments."""
    if any(key and key.method != "NONE" for key in playlist.keys):
        raise NotPlayable(_ENCRYPTED)
    segments = tuple(_segment(segment) for segment in playlist.segments if not segment.gap_tag)
    if not segments:
        return None
    if not playlist.target_duration:
        raise SourceError("the source's playlist has no EXT-X-TARGETDURATION; it is cut short or damaged")
    return Window(float(playlist.target_duration), segments, bool(playlist.is_endlist))


def _refusal(rendition: Any) -> Reason | None:
    return refusal_of_codecs(rendition.stream_info.codecs) or (_MUTE if _is_mute(rendition) else None)


def _is_mute(rendition: Any) -> bool:
    """Whether its sound has a playlist of its own (RFC 8216, section 4.3.4.2.1), and only that."""
    sounds = [media for media in rendition.media if media.type == "AUDIO"]
    return bool(sounds) and all(sound.uri and sound.absolute_uri != rendition.absolute_uri for sound in sounds)


def _quality(rendition: Any) -> tuple[int, float, int]:
    info = rendition.stream_info
    height = info.resolution[1] if info.resolution else 0
    return height, info.frame_rate or 0.0, info.bandwidth or 0


def _segment(segment: Any) -> SourceSegment:
    if segment.byterange:
        raise NotPlayable(_BYTE_RANGES)
    moment: datetime | None = segment.current_program_date_time
    return SourceSegment(
        sequence=segment.media_sequence,
        url=segment.absolute_uri,
        duration_s=float(segment.duration),
        program_date_time=moment if moment and moment.tzinfo else None,
        discontinuity=bool(segment.discontinuity),
        init_url=segment.init_section.absolute_uri if segment.init_section else None,
    )


def fetch_playlist(session: requests.Session, url: str, headers: Headers) -> tuple[bytes, str]:
    """A playlist's bytes and where they came from, for `parse_playlist`. Raises SourceError."""
    try:
        answer = get_whole(session, url, dict(headers), max_bytes=_LARGEST_BYTES, within_s=_LONGEST_S)
    except NotFetched as error:
        raise SourceError(str(error)) from None
    if answer.status != HTTPStatus.OK:
        raise SourceError(f"the source answered HTTP {answer.status} for a playlist")
    return answer.body, answer.url


def parse_playlist(body: bytes, url: str) -> m3u8.M3U8:
    """A master or a media playlist (RFC 8216, section 4); `url` is where it came from. Raises SourceError."""
    text = body.decode("utf-8-sig", errors="replace").lstrip()
    if not text.startswith("#EXTM3U"):
        raise SourceError("the source answered something that is not a playlist")
    if (listed := text.count("#EXTINF")) > A_DAY:  # parsing takes a kilobyte for each
        raise SourceError(f"the source's playlist lists {listed} segments; up to {A_DAY} are read")
    if not _is_whole(text):
        raise SourceError("the source's playlist is cut short or damaged: it has a URI too few or too many")
    try:
        return m3u8.loads(text, uri=url)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise SourceError(f"the source's playlist is damaged: {type(error).__name__}") from None


def _is_whole(text: str) -> bool:
    """Whether each tag that announces a URI has its own; one that is missing would shift the count of the others."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    announced = sum(line.startswith(_ANNOUNCE_URI) for line in lines)
    return announced == sum(not line.startswith("#") for line in lines)
