from dataclasses import replace
from datetime import timedelta

import pytest

from mntreamer.domain.recordings.lease import (
    LAUNCH_GRACE,
    is_held,
    next_generation,
    relaunch_at,
    why_nothing_is_stored,
)
from mntreamer.domain.recordings.recording import RecordingStatus
from tests.contract.records import a_problem
from tests.unit.domain.monitors.test_checking import NOW, RECORDING


def test_a_lease_is_held_up_to_its_end_and_not_at_it() -> None:
    assert is_held(replace(RECORDING, lease_until=NOW + timedelta(milliseconds=1)), NOW)
    assert not is_held(replace(RECORDING, lease_until=NOW), NOW)


def test_a_closed_recording_is_held_by_nobody() -> None:
    closed = replace(RECORDING, status=RecordingStatus.IDLE, lease_until=NOW + timedelta(hours=1))

    assert not is_held(closed, NOW)


def test_a_launch_raises_the_generation_and_takes_back_an_end() -> None:
    changes = next_generation(replace(RECORDING, ended_at=NOW), NOW)

    assert changes["generation"] == RECORDING.generation + 1
    assert changes["lease_until"] == NOW + LAUNCH_GRACE
    assert changes["ended_at"] is None


def test_a_recorder_that_stored_something_is_replaced_at_once() -> None:
    assert relaunch_at(replace(RECORDING, fruitless_launches=0), NOW) == NOW


def test_recorders_that_store_nothing_are_replaced_ever_more_slowly() -> None:
    waits = [relaunch_at(replace(RECORDING, fruitless_launches=n), NOW) - NOW for n in (1, 2, 3, 5, 6, 100)]

    assert waits == [timedelta(seconds=s) for s in (5, 10, 20, 80, 600, 600)]


@pytest.mark.parametrize(
    ("launches", "problem", "said"), [(5, "no capacity", False), (6, "no capacity", True), (6, None, True)]
)
def test_why_nothing_is_stored_is_told_from_the_limit_on(launches: int, problem: str | None, *, said: bool) -> None:
    last = a_problem(problem) if problem else None
    told = why_nothing_is_stored(replace(RECORDING, fruitless_launches=launches, problem=last))

    assert bool(told) is said
    assert not told or (told.values, told.cause) == ({"launches": launches}, last)
    assert not said or (problem or "") in (told or "")
