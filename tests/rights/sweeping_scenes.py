"""What is published, and what is deleted for good, when nobody asks for it."""

from datetime import UTC, datetime, timedelta

from functions.publish_playlist import app as publish_playlist
from functions.purge_recordings import app as purge_recordings
from mntreamer.aws.composition import serving_ports
from mntreamer.domain.exports.export import ExportFormat
from mntreamer.domain.playlists.timelines import Asked
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.exports.export_recording import Order, export_recording
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.recordings.publish_playlist import publish_playlist as publish_playlist_of
from mntreamer.usecases.refining.cut_recording import cut_recording
from mntreamer.usecases.refining.delete_recording import delete_recording
from mntreamer.usecases.refining.follow_deletion import withdraw
from mntreamer.usecases.refining.purge_cuts import purge_cuts
from tests.integration.aws.test_handlers import context, event
from tests.rights.recordings import lay_down
from tests.rights.witness import Witness

_LONG_AGO = timedelta(hours=3)
_AGES_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def publish(witness: Witness) -> None:
    """First in the bucket, then once more as the table tells of it, at last withdrawn again."""
    ports = serving_ports()
    recording = lay_down(ports, 0, status=RecordingStatus.IDLE)
    _is_published(witness, recording.prefix)
    closed = event("recording_closed")
    closed["Records"][0]["dynamodb"]["NewImage"]["prefix"]["S"] = recording.prefix
    with witness.watching():
        publish_playlist.handler(closed, context())
    withdraw(ports, recording.prefix, is_withdrawn=True)
    ports.store.put(f"{recording.prefix}index.m3u8", b"late", "text/plain", None)
    ports.store.put(f"{recording.prefix}live.m3u8", b"late", "text/plain", None)
    _is_published(witness, recording.prefix)


def _is_published(witness: Witness, prefix: str) -> None:
    written = event("source_written")
    written["detail"]["object"]["key"] = f"{prefix}source.m3u8"
    with witness.watching():
        publish_playlist.handler(written, context())


def purge(witness: Witness) -> None:
    """A deleted recording with an export, what was cut out of another, and one that nobody refined."""
    ports = serving_ports()
    long_ago = ports.clock() - _LONG_AGO
    deleted = lay_down(ports, 0, status=RecordingStatus.IDLE, closed_at=long_ago)
    export_recording(ports, deleted, Order(ExportFormat.TS))
    delete_recording(ports, deleted.recording_id, at_once=True)
    kept = lay_down(ports, 1, status=RecordingStatus.IDLE, closed_at=long_ago)
    cut_recording(ports, kept, Asked(0, 6))
    purge_cuts(ports, kept.recording_id)
    left = lay_down(ports, 2, status=RecordingStatus.IDLE, started_at=_AGES_AGO, closed_at=_AGES_AGO)
    publish_playlist_of(ports.store, left.prefix, openly=True)
    with witness.watching():
        purge_recordings.handler(event("tick"), context())
        withdraw(ports, left.prefix, is_withdrawn=False)  # as where somebody confirmed it just then
    assert find_recording(ports, deleted.recording_id).purged_at
    assert find_recording(ports, left.recording_id).status is RecordingStatus.TERMINATED
    assert len(list(ports.store.list_keys(f"{kept.prefix}segments/"))) == 2
