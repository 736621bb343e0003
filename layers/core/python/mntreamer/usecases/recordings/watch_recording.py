"""What the page behind a playback link says of what it plays."""

from dataclasses import dataclass
from datetime import datetime

from mntreamer.domain.media_path import PUBLISHED_PLAYLIST
from mntreamer.domain.playback_token import Playable, read_playback
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.edits import Edits
from mntreamer.domain.refining.sharing import clip_in, require_shared
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.play_recording import played_recording, playlist_of
from mntreamer.usecases.refining.read_edits import read_edits


@dataclass(frozen=True, slots=True)
class Watched:
    """Of a recording, or of one clip. `playlist` is relative to the page."""

    title: str
    channel_name: str
    started_at: datetime
    playlist: str


def watch_recording(ports: Ports, token: str, key: bytes) -> Watched:
    """What the link opens, of which nothing may be published yet. Raises AccessDenied, NotFound and Gone."""
    playable = read_playback(token, ports.clock(), key)
    recording = played_recording(ports, playable)
    edits, _ = read_edits(ports.store, recording.prefix)
    require_shared(playable, edits)
    playlist = PUBLISHED_PLAYLIST if playable.clip_id else playlist_of(recording)
    title = _title(recording, playable, edits)
    return Watched(title, recording.channel_name, recording.started_at, playlist)


def _title(recording: Recording, playable: Playable, edits: Edits) -> str:
    of_clip = clip_in(edits, playable.clip_id).title if playable.clip_id else ""
    return of_clip or recording.title
