"""Who holds a recording, who is beside its holder, and when the one takes over from the other."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mntreamer.domain.recordings.lease import (
    LAUNCH_GRACE,
    LEASE,
    beside,
    due_while_held,
    ended_at_still,
    first_generation,
    has_standby,
    is_held,
    is_needless,
    is_seat_due,
    keeps_up,
    newest_generation,
    next_generation,
    same_generation,
    seat_due_at,
    taken_over,
    takes_over,
    waits_for_next_part,
)
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from tests.unit.domain.monitors.test_checking import NOW, RECORDING

SOON = NOW + timedelta(seconds=60)
LATER = NOW + timedelta(seconds=80)
HELD = replace(RECORDING, generation=4, lease_until=SOON, fruitless_launches=0, last_segment_at=NOW)
LEAVING = replace(HELD, leaving_at=NOW)
DOUBLE = replace(HELD, recorders=2)


def accompanied(recording: Recording, until: datetime = LATER) -> Recording:
    return replace(recording, standby=5, standby_until=until)


def test_one_that_is_to_be_made_by_one_has_no_seat_beside_it() -> None:
    assert seat_due_at(HELD) is None
    assert due_while_held(HELD, NOW) == SOON


@pytest.mark.parametrize("recording", [LEAVING, DOUBLE])
def test_who_is_to_leave_and_who_is_never_alone_gets_a_standby_at_once(recording: Recording) -> None:
    assert is_seat_due(recording, NOW)
    assert due_while_held(recording, NOW) == NOW


@pytest.mark.parametrize(
    "changes",
    [{"stopped_at": NOW}, {"ended_at": NOW}, {"status": RecordingStatus.IDLE}, {"lease_until": NOW}],
    ids=["stopped by a person", "over", "closed", "without a holder"],
)
def test_nobody_comes_beside(changes: dict[str, object]) -> None:
    for recording in (LEAVING, DOUBLE):
        assert not is_seat_due(replace(recording, **changes), NOW)  # type: ignore[arg-type] # of any type


def test_a_seat_is_filled_again_when_its_lease_is_over_and_at_once_only_if_the_holder_leaves() -> None:
    assert due_while_held(accompanied(LEAVING, NOW + timedelta(seconds=20)), NOW) == NOW + timedelta(seconds=20)
    assert due_while_held(accompanied(DOUBLE, NOW + timedelta(seconds=20)), NOW) == NOW + timedelta(seconds=50)
    assert not is_seat_due(accompanied(LEAVING), NOW)


def test_a_standby_has_a_number_of_its_own_that_is_odd_where_the_holders_is_even() -> None:
    launched = [beside(HELD, NOW)["standby"]]
    for _ in range(3):
        launched.append(beside(replace(HELD, standby=launched[-1]), NOW)["standby"])
    assert launched == [5, 7, 9, 11]
    assert beside(HELD, NOW)["standby_until"] == NOW + LAUNCH_GRACE


def test_no_number_is_given_twice() -> None:
    alone_again = replace(HELD, standby=7, standby_until=NOW)
    assert newest_generation(alone_again) == 7
    assert next_generation(alone_again, NOW)["generation"] == 8


def test_a_launch_into_a_recording_that_nobody_holds_takes_the_seat_away() -> None:
    """Else a standby that wakes could take over with a smaller number, and the next numbers would be given twice."""
    relaunched = replace(accompanied(DOUBLE), **next_generation(accompanied(DOUBLE), NOW))
    assert (relaunched.generation, relaunched.standby) == (6, None)
    assert is_seat_due(relaunched, NOW)


def test_a_standby_with_a_smaller_number_than_the_holders_is_none() -> None:
    fenced = replace(accompanied(DOUBLE), generation=6)
    assert not has_standby(fenced)
    assert not is_held(fenced, SOON)


def test_a_recording_is_held_while_one_of_the_two_is_there() -> None:
    without_holder = accompanied(replace(HELD, lease_until=NOW))
    assert is_held(without_holder, NOW)
    assert due_while_held(without_holder, NOW) == LATER
    assert not is_held(without_holder, LATER)


def test_a_standby_stays_one_while_the_holder_is_well() -> None:
    assert not takes_over(accompanied(DOUBLE), NOW, stored_at=NOW)


def test_it_takes_over_when_the_lease_is_over_and_it_has_something_newer() -> None:
    """Else nobody would ever ask the platform of a stream that is over: one would take over from the other."""
    assert takes_over(accompanied(DOUBLE), SOON, stored_at=NOW + timedelta(seconds=1))
    assert takes_over(accompanied(replace(DOUBLE, last_segment_at=None)), SOON, stored_at=NOW)
    assert not takes_over(accompanied(DOUBLE), SOON, stored_at=NOW)
    assert not takes_over(accompanied(DOUBLE), SOON, stored_at=None)


def test_from_a_holder_that_saw_the_end_it_takes_over_only_with_something_that_came_after_it() -> None:
    """It stores the same segments a little later than the holder did."""
    over = accompanied(replace(DOUBLE, ended_at=SOON, lease_until=SOON))
    assert not takes_over(over, LATER, stored_at=NOW + timedelta(seconds=2))
    assert takes_over(over, LATER, stored_at=SOON + timedelta(seconds=2))


def test_it_takes_over_from_who_leaves_once_it_has_stored_something() -> None:
    assert not takes_over(accompanied(LEAVING), NOW, stored_at=None)
    assert takes_over(accompanied(LEAVING), NOW, stored_at=NOW)


def test_it_takes_over_from_who_stores_nothing_although_it_does_itself() -> None:
    silent = accompanied(replace(DOUBLE, last_segment_at=NOW - LEASE))
    assert not takes_over(silent, NOW, stored_at=NOW)
    assert takes_over(silent, NOW, stored_at=NOW + timedelta(seconds=1))
    never = replace(silent, last_segment_at=None, opened_at=NOW - LEASE)
    assert takes_over(never, NOW, stored_at=NOW + timedelta(seconds=1))


def test_who_has_taken_over_is_the_holder_and_its_seat_is_free() -> None:
    recording = accompanied(replace(DOUBLE, leaving_at=NOW))
    after = replace(recording, **taken_over(recording, NOW))
    assert (after.generation, after.lease_until, after.leaving_at) == (5, NOW + LEASE, None)
    assert not has_standby(after)
    assert not is_held(after, NOW + LEASE)
    assert is_seat_due(after, NOW + timedelta(seconds=30))


def test_a_standby_is_needless_beside_a_holder_that_stores_and_stays_and_is_to_be_alone() -> None:
    assert is_needless(accompanied(HELD), NOW)
    assert not is_needless(accompanied(LEAVING), NOW)
    assert not is_needless(accompanied(DOUBLE), NOW)
    assert not is_needless(accompanied(replace(HELD, fruitless_launches=1)), NOW)


def test_it_waits_a_while_whether_a_stream_that_is_over_goes_on_after_all() -> None:
    over = accompanied(replace(DOUBLE, ended_at=NOW, lease_until=NOW))
    assert not is_needless(over, NOW + timedelta(seconds=29))
    assert is_needless(over, NOW + timedelta(seconds=30))


def test_a_standby_that_misses_what_the_holder_has_loses_its_seat() -> None:
    assert keeps_up(DOUBLE, NOW, NOW - timedelta(seconds=10))
    assert keeps_up(replace(DOUBLE, last_segment_at=None), NOW, None)
    assert not keeps_up(DOUBLE, NOW, None)
    assert not keeps_up(DOUBLE, NOW, NOW - LEASE)
    assert not keeps_up(DOUBLE, SOON, NOW)


def test_the_end_that_one_holder_saw_stands_until_the_next_stores_something_newer() -> None:
    ended = replace(HELD, ended_at=NOW)
    assert ended_at_still(ended, NOW) == NOW
    assert ended_at_still(ended, None) == NOW
    assert ended_at_still(ended, SOON) is None


def test_in_a_next_part_both_have_their_numbers_and_their_seats() -> None:
    part = accompanied(DOUBLE)
    opened = same_generation(part, NOW)
    assert opened == {
        "generation": 4, "standby": 5, "lease_until": NOW + LAUNCH_GRACE, "standby_until": LATER,
    }  # fmt: skip
    assert has_standby(replace(RECORDING, **opened))
    assert not has_standby(replace(RECORDING, **same_generation(HELD, NOW)))


def test_a_next_part_that_nobody_goes_on_in_has_none_of_their_numbers() -> None:
    assert first_generation(None, NOW) == {"generation": 1, "lease_until": NOW + LAUNCH_GRACE}
    assert first_generation(accompanied(DOUBLE), NOW)["generation"] == 6


def test_the_standby_of_a_part_that_is_full_or_being_closed_waits_for_the_next() -> None:
    closing = replace(accompanied(DOUBLE), generation=6)
    full = replace(closing, status=RecordingStatus.IDLE, is_full=True, ended_at=NOW, closed_at=NOW)
    for recording in (closing, full):
        assert waits_for_next_part(recording, 5, NOW)
        assert not waits_for_next_part(recording, 3, NOW)
    assert is_needless(full, NOW + timedelta(seconds=30))


@pytest.mark.parametrize(
    "changes",
    [{"generation": 4}, {"generation": 5}, {"ended_at": NOW}, {"lease_until": NOW}, {"status": RecordingStatus.IDLE}],
    ids=["held", "taken over", "over", "broken off", "closed and not full"],
)
def test_nobody_waits_for_a_next_part_of_what_is_not_closed_as_full(changes: dict[str, object]) -> None:
    closing = replace(accompanied(DOUBLE), generation=6)
    assert not waits_for_next_part(replace(closing, **changes), 5, NOW)  # type: ignore[arg-type] # of any type
