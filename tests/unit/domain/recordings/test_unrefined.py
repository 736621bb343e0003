"""How long a recording may wait to be confirmed."""

from datetime import timedelta

import pytest

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.domain.recordings.unrefined import is_left_unrefined
from tests.contract.records import NOON, a_recording

KEPT_FOR = timedelta(days=90)
NOW = NOON + timedelta(days=200)
LONG_AGO = NOW - KEPT_FOR


@pytest.mark.parametrize("status", RecordingStatus)
def test_only_what_waits_to_be_refined_can_be_left_unrefined(status: RecordingStatus) -> None:
    recording = a_recording(status=status, closed_at=LONG_AGO)
    assert is_left_unrefined(recording, NOW, KEPT_FOR) is (status is RecordingStatus.IDLE)


@pytest.mark.parametrize(("later", "is_left"), [(timedelta(0), True), (timedelta(seconds=1), False)])
def test_the_time_counts_from_its_end_and_not_from_its_begin(later: timedelta, *, is_left: bool) -> None:
    recording = a_recording(status=RecordingStatus.IDLE, started_at=NOON, closed_at=LONG_AGO + later)
    assert is_left_unrefined(recording, NOW, KEPT_FOR) is is_left


def test_whoever_restores_it_gives_it_as_long_again() -> None:
    restored = a_recording(status=RecordingStatus.IDLE, closed_at=NOON, restored_at=LONG_AGO + timedelta(days=1))
    assert not is_left_unrefined(restored, NOW, KEPT_FOR)
    assert is_left_unrefined(restored, NOW + timedelta(days=1), KEPT_FOR)
