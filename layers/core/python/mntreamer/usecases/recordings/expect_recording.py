"""A streamer is told which recording to see to, before anything is written of the recording itself.

So there is never a recording under way that no streamer would be due for, whatever crashes next; a streamer that
points to a recording that was never opened is simply probed again.
"""

from datetime import datetime, timedelta, timezone

from mntreamer.domain.monitors.learned_habit import start_learned
from mntreamer.domain.monitors.probe import Live
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges, StreamerStatus
from mntreamer.domain.reason import Reason
from mntreamer.ports import Ports


def expect_recording(
    ports: Ports, streamer: Streamer, live: Live, recording_id: str, until: datetime, problem: Reason | None = None
) -> bool:
    """Point the streamer to the recording and make it due `until`; False where the claim is no longer ours."""
    zone = timezone(timedelta(seconds=ports.platforms[streamer.platform].utc_offset_s))
    changes = start_learned(streamer, live, ports.clock(), zone) | StreamerChanges(
        recording_id=recording_id,
        is_streaming=True,
        last_stream_at=live.started_at,
        check_at=until,
        error_count=0,
        status=StreamerStatus.PROCESS,
        problem=problem,
    )
    return ports.monitors.update(streamer.streamer_id, changes, {"check_at": streamer.check_at}) is not None
