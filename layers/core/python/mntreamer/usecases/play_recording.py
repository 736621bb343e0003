"""A recording is played: by a link that anyone can hold for a while, or openly where public playback is on."""

from dataclasses import dataclass
from datetime import timedelta

from mntreamer.domain.errors import NotFound, SourceError
from mntreamer.domain.media_path import PUBLISHED_PLAYLIST, SEGMENTS
from mntreamer.domain.playback_token import read_playback, sign_playback
from mntreamer.domain.recording import Recording, RecordingStatus
from mntreamer.domain.source_playlist import parse_segment_name
from mntreamer.ports import Ports

LINK_LIFE = timedelta(days=1)
# Longer than any player waits between taking a redirect and reading to its end.
SEGMENT_LINK_S = 900


@dataclass(frozen=True, slots=True)
class PlayedPlaylist:
    """The published playlist's text; `ended` once it will not change by recording any more."""

    text: str
    ended: bool


def playlist_url(ports: Ports, recording: Recording, key: bytes) -> str:
    """Where the published playlist can be played; relative to the API where it is served by it."""
    if ports.settings.public_playback:
        return ports.store.public_url(recording.prefix + PUBLISHED_PLAYLIST)
    token = sign_playback(recording.recording_id, ports.clock() + LINK_LIFE, key)
    return f"/play/{token}/{PUBLISHED_PLAYLIST}"


def played_playlist(ports: Ports, token: str, key: bytes) -> PlayedPlaylist:
    """Raises AccessDenied, and NotFound where nothing is published yet or any more."""
    recording = _recording(ports, token, key)
    stored = ports.store.get(recording.prefix + PUBLISHED_PLAYLIST)
    if stored is None:
        raise NotFound("nothing of this recording is published yet; try again in a few seconds")
    text = stored.body.decode()
    return PlayedPlaylist(text, "#EXT-X-ENDLIST" in text)


def segment_link(ports: Ports, token: str, file: str, key: bytes) -> str:
    """A short-lived URL of one segment. Raises AccessDenied and NotFound."""
    recording = _recording(ports, token, key)
    try:
        name = parse_segment_name(file)
    except SourceError:
        raise NotFound(f"there is no segment {file!r}") from None
    return ports.store.link(f"{recording.prefix}{SEGMENTS}{name.file}", SEGMENT_LINK_S)


def _recording(ports: Ports, token: str, key: bytes) -> Recording:
    recording = ports.recordings.get(read_playback(token, ports.clock(), key))
    if recording is None or recording.status is RecordingStatus.TERMINATED:
        raise NotFound("this recording was deleted")
    return recording
