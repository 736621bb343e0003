"""A live session gets a recording, or its next part, that is held and has no recorder yet."""

from datetime import date

from mntreamer.domain.media_path import recording_prefix
from mntreamer.domain.monitors.delays import detection_delay_s
from mntreamer.domain.monitors.probe import Live
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, recording_id_of
from mntreamer.domain.times import seconds
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.expect_recording import expect_recording


def open_part(ports: Ports, streamer: Streamer, live: Live, part: int, lease: RecordingChanges) -> Recording | None:
    """One live session and part, one recording: None where another was faster, and that one's is the streamer's.

    It is opened under this lease: its generation and the seat beside it.
    """
    recording_id = recording_id_of(streamer.streamer_id, live.live_id, part)
    if not expect_recording(ports, streamer, live, recording_id, lease["lease_until"]):
        return None
    return _open(ports, streamer, live, part, lease)


def newest_part(ports: Ports, recording_id: str) -> Recording | None:
    """The recording that is known by this id; of several parts, from that on, the last one that was opened."""
    known = ports.recordings.get(recording_id)
    while known and (following := part_after(ports, known)):
        known = following
    return known


def part_after(ports: Ports, recording: Recording) -> Recording | None:
    """The next part of one that is full, if it is opened."""
    if not recording.is_full:
        return None
    return ports.recordings.get(recording_id_of(recording.streamer_id, recording.live_id, recording.part + 1))


def _open(ports: Ports, streamer: Streamer, live: Live, part: int, lease: RecordingChanges) -> Recording | None:
    """None if it is open already. Counts anew where the day's next number was taken meanwhile."""
    day = (live.started_at + seconds(ports.platforms[streamer.platform].utc_offset_s)).date()
    while True:
        new = _new(ports, streamer, live, part, day, lease)
        if opened := ports.recordings.open(new, day):
            return opened
        if ports.recordings.get(new.recording_id):
            return None


def _new(ports: Ports, streamer: Streamer, live: Live, part: int, day: date, lease: RecordingChanges) -> Recording:
    now = ports.clock()
    n = ports.recordings.count_of_day(streamer.streamer_id, day) + 1
    return Recording(
        recording_id=recording_id_of(streamer.streamer_id, live.live_id, part),
        streamer_id=streamer.streamer_id,
        platform=streamer.platform,
        channel_id=streamer.channel_id,
        channel_name=streamer.channel_name,
        live_id=live.live_id,
        part=part,
        title=live.title,
        category=live.category,
        started_at=live.started_at,
        opened_at=now,
        n=n,
        prefix=recording_prefix(streamer.platform, streamer.channel_id, streamer.channel_name, day, n),
        generation=lease["generation"],
        lease_until=lease["lease_until"],
        standby=lease.get("standby"),
        standby_until=lease.get("standby_until"),
        max_height=streamer.max_height or ports.settings.max_height,
        recorders=streamer.recorders or ports.settings.recorders,
        detection_delay_s=detection_delay_s(streamer, live, now) if part == 1 else None,
    )
