"""Whether the published playlist holds what was broadcast, frame by frame, from the first segment we were shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

import av
import m3u8
import requests

from demo.decoding import Frames, Source, decoded, decoded_source
from demo.failures import DidNotHappen, NotWhatWasBroadcast
from simulated_channel import SimulatedChzzk

_DURATION_TOLERANCE_S = 0.1
_TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class Published:
    """The published playlist, read and decoded from end to end."""

    segments: int
    duration_s: float
    ended: bool
    frames: Frames


@dataclass(frozen=True, slots=True)
class Verdict:
    """`lost` are the media sequences of source segments that lack a picture. All is well without `complaints`."""

    lost: tuple[int, ...]
    complaints: tuple[str, ...]


def published_at(url: str) -> Published:
    """Raises NotWhatWasBroadcast if the playlist cannot be read or decoded."""
    playlist = m3u8.loads(_fetched(url).text)
    for segment in playlist.segments:
        _fetched(urljoin(url, segment.uri))  # FFmpeg would pass over one that cannot be had
    try:
        frames = decoded(url)
    except av.FFmpegError as error:
        raise NotWhatWasBroadcast(f"the published playlist cannot be decoded: {error.strerror}") from error
    duration_s = sum(segment.duration for segment in playlist.segments)
    return Published(len(playlist.segments), duration_s, playlist.is_endlist, frames)


def _fetched(url: str) -> requests.Response:
    name = url.rpartition("/")[2]  # all before it is signed
    try:
        answer = requests.get(url, timeout=_TIMEOUT_S)
    except requests.RequestException as error:
        raise NotWhatWasBroadcast(f"{name} cannot be fetched ({type(error).__name__})") from error
    if not answer.ok:
        raise NotWhatWasBroadcast(f"{name} is answered with {answer.status_code}")
    return answer


def broadcast_of(chzzk: SimulatedChzzk, channel_id: str) -> tuple[Source, float]:
    """What the channel kept of its latest broadcast, from the first segment that it listed to its first reader on.

    With its duration in seconds. Raises DidNotHappen if nobody ever read the broadcast.
    """
    broadcast = chzzk.broadcast(channel_id)
    served = chzzk.journal.of(broadcast.live_id)
    if not served:
        raise DidNotHappen("nobody fetched the channel's media playlist")
    kept = [segment for segment in broadcast.segments if segment.sequence >= served[0].first]
    source = decoded_source(broadcast.init, {segment.sequence: segment.path for segment in kept})
    return source, sum(segment.duration_s for segment in kept)


def compare(source: Source, duration_s: float, published: Published) -> Verdict:
    """Pictures and sound must be the same frames in the same order, with nothing between."""
    lost = tuple(_lost(source, published.frames))
    complaints = [
        *_differences("picture", source.frames.video, published.frames.video),
        *_differences("sound", source.frames.audio, published.frames.audio),
    ]
    if lost:
        complaints.append(f"source segments with pictures missing: {', '.join(map(str, lost))}")
    if not published.ended:
        complaints.append("the playlist has no ENDLIST")
    if abs(published.duration_s - duration_s) > _DURATION_TOLERANCE_S:
        complaints.append(f"the playlist lasts {published.duration_s:.3f} s, the broadcast {duration_s:.3f} s")
    return Verdict(lost, tuple(complaints))


def _lost(source: Source, frames: Frames) -> Iterator[int]:
    there = set(frames.video)
    expected = iter(source.frames.video)
    for sequence, pictures in source.pictures.items():
        if not there.issuperset(list(islice(expected, pictures))):
            yield sequence


def _differences(kind: str, expected: list[str], found: list[str]) -> Iterator[str]:
    if expected == found:
        return
    missing = len(set(expected) - set(found))
    foreign = len(set(found) - set(expected))
    first = next((at for at, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), None)
    where = f"first difference at frame {first}" if first is not None else "the same up to the shorter one's end"
    yield (
        f"{kind}: {len(expected)} frames were broadcast, {len(found)} are published; "
        f"{missing} missing, {foreign} never broadcast, {where}"
    )
