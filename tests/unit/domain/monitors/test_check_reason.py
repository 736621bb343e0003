"""Why a streamer is looked at when it is, for people and for programs."""

from typing import Any

import pytest

from mntreamer.domain.monitors.check_reason import check_reason
from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.domain.schedule.habit import Habit
from mntreamer.domain.schedule.schedule import Schedule
from tests.contract.records import a_streamer
from tests.unit.domain.schedule.habits import TUESDAY, habit_of

STRANGER = Habit()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"recording_id": "chzzk:c1:1001"}, "being_recorded"),
        ({"status": StreamerStatus.RECORDING}, "being_recorded"),
        ({"error_count": 1, "is_streaming": True}, "last_look_failed"),
        ({"is_streaming": True}, "live_unrecorded"),
        ({}, "starts_too_few"),
    ],
)
def test_what_is_known_of_it_now_comes_before_its_habits(facts: dict[str, Any], code: str) -> None:
    reason = check_reason(a_streamer(**facts), STRANGER, Schedule.LEARNED)
    assert reason
    assert reason.code == code


def test_nobody_asks_why_where_nobody_looks() -> None:
    assert check_reason(a_streamer(check_at=None), STRANGER, Schedule.LEARNED) is None


@pytest.mark.parametrize("known", [0, 1, 4])
def test_of_a_stranger_is_told_how_little_is_known(known: int) -> None:
    reason = check_reason(a_streamer(), habit_of(known), Schedule.LEARNED)
    assert reason
    assert (reason.code, reason.values) == ("starts_too_few", {"known": known, "needed": 5})
    assert reason.startswith({0: "no starts are", 1: "1 start is", 4: "4 starts are"}[known])


def test_the_table_counts_what_was_in_vain() -> None:
    reason = check_reason(a_streamer(miss_count=7), STRANGER, Schedule.STEPPED)
    assert reason
    assert (reason.code, reason.values) == ("stepped", {"misses": 7})
    assert "after 7 looks" in reason


def test_a_habit_is_told_where_there_is_one() -> None:
    reason = check_reason(a_streamer(), habit_of(112, weekdays=[TUESDAY]), Schedule.LEARNED)
    assert reason
    assert reason.code == "usual_starts"
    assert "on Tue" in reason
