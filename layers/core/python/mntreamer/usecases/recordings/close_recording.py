"""A recording is over: all that is stored is listed, ENDLIST and the account are written, the streamer is free."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from mntreamer.correlation import correlate
from mntreamer.domain.monitors.backoff import step_after_miss
from mntreamer.domain.monitors.learned_habit import end_learned
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges, StreamerStatus
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.account import Account
from mntreamer.domain.recordings.lease import newest_generation
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.size_listed import size_bytes_listed
from mntreamer.usecases.recordings.stored.ledger import Ledger
from mntreamer.usecases.recordings.stored.source import Source

_NOTHING_STORED = Reason("the stream ended before anything of it was stored", ProblemCode.NOTHING_STORED)
_logger = logging.getLogger(__name__)


def close_recording(ports: Ports, recording: Recording, *, is_full: bool = False) -> None:
    """End the source playlist once, then its account, the row and the streamer: what is interrupted is done again.

    `is_full`: its live session goes on in a next part. The generation is raised first: a recorder that comes back
    from a long pause finds that it has lost its lease.
    """
    correlate(recording.prefix)
    fenced = ports.recordings.update(
        recording.recording_id,
        {"generation": newest_generation(recording) + 1},
        {"generation": recording.generation, "lease_until": recording.lease_until},
    )
    if fenced is None:
        return
    playlist = Source(ports.store, fenced.prefix).end()
    listed = playlist.segments if playlist else ()
    size_bytes = size_bytes_listed(ports.store, fenced, listed)
    ledger = Ledger(ports.store, fenced)
    closed = _closed(fenced, ledger.account(listed), size_bytes, ports.clock())
    closed |= RecordingChanges(is_full=is_full) | _from_the_past(closed, listed)
    ledger.write(replace(fenced, **closed), listed)
    left = ports.recordings.update(fenced.recording_id, closed, {"generation": fenced.generation})
    if left:
        _logger.info(
            "%s is closed: %s, %.0f s, %d source segments lost, %s",
            left.channel_name, left.status, left.duration_s, left.lost_segments, left.prefix,
            extra={"lost_segments": left.lost_segments, "gap_s": left.gap_s},
        )  # fmt: skip
        release_streamer(ports, left)


def close_if_orphaned(ports: Ports, recording: Recording) -> None:
    """Close a recording whose streamer was removed just as it was opened: nobody else would."""
    streamer = ports.monitors.get(recording.streamer_id)
    if streamer is None or streamer.recording_id != recording.recording_id:
        close_recording(ports, recording)


def release_streamer(ports: Ports, recording: Recording) -> None:
    """Let the streamer go from a recording that is closed; it counts as recorded once."""
    while (streamer := ports.monitors.get(recording.streamer_id)) and streamer.recording_id == recording.recording_id:
        zone = timezone(timedelta(seconds=ports.platforms[streamer.platform].utc_offset_s))
        changes = _released(streamer, recording, ports.clock())
        changes |= end_learned(streamer, recording.ended_at or ports.clock(), zone)
        as_read = StreamerChanges(recording_id=recording.recording_id, paused=streamer.paused)
        if ports.monitors.update(streamer.streamer_id, changes, as_read):
            return


def _closed(recording: Recording, account: Account, size_bytes: int, now: datetime) -> RecordingChanges:
    changes = account.sums | RecordingChanges(
        status=RecordingStatus.FAILED, ended_at=recording.ended_at or now, closed_at=now
    )
    if not account.segments:
        return changes
    return changes | RecordingChanges(
        status=RecordingStatus.IDLE,
        size_bytes=size_bytes,
        first_segment_at=recording.first_segment_at or recording.opened_at,
        last_segment_at=recording.last_segment_at or recording.ended_at or now,
    )


def _from_the_past(closed: RecordingChanges, listed: Sequence[Segment]) -> RecordingChanges:
    """What is in front of all that was recorded as it came is as good as recorded then."""
    begin = listed[0].program_date_time if listed and listed[0].backfilled else None
    first_segment_at = closed.get("first_segment_at")
    if begin is None or first_segment_at is None:
        return RecordingChanges()
    return RecordingChanges(first_segment_at=min(begin, first_segment_at))


def _released(streamer: Streamer, recording: Recording, now: datetime) -> StreamerChanges:
    changes = StreamerChanges(
        status=StreamerStatus.IDLE,
        is_streaming=False,
        recording_id=None,
        miss_count=0,
        unrecordable_since=None,
        announced_at=None,
        check_at=None if streamer.paused else now + step_after_miss(0).wait,
    )
    counted = streamer.last_recorded_at is not None and streamer.last_recorded_at >= recording.opened_at
    if recording.status is RecordingStatus.FAILED:
        return changes | StreamerChanges(problem=recording.problem or streamer.problem or _NOTHING_STORED)
    return changes | StreamerChanges(recorded=streamer.recorded + (not counted), last_recorded_at=now, problem=None)
