"""A recording is as long as one may be: it is closed, and its recorder goes on in the next part."""

import logging

from mntreamer.domain.monitors.probe import Live
from mntreamer.domain.recordings.lease import same_generation
from mntreamer.domain.recordings.lifecycle import is_ended_by_a_person
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.open_part import open_part
from mntreamer.usecases.recordings.stored.ledger import account_in

_logger = logging.getLogger(__name__)


def begin_next_part(ports: Ports, recording: Recording, progress: RecordingChanges) -> Recording | None:
    """The next part, held by whoever held the recording, with the same standby.

    None where the lease is lost or nobody wants one any more.

    A crash in between leaves a closed part whose session is live: the next tick opens what follows.
    """
    kept = ports.recordings.update(recording.recording_id, progress, {"generation": recording.generation})
    if kept is None:
        return None
    close_recording(ports, kept, is_full=kept.stopped_at is None)
    if not _goes_on(ports, recording.recording_id):
        return None
    streamer = ports.monitors.get(recording.streamer_id)
    if streamer is None or streamer.recording_id or streamer.paused:
        return None
    topic = account_in(ports.store, recording).chapters[-1].topic
    live = Live(recording.live_id, topic.title, topic.category, recording.started_at)
    following = open_part(ports, streamer, live, recording.part + 1, same_generation(kept, ports.clock()))
    if following:
        _logger.info("%s goes on in part %d: %s", streamer.channel_name, following.part, following.prefix)
    return following


def _goes_on(ports: Ports, recording_id: str) -> bool:
    """Whether it is closed as full, and nobody stopped or deleted it just then."""
    closed = ports.recordings.get(recording_id)
    return closed is not None and closed.is_full and not is_ended_by_a_person(closed)
