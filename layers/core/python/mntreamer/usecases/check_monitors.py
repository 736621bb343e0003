"""The tick: take the due monitors, look at each channel once, and do what follows."""

import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from enum import StrEnum
from functools import partial

from mntreamer.domain.checking import Close, Decision, Open, Relaunch, Wait, claim, decide
from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import PlatformBlocked, PlatformError
from mntreamer.domain.lease import is_held
from mntreamer.domain.probe import Live, Probe, ProbeFailed
from mntreamer.domain.recording import Recording, RecordingChanges, RecordingStatus, recording_id_of
from mntreamer.domain.streamer import Streamer, StreamerChanges
from mntreamer.ports import Ports
from mntreamer.usecases.close_recording import close_recording, release_streamer
from mntreamer.usecases.open_recording import open_recording
from mntreamer.usecases.relaunch_recording import relaunch_recording

_BATCH = 128
_AT_ONCE = 32
_logger = logging.getLogger(__name__)


class Checked(StrEnum):
    """What came of one due monitor."""

    TAKEN = "taken"  # another tick was faster
    HELD = "held"  # its recorder is at work: nobody else asks the platform
    WAITING = "waiting"
    FAILED = "failed"
    OPENED = "opened"
    RELAUNCHED = "relaunched"
    CLOSED = "closed"
    BROKEN = "broken"  # an error of our own side; see the log


_OUTCOMES = {Open: Checked.OPENED, Relaunch: Checked.RELAUNCHED, Close: Checked.CLOSED, Wait: Checked.WAITING}


def check_monitors(ports: Ports, deadline: datetime) -> Counter[Checked]:
    """Check due monitors until none is left or the deadline has come (the rest stays due); what came of them."""
    counts: Counter[Checked] = Counter()
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="check") as pool:
        while ports.clock() < deadline and (due := ports.monitors.due(ports.clock(), _BATCH)):
            batch = Counter(pool.map(partial(check_safely, ports), due))
            counts += batch
            if set(batch) <= {Checked.TAKEN, Checked.BROKEN}:
                break  # what a lagging index shows, or what is broken, is not worth asking for again
    return counts


def check_one(ports: Ports, due: Streamer) -> Checked:
    """Claim one due monitor, probe its channel and carry out what follows."""
    claimed_at = ports.clock()
    streamer = ports.monitors.update(due.streamer_id, claim(due, claimed_at), {"check_at": due.check_at})
    if streamer is None:
        return Checked.TAKEN
    recording = ports.recordings.get(streamer.recording_id) if streamer.recording_id else None
    if recording and recording.status is not RecordingStatus.RECORDING:
        release_streamer(ports, recording)  # its closing was interrupted just before this
        return Checked.CLOSED
    if recording and is_held(recording, claimed_at):
        held = StreamerChanges(check_at=recording.lease_until)
        ports.monitors.update(streamer.streamer_id, held, {"check_at": streamer.check_at})
        return Checked.HELD
    probe = _probe(ports, streamer)
    if recording is None and isinstance(probe, Live):
        recording = ports.recordings.get(recording_id_of(streamer.streamer_id, probe.live_id))
    decision = decide(streamer, probe, recording, claimed_at, ports.clock(), ports.settings.reconnect_window)
    _carry_out(ports, streamer, recording, decision)
    return Checked.FAILED if isinstance(probe, ProbeFailed) else _OUTCOMES[type(decision)]


def check_safely(ports: Ports, due: Streamer) -> Checked:
    """Like `check_one`, but whatever is raised is logged and harms no other streamer: its claim ends by itself."""
    try:
        return check_one(ports, due)
    except Exception as error:  # noqa: BLE001 -- the schedule tries again, and others have their turn
        _logger.error("checking %s broke off: %s", due.streamer_id, kind_and_place(error))
        return Checked.BROKEN


def _probe(ports: Ports, streamer: Streamer) -> Probe:
    try:
        return ports.platforms[streamer.platform].probe(streamer.channel_id)
    except PlatformError as error:
        _logger.warning("%s cannot be checked: %s", streamer.channel_name, error)
        return ProbeFailed(str(error), error.retry_after_s if isinstance(error, PlatformBlocked) else None)


def _carry_out(ports: Ports, streamer: Streamer, current: Recording | None, decision: Decision) -> None:
    match decision:
        case Open(live):
            open_recording(ports, streamer, live)
        case Relaunch(live, recording):
            relaunch_recording(ports, streamer, live, recording)
        case Close(recording):
            close_recording(ports, recording)
        case Wait(changes, hint):
            if current and hint:
                under = RecordingChanges(generation=current.generation, lease_until=current.lease_until)
                ports.recordings.update(current.recording_id, hint, under)
            ports.monitors.update(streamer.streamer_id, changes, {"check_at": streamer.check_at})
