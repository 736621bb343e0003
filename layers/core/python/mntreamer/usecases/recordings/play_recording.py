"""A recording or a clip is played: by a link that anyone can hold for a while, or openly where that is on."""

from datetime import datetime, timedelta

from mntreamer.domain.errors import NotFound, SourceError
from mntreamer.domain.media_path import LIVE_PLAYLIST, PUBLISHED_PLAYLIST, SEGMENTS, SOURCE_PLAYLIST
from mntreamer.domain.playback_token import Playable, read_playback, sign_playback
from mntreamer.domain.playlists.published_playlist import render_clip, render_live
from mntreamer.domain.playlists.source_playlist import SegmentName, parse_segment_name
from mntreamer.domain.playlists.timeline import source_text
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.refining.edits import Clip, Edits, Share
from mntreamer.domain.refining.sharing import clip_in, require_shared, require_shown
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.read_chapters import read_chapters
from mntreamer.usecases.refining.read_edits import read_edits

LINK_LIFE = timedelta(days=1)
# Longer than any player waits between taking a redirect and reading to its end.
SEGMENT_LINK_S = 900
_NOTHING_YET = "nothing of this recording is published yet; try again in a few seconds"
_DELETED = "this recording was deleted"


def playlist_url(ports: Ports, recording: Recording, key: bytes) -> str:
    """Where a recording is played: live while it is made. Relative to the API where it is served by it."""
    playlist = playlist_of(recording)
    if ports.settings.public_playback:
        return ports.store.public_url(recording.prefix + playlist)
    return _link(ports, Playable(recording.recording_id), playlist, key)


def source_url(ports: Ports, recording: Recording, key: bytes) -> str:
    """Where its owner plays all that was recorded, relative to the API."""
    return _link(ports, Playable(recording.recording_id), SOURCE_PLAYLIST, key)


def clip_url(ports: Ports, recording: Recording, clip: Clip, key: bytes) -> str:
    """Where a clip alone is played, relative to the API: nothing of it is stored."""
    return _link(ports, Playable(recording.recording_id, clip.clip_id), PUBLISHED_PLAYLIST, key)


def share_page_url(recording: Recording, share: Share, key: bytes) -> str:
    """Where people watch what is shared in a browser, relative to the API: the same text each time."""
    return _path(_shared(recording, share), share.expires_at, "", key)


def share_url(recording: Recording, share: Share, key: bytes) -> str:
    """Where what is shared is played, relative to the API: the same text each time."""
    playlist = PUBLISHED_PLAYLIST if share.clip_id else playlist_of(recording)
    return _path(_shared(recording, share), share.expires_at, playlist, key)


def played_playlist(ports: Ports, token: str, key: bytes) -> str:
    """The text of `index.m3u8`.

    Raises AccessDenied, NotFound where nothing is published yet or any more, and Gone for a link that has ended.
    """
    playable = read_playback(token, ports.clock(), key)
    recording = played_recording(ports, playable)
    if playable.clip_id:
        return _clip_alone(ports, recording, playable, playable.clip_id)
    if playable.share_id:
        require_shared(playable, read_edits(ports.store, recording.prefix)[0])
    stored = ports.store.get(recording.prefix + PUBLISHED_PLAYLIST)
    if stored is None:
        raise NotFound(_NOTHING_YET)
    return stored.body.decode()


def played_live(ports: Ports, token: str, key: bytes) -> str:
    """The text of `live.m3u8`, for those who watch while it is recorded. Raises as `played_playlist` does."""
    playable = read_playback(token, ports.clock(), key)
    if playable.clip_id:
        raise NotFound("a clip is not live; its playlist is index.m3u8")
    recording = played_recording(ports, playable)
    source, edits = _source_and_edits(ports, recording)
    require_shared(playable, edits)
    return render_live(source, edits, read_chapters(ports.store, recording.prefix)[0])


def played_source(ports: Ports, token: str, key: bytes) -> str:
    """The text of `source.m3u8`: all that was recorded, without cuts; what is deleted for good is a GAP.

    Only a recording's own link opens it. Raises as `played_playlist` does.
    """
    playable = read_playback(token, ports.clock(), key)
    if playable.clip_id or playable.share_id:
        raise NotFound("this link opens what is published; the source is played by the recording's own link")
    recording = played_recording(ports, playable)
    source, edits = _source_and_edits(ports, recording)
    return render_live(source, edits.without_cuts(), read_chapters(ports.store, recording.prefix)[0])


def segment_link(ports: Ports, token: str, file: str, key: bytes) -> str:
    """A short-lived URL of one segment. Raises as `played_playlist` does."""
    playable = read_playback(token, ports.clock(), key)
    name, prefix = _segment(file), played_recording(ports, playable).prefix
    if playable.clip_id or playable.share_id:
        require_shown(playable, name, read_edits(ports.store, prefix)[0])
    return ports.store.link(f"{prefix}{SEGMENTS}{name.file}", SEGMENT_LINK_S)


def _link(ports: Ports, playable: Playable, playlist: str, key: bytes) -> str:
    return _path(playable, ports.clock() + LINK_LIFE, playlist, key)


def _shared(recording: Recording, share: Share) -> Playable:
    return Playable(recording.recording_id, share.clip_id, share.share_id)


def _path(playable: Playable, expires_at: datetime, playlist: str, key: bytes) -> str:
    return f"/play/{sign_playback(playable, expires_at, key)}/{playlist}"


def playlist_of(recording: Recording) -> str:
    """The name of the playlist for those who watch it as it is."""
    return LIVE_PLAYLIST if recording.status is RecordingStatus.RECORDING else PUBLISHED_PLAYLIST


def _segment(file: str) -> SegmentName:
    try:
        return parse_segment_name(file)
    except SourceError:
        raise NotFound(f"there is no segment {file!r}") from None


def _clip_alone(ports: Ports, recording: Recording, playable: Playable, clip_id: str) -> str:
    source, edits = _source_and_edits(ports, recording)
    require_shared(playable, edits)
    chapters, _ = read_chapters(ports.store, recording.prefix)
    text = render_clip(source, edits, clip_in(edits, clip_id).span, chapters)
    if SEGMENTS not in text:
        raise NotFound("nothing is left of this clip: all of it was cut out of the recording")
    return text


def _source_and_edits(ports: Ports, recording: Recording) -> tuple[str, Edits]:
    """What is rendered from. The edits first: what they name, the source, read later, has."""
    edits, _ = read_edits(ports.store, recording.prefix)
    source = ports.store.get(recording.prefix + SOURCE_PLAYLIST)
    if source is None:
        raise NotFound(_NOTHING_YET)
    if edits.is_withdrawn:
        raise NotFound(_DELETED)
    return source_text(source.body), edits


def played_recording(ports: Ports, playable: Playable) -> Recording:
    """Raises NotFound for one that was deleted."""
    recording = ports.recordings.get(playable.recording_id)
    if recording is None or recording.status is RecordingStatus.TERMINATED:
        raise NotFound(_DELETED)
    return recording
