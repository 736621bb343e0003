"""What is published of a recording follows its row: nothing while it is deleted, all of it once it is restored."""

import logging
from dataclasses import replace

from mntreamer.domain.errors import SourceError, StoreConflict
from mntreamer.domain.media_path import EDITS, LIVE_PLAYLIST, PUBLISHED_PLAYLIST
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.refining.edits_file import render_edits
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.refining.read_edits import read_edits

_JSON = "application/json"
_logger = logging.getLogger(__name__)


def follow_deletion(ports: Ports, recording: Recording) -> Recording:
    """Have the edits say whether the row is deleted, until neither moves any more; the recording then.

    Whoever deletes and whoever restores at the same time end in what the row says last. Of a recording whose purge
    has begun nothing is written: it would be left behind.
    """
    while recording.purge_began_at is None:
        state = recording.status
        withdraw(ports, recording.prefix, is_withdrawn=state is RecordingStatus.TERMINATED)
        recording = find_recording(ports, recording.recording_id)
        if recording.status is state:
            break
    return recording


def withdraw(ports: Ports, prefix: str, *, is_withdrawn: bool) -> None:
    """Write into the edits whether anything is published, and publish accordingly. Repeating it changes nothing.

    What has damaged edits is withdrawn by its playlists alone: nobody publishes it. Raises SourceError where that is
    to be published again.
    """
    try:
        while not _written(ports, prefix, is_withdrawn=is_withdrawn):
            pass
        publish_playlist(ports.store, prefix, openly=ports.settings.public_playback)
    except SourceError as error:
        if not is_withdrawn:
            raise
        _logger.error("%s is withdrawn with damaged edits: %s", prefix, error)
        ports.store.delete([prefix + PUBLISHED_PLAYLIST, prefix + LIVE_PLAYLIST])


def _written(ports: Ports, prefix: str, *, is_withdrawn: bool) -> bool:
    """Whether it says so now, and not in a version that somebody else has replaced meanwhile."""
    edits, version = read_edits(ports.store, prefix)
    if edits.is_withdrawn is is_withdrawn:
        return True
    body = render_edits(replace(edits, is_withdrawn=is_withdrawn)).encode()
    try:
        ports.store.put(prefix + EDITS, body, _JSON, version)
    except StoreConflict:
        return False
    return True
