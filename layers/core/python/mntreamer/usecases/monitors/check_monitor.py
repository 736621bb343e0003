"""One due monitor is claimed, its channel is looked at once, and what follows is done."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from mntreamer.correlation import correlate, correlated
from mntreamer.domain.error_place import kind_and_place, safe_text
from mntreamer.domain.errors import PlatformBlocked, PlatformClosed, PlatformError, PlatformUnavailable
from mntreamer.domain.monitors.check import Check, Outcome
from mntreamer.domain.monitors.checking import (
    Close,
    Decision,
    Look,
    Open,
    Relaunch,
    Wait,
    claim,
    decide,
    left_to_its_recorder,
)
from mntreamer.domain.monitors.due import Due, is_too_soon
from mntreamer.domain.monitors.probe import Live, NotAsked, Offline, Probe, ProbeFailed
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges, StreamerStatus
from mntreamer.domain.recordings.lease import is_held
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus, recording_id_of
from mntreamer.domain.schedule.schedule import Schedule
from mntreamer.domain.schedule.spending import price_s
from mntreamer.domain.times import seconds
from mntreamer.ports import Platform, Ports
from mntreamer.usecases.recordings.accompany_recording import accompany_recording
from mntreamer.usecases.recordings.close_recording import close_recording, release_streamer
from mntreamer.usecases.recordings.open_part import newest_part
from mntreamer.usecases.recordings.open_recording import open_recording
from mntreamer.usecases.recordings.relaunch_recording import relaunch_recording

_logger = logging.getLogger(__name__)


_OUTCOMES = {Open: Outcome.OPENED, Relaunch: Outcome.RELAUNCHED, Close: Outcome.CLOSED, Wait: Outcome.WAITING}


def check_monitor(ports: Ports, due: Due) -> Check:
    """Check one due monitor. Not even claimed is what its platform does not want to be asked for yet."""
    platform, claimed_at = ports.platforms[due.platform], ports.clock()
    if platform.closed_until() or is_too_soon(due, claimed_at, platform.floor):
        return Check(due.platform, Outcome.LEFT)
    as_listed = StreamerChanges(check_at=due.check_at, probed_at=due.probed_at)
    streamer = ports.monitors.update(due.streamer_id, claim(due, claimed_at), as_listed)
    if streamer is None:
        return Check(due.platform, Outcome.TAKEN)
    recording = _seen_to(ports, streamer)
    if check := _without_asking(ports, due, streamer, recording, claimed_at):
        return check
    price_s = _price_s(ports, platform, streamer)
    look = Look(streamer, claimed_at, platform.floor, seconds(platform.utc_offset_s), due.probed_at, price_s)
    return _look(ports, platform, look, recording)


def check_safely(ports: Ports, due: Due) -> Check:
    """Like `check_monitor`, but whatever is raised is logged and harms no other: its claim ends by itself."""
    with correlated():
        try:
            return check_monitor(ports, due)
        except Exception as error:  # noqa: BLE001 -- the schedule tries again, and others have their turn
            _logger.error("checking %s broke off: %s", due.streamer_id, kind_and_place(error))
            return Check(due.platform, Outcome.BROKEN)


def _price_s(ports: Ports, platform: Platform, streamer: Streamer) -> float | None:
    """None for who is looked at by the stepped table."""
    if (streamer.schedule or ports.settings.schedule) is Schedule.STEPPED:
        return None
    return price_s(platform.spending(), ports.settings.checks_per_day)


def _seen_to(ports: Ports, streamer: Streamer) -> Recording | None:
    """The streamer's recording. None as well where it was never opened: an older one may go on with that session."""
    recording = ports.recordings.get(streamer.recording_id) if streamer.recording_id else None
    if recording is None or recording.recording_id != streamer.recording_id:
        return None
    correlate(recording.prefix)
    return recording


def _without_asking(
    ports: Ports, due: Due, streamer: Streamer, recording: Recording | None, claimed_at: datetime
) -> Check | None:
    """What needs no look at the channel is done; None where one is needed."""
    if recording and recording.status is not RecordingStatus.RECORDING:
        release_streamer(ports, recording)  # its closing was interrupted just before this
        return Check(due.platform, Outcome.CLOSED)
    if recording and is_held(recording, claimed_at):
        left = left_to_its_recorder(recording, claimed_at)
        _set(ports, streamer, left | StreamerChanges(probed_at=due.probed_at))
        return _accompanied(due.platform, accompany_recording(ports, recording))
    if recording and recording.stopped_at:
        close_recording(ports, recording)  # whatever the platform would say of the stream
        return Check(due.platform, Outcome.CLOSED)
    if streamer.paused and recording is None:
        _set(ports, streamer, StreamerChanges(status=StreamerStatus.IDLE, check_at=None, recording_id=None))
        return Check(due.platform, Outcome.PAUSED)
    return None


def _accompanied(platform: str, is_started: bool | None) -> Check:  # noqa: FBT001 -- as `accompany_recording` tells it
    outcome = Outcome.HELD if is_started is None else Outcome.RELAUNCHED
    return Check(platform, outcome, launch_failed=is_started is False)


def _look(ports: Ports, platform: Platform, look: Look, recording: Recording | None) -> Check:
    streamer = look.streamer
    probe = _probe(platform, streamer)
    if isinstance(probe, Live):
        probe, recording = _as_known(ports, streamer, probe, recording)
    now = ports.clock()
    decision = decide(look, probe, recording, now, ports.settings.reconnect_window)
    launched = _carry_out(ports, look, recording, decision)
    outcome = Outcome.FAILED if isinstance(probe, ProbeFailed | NotAsked) else _OUTCOMES[type(decision)]
    if isinstance(decision, Wait) and isinstance(probe, Offline):
        return Check(streamer.platform, outcome, probe, wait=_wait(decision, look))
    return _checked(streamer.platform, outcome, probe, launched)


def _wait(decided: Wait, look: Look) -> timedelta:
    check_at = decided.streamer.get("check_at")
    return check_at - look.claimed_at if check_at else timedelta(0)


def _checked(platform: str, outcome: Outcome, probe: Probe, launched: Recording | None) -> Check:
    if launched is None:
        return Check(platform, outcome, probe)
    delay_s = launched.detection_delay_s if launched.generation == 1 else None
    return Check(platform, outcome, probe, delay_s, launch_failed=launched.problem is not None)


def _as_known(
    ports: Ports, streamer: Streamer, live: Live, recording: Recording | None
) -> tuple[Live, Recording | None]:
    """A later live session that a recording goes on with counts as that recording's own, whenever it began."""
    if recording and recording.live_id == live.live_id:
        return live, recording
    known = newest_part(ports, recording_id_of(streamer.streamer_id, live.live_id))
    if known is None:
        return live, recording
    correlate((recording or known).prefix)
    return replace(live, live_id=known.live_id), recording or known


def _probe(platform: Platform, streamer: Streamer) -> Probe:
    try:
        return platform.probe(streamer.channel_id)
    except PlatformError as error:
        _logger.warning("%s cannot be checked: %s", streamer.channel_name, error)
        return _failed(error)


def _failed(error: PlatformError) -> ProbeFailed | NotAsked:
    match error:
        case PlatformClosed():
            return NotAsked(safe_text(error), error.retry_after_s or 0.0)
        case PlatformBlocked():
            return ProbeFailed(safe_text(error), error.retry_after_s or 0.0, sent_away=True)
        case PlatformUnavailable():
            return ProbeFailed(safe_text(error), error.retry_after_s or 0.0)
        case _:
            return ProbeFailed(safe_text(error))


def _carry_out(ports: Ports, look: Look, current: Recording | None, decision: Decision) -> Recording | None:
    """The recording that a recorder was to be started for, if one was."""
    match decision:
        case Open(live, part):
            return open_recording(ports, look.streamer, live, part)
        case Relaunch(live, recording):
            return relaunch_recording(ports, look.streamer, live, recording)
        case Close(recording, live):
            close_recording(ports, recording)
            freed = ports.monitors.get(look.streamer.streamer_id)
            if live and freed and freed.recording_id is None and not freed.paused:
                return open_recording(ports, freed, live)
        case Wait(changes, hint):
            if current and hint:
                under = RecordingChanges(generation=current.generation, lease_until=current.lease_until)
                ports.recordings.update(current.recording_id, hint, under)
            _set(ports, look.streamer, changes)
    return None


def _set(ports: Ports, streamer: Streamer, changes: StreamerChanges) -> None:
    """Under the claim: whoever changed when it is due meanwhile knows better."""
    ports.monitors.update(streamer.streamer_id, changes, {"check_at": streamer.check_at})
