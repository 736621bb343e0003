"""Who may do what to a recording in which state."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mntreamer.domain.errors import WrongState
from mntreamer.domain.recordings.lifecycle import confirmed, deleted, may_purge_cuts, restored, stopped
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from tests.contract.records import NOON, a_recording

GRACE = timedelta(days=7)
NOW = NOON + timedelta(hours=9)
CLOSED_AT = NOW - timedelta(hours=1)
RECORDING, IDLE, DONE, TERMINATED, FAILED = RecordingStatus
Decision = Callable[[Recording, datetime], RecordingChanges]


def _is_deleted(recording: Recording, now: datetime) -> RecordingChanges:
    return deleted(recording, now, GRACE)


def _is_purged_of_cuts(recording: Recording, _now: datetime) -> RecordingChanges:
    may_purge_cuts(recording)
    return RecordingChanges()


@pytest.mark.parametrize(
    ("decision", "wrong"),
    [
        (stopped, [IDLE, DONE, TERMINATED, FAILED]),
        (confirmed, [RECORDING, TERMINATED, FAILED]),
        (_is_deleted, [RECORDING]),
        (restored, [RECORDING]),
        (_is_purged_of_cuts, [RECORDING, TERMINATED, FAILED]),
    ],
)
def test_in_a_wrong_state_the_state_is_named(decision: Decision, wrong: list[RecordingStatus]) -> None:
    for status in RecordingStatus:
        recording = a_recording(status=status, closed_at=CLOSED_AT)
        if status in wrong:
            with pytest.raises(WrongState, match=status):
                decision(recording, NOW)
        else:
            decision(recording, NOW)


@pytest.mark.parametrize(
    ("decision", "already"),
    [
        (stopped, a_recording(stopped_at=NOON)),
        (stopped, a_recording(stopped_at=NOON, status=IDLE)),
        (confirmed, a_recording(status=DONE)),
        (_is_deleted, a_recording(status=TERMINATED, purge_at=NOW + timedelta(days=1))),
        (_is_deleted, a_recording(status=TERMINATED, purged_at=NOON)),
        (restored, a_recording(status=IDLE)),
        (restored, a_recording(status=DONE)),
    ],
)
def test_what_is_so_already_changes_nothing(decision: Decision, already: Recording) -> None:
    assert decision(already, NOW) == {}


@pytest.mark.parametrize("status", [IDLE, DONE, FAILED])
def test_what_was_deleted_is_restored_to_what_it_was(status: RecordingStatus) -> None:
    changes = deleted(a_recording(status=status, closed_at=CLOSED_AT), NOW, GRACE)

    assert changes["status"] is TERMINATED
    assert changes["purge_at"] == NOW + GRACE
    assert restored(a_recording(**changes), NOW)["status"] is status


def test_one_whose_purge_has_begun_is_not_restored() -> None:
    with pytest.raises(WrongState, match="for good"):
        restored(a_recording(status=TERMINATED, purge_began_at=NOW), NOW)


def test_one_that_was_just_closed_is_not_purged_while_a_late_recorder_may_add_to_it() -> None:
    just_closed = a_recording(status=IDLE, closed_at=NOW - timedelta(seconds=10))

    assert deleted(just_closed, NOW, timedelta(0))["purge_at"] == NOW + timedelta(minutes=5) - timedelta(seconds=10)
    assert deleted(a_recording(status=IDLE, closed_at=CLOSED_AT), NOW, timedelta(0))["purge_at"] == NOW


def test_one_that_is_deleted_already_goes_sooner_but_never_later() -> None:
    waiting = a_recording(status=TERMINATED, closed_at=CLOSED_AT, purge_at=NOW + timedelta(days=3))

    assert deleted(waiting, NOW, timedelta(0)) == {"purge_at": NOW}
    assert deleted(waiting, NOW, GRACE) == {}
