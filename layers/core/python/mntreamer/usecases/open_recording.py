"""A live session without a recording gets one, and the recording its first recorder."""

import logging
from datetime import date

from mntreamer.domain.delays import detection_delay_s
from mntreamer.domain.lease import LAUNCH_GRACE
from mntreamer.domain.media_path import recording_prefix
from mntreamer.domain.probe import Live
from mntreamer.domain.recording import Recording, recording_id_of
from mntreamer.domain.streamer import Streamer
from mntreamer.domain.times import seconds
from mntreamer.ports import Ports
from mntreamer.usecases.close_recording import close_if_orphaned
from mntreamer.usecases.expect_recording import expect_recording
from mntreamer.usecases.launch_recorder import launch_recorder

_logger = logging.getLogger(__name__)


def open_recording(ports: Ports, streamer: Streamer, live: Live) -> Recording | None:
    """One live session, one recording: where another tick was faster, that one's recording is the streamer's.

    The recording that was opened here, if one was.
    """
    recording_id = recording_id_of(streamer.streamer_id, live.live_id)
    if not expect_recording(ports, streamer, live, recording_id, ports.clock() + LAUNCH_GRACE):
        return None
    if opened := _open(ports, streamer, live):
        _logger.info("%s is live: %s", streamer.channel_name, opened.prefix)
        launch_recorder(ports, opened)
        close_if_orphaned(ports, opened)
    return opened


def _open(ports: Ports, streamer: Streamer, live: Live) -> Recording | None:
    """None if it is open already. Counts anew where the day's next number was taken meanwhile."""
    day = (live.started_at + seconds(ports.platforms[streamer.platform].utc_offset_s)).date()
    while True:
        new = _first_generation(ports, streamer, live, day)
        if opened := ports.recordings.open(new, day):
            return opened
        if ports.recordings.get(new.recording_id):
            return None


def _first_generation(ports: Ports, streamer: Streamer, live: Live, day: date) -> Recording:
    now = ports.clock()
    n = ports.recordings.count_of_day(streamer.streamer_id, day) + 1
    return Recording(
        recording_id=recording_id_of(streamer.streamer_id, live.live_id),
        streamer_id=streamer.streamer_id,
        platform=streamer.platform,
        channel_id=streamer.channel_id,
        channel_name=streamer.channel_name,
        live_id=live.live_id,
        title=live.title,
        category=live.category,
        started_at=live.started_at,
        opened_at=now,
        n=n,
        prefix=recording_prefix(streamer.platform, streamer.channel_id, streamer.channel_name, day, n),
        generation=1,
        lease_until=now + LAUNCH_GRACE,
        max_height=streamer.max_height or ports.settings.max_height,
        detection_delay_s=detection_delay_s(streamer, live, now),
    )
