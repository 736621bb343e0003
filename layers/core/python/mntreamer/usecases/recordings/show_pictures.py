"""A recording's poster and the small pictures of its timeline are shown, by the links that play it."""

import re
from datetime import datetime, timedelta

from mntreamer.domain.errors import NotFound, SourceError
from mntreamer.domain.media_path import POSTER, THUMBNAIL_TRACK, THUMBNAILS
from mntreamer.domain.pictures.thumbnail_track import parse_track
from mntreamer.domain.playback_token import Playable, read_playback, sign_playback
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.refining.sharing import require_shown
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.play_recording import played_recording
from mntreamer.usecases.refining.read_edits import read_edits

# As long as a segment's.
PICTURE_LINK_S = 900
_SHEET = re.compile(r"[0-9]{4,9}\.jpg")
_NO_POSTER = "there is no poster of this recording yet"
_NO_THUMBNAILS = "there are no thumbnails of this recording yet"


def poster_url(ports: Ports, recording: Recording, key: bytes) -> str | None:
    """Where its poster is, relative to the API; None where it has none. The same text all day: browsers keep it."""
    return _path(ports, recording, POSTER, key) if recording.has_poster and not _is_deleted(recording) else None


def thumbnails_url(ports: Ports, recording: Recording, key: bytes) -> str | None:
    """Where its thumbnails' track is, as `poster_url`."""
    has_any = recording.has_thumbnails and not _is_deleted(recording)
    return _path(ports, recording, THUMBNAIL_TRACK, key) if has_any else None


def poster_link(ports: Ports, token: str, key: bytes) -> str:
    """A short-lived URL of the poster. Who holds a share or a clip sees it where it shows something of that.

    Raises AccessDenied, NotFound, and Gone for a link that has ended.
    """
    playable = read_playback(token, ports.clock(), key)
    recording = played_recording(ports, playable)
    if not recording.has_poster:
        raise NotFound(_NO_POSTER)
    if playable.clip_id or playable.share_id:
        _require_poster_shown(ports, recording, playable)
    return ports.store.link(recording.prefix + POSTER, PICTURE_LINK_S)


def thumbnail_track(ports: Ports, token: str, key: bytes) -> str:
    """The text of `thumbnails.vtt`, by the recording's own link alone: it shows also what is cut out.

    Raises as `poster_link` does.
    """
    stored = ports.store.get(_owned(ports, token, key).prefix + THUMBNAIL_TRACK)
    if stored is None:
        raise NotFound(_NO_THUMBNAILS)
    return stored.body.decode()


def sheet_link(ports: Ports, token: str, file: str, key: bytes) -> str:
    """A short-lived URL of a sheet of thumbnails, as `thumbnail_track`."""
    recording = _owned(ports, token, key)
    if not _SHEET.fullmatch(file):
        raise NotFound(f"there is no sheet {file!r}")
    return ports.store.link(f"{recording.prefix}{THUMBNAILS}{file}", PICTURE_LINK_S)


def _is_deleted(recording: Recording) -> bool:
    return recording.status is RecordingStatus.TERMINATED


def _path(ports: Ports, recording: Recording, file: str, key: bytes) -> str:
    token = sign_playback(Playable(recording.recording_id), _end_of_tomorrow(ports.clock()), key)
    return f"/play/{token}/{file}"


def _end_of_tomorrow(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)


def _owned(ports: Ports, token: str, key: bytes) -> Recording:
    playable = read_playback(token, ports.clock(), key)
    if playable.clip_id or playable.share_id:
        raise NotFound("this link opens what is published; thumbnails are shown by the recording's own link")
    return played_recording(ports, playable)


def _require_poster_shown(ports: Ports, recording: Recording, playable: Playable) -> None:
    """Of which segment it is, the track knows."""
    edits, _ = read_edits(ports.store, recording.prefix)
    stored = ports.store.get(recording.prefix + THUMBNAIL_TRACK)
    try:
        poster = parse_track(stored.body.decode()).poster if stored else None
    except SourceError:
        poster = None
    if poster is None:
        raise NotFound(_NO_POSTER)
    require_shown(playable, poster.segment, edits)
