"""What holds after every step, whatever happened."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mntreamer.domain.monitors.checking import CLAIM
from mntreamer.domain.monitors.streamer import Streamer, StreamerStatus
from mntreamer.domain.recordings.recording import Recording, RecordingStatus, recording_id_of
from mntreamer.ports import Ports
from tests.state.recorders import Task

LONGEST_WAIT = timedelta(minutes=50)
# Between the clocks of two actors.
SKEW = timedelta(seconds=10)


@dataclass(frozen=True)
class State:
    """What is stored, read at once, and the recorders of all time.

    `unfinished` are the recordings under way; `longest_wait` includes what a block asked for.
    """

    now: datetime
    streamers: Sequence[Streamer]
    unfinished: Sequence[Recording]
    launched: Sequence[Task]
    running: Sequence[Task]
    longest_wait: timedelta

    @property
    def holding(self) -> list[Recording]:
        """Whose recorder of the current generation runs."""
        return [row for row in self.unfinished if (row.recording_id, row.generation) in self.running]


def assert_promises(state: State) -> None:
    """All but the one about sessions, which holds for ever once it is broken: it is looked at once, at the end."""
    _one_recording_under_way_of_a_streamer(state)
    _no_generation_is_launched_twice(state)
    _one_recorder_of_a_streamer_holds_a_lease(state)
    _one_at_the_most_stands_by(state)
    for streamer in state.streamers:
        _is_due_some_time(streamer, state)
        _is_not_stuck_in_process(streamer, state)
        _is_recording_only_with_a_recording(streamer)
    for recording in state.unfinished:
        _is_seen_to(recording, state)


def assert_one_recording_a_session(ports: Ports, sessions: Mapping[str, str]) -> None:
    """By its own id or by an alias, a live session leads to one recording. `sessions`: each one's streamer."""
    recordings = ports.recordings.newest(list(RecordingStatus), 1000)
    for session, streamer_id in sessions.items():
        found = ports.recordings.get(recording_id_of(streamer_id, session))
        ids = [row.recording_id for row in recordings if row.live_id == session]
        assert ids in ([], [found and found.recording_id]), (session, ids, found)


def _one_recording_under_way_of_a_streamer(state: State) -> None:
    under_way = Counter(recording.streamer_id for recording in state.unfinished)
    assert not under_way or max(under_way.values()) == 1, state.unfinished


def _no_generation_is_launched_twice(state: State) -> None:
    assert len(state.launched) == len(set(state.launched)), state.launched


def _one_recorder_of_a_streamer_holds_a_lease(state: State) -> None:
    holding = Counter(recording.streamer_id for recording in state.holding)
    assert not holding or max(holding.values()) == 1, state.holding


def _one_at_the_most_stands_by(state: State) -> None:
    """Of those at work that could renew anything."""
    for row in state.unfinished:
        named = [task for task in state.running if task in _named(row)]
        assert len(named) <= 2, named


def _named(row: Recording) -> set[tuple[str, int | None]]:
    return {(row.recording_id, row.generation), (row.recording_id, row.standby)}


def _is_due_some_time(streamer: Streamer, state: State) -> None:
    if streamer.check_at is None:
        assert streamer.paused, streamer
        assert streamer.recording_id is None, streamer
    else:
        assert streamer.check_at <= state.now + state.longest_wait + SKEW, streamer
        assert not streamer.paused or streamer.recording_id, f"paused, and looked at: {streamer}"


def _is_not_stuck_in_process(streamer: Streamer, state: State) -> None:
    """With a recording, also one whose closing broke off: it is let go when it is next due."""
    if streamer.status is StreamerStatus.PROCESS and streamer.recording_id is None:
        assert streamer.check_at, streamer
        assert streamer.check_at <= state.now + CLAIM + SKEW, streamer


def _is_recording_only_with_a_recording(streamer: Streamer) -> None:
    if streamer.status is StreamerStatus.RECORDING:
        assert streamer.recording_id, streamer


def _is_seen_to(recording: Recording, state: State) -> None:
    """A recording under way has a streamer that is due for it."""
    streamer = next((row for row in state.streamers if row.streamer_id == recording.streamer_id), None)
    assert streamer, f"nobody sees to {recording}"
    assert streamer.recording_id == recording.recording_id, (streamer, recording)
