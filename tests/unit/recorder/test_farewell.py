"""When a recorder that is told to leave does."""

from threading import Event

from mntreamer.recorder.ending.farewell import Farewell


def told(hand_over_s: float) -> Farewell:
    farewell = Farewell(Event(), hand_over_s)
    assert not farewell.begins(0.0, waits=True)
    assert not farewell.is_over(0.0, waits=True)
    farewell.stop.set()
    return farewell


def test_it_waits_for_whoever_takes_over_and_no_longer_than_it_may() -> None:
    farewell = told(90.0)
    assert not farewell.is_over(10.0, waits=True)
    assert farewell.begins(10.0, waits=True)
    assert not farewell.is_over(99.0, waits=True)
    assert farewell.is_over(100.0, waits=True)


def test_it_is_told_once_however_often_it_is_told() -> None:
    farewell = told(90.0)
    assert [farewell.begins(now_s, waits=True) for now_s in (10.0, 20.0, 30.0)] == [True, False, False]
    assert farewell.is_over(100.0, waits=True)


def test_a_standby_and_who_has_no_successor_leave_at_once() -> None:
    assert told(90.0).is_over(0.0, waits=False)
    assert told(0.0).is_over(0.0, waits=True)


def test_a_standby_that_takes_over_in_the_moment_that_it_is_told_says_that_it_leaves() -> None:
    farewell = told(90.0)
    assert not farewell.begins(10.0, waits=False)
    assert not farewell.is_over(10.1, waits=True)
    assert farewell.begins(10.2, waits=True)
    assert farewell.is_over(100.2, waits=True)
