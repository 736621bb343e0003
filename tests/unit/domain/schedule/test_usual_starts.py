"""What people are told of a channel's habits."""

import pytest

from mntreamer.domain.schedule.habit import HOURS, Habit
from mntreamer.domain.schedule.learning import with_end, with_start
from mntreamer.domain.schedule.usual_starts import expected_starts, in_words, usual_starts
from tests.unit.domain.schedule.habits import EVERY_DAY, THURSDAY, TUESDAY, at, habit_of

DAYS = 112


def test_an_evening_on_two_days_is_named_with_them() -> None:
    [usual] = usual_starts(habit_of(DAYS, weekdays=[TUESDAY, THURSDAY], spread_min=15))

    assert abs(usual.minute - 20 * 60) <= 10
    assert 5 <= usual.spread_min <= 25
    assert usual.weekdays == (TUESDAY, THURSDAY)


def test_it_is_said_in_words() -> None:
    words = in_words(usual_starts(habit_of(DAYS, weekdays=[TUESDAY, THURSDAY], spread_min=0)))

    assert words == "20:05 ± 5 min on Tue, Thu"
    assert in_words(usual_starts(habit_of(DAYS))).endswith("min each day")


def test_two_usual_hours_are_told_in_the_order_of_the_day() -> None:
    habit = Habit()
    for day in range(DAYS):
        for hour in (12, 21):
            habit = with_end(with_start(habit, at(day, hour)), at(day, hour + 1))

    assert [usual.minute // 60 for usual in usual_starts(habit)] == [12, 21]


@pytest.mark.parametrize("habit", [Habit(), habit_of(DAYS, spread_min=9000)])
def test_who_has_no_usual_time_is_told_to_have_none(habit: Habit) -> None:
    assert usual_starts(habit) == ()
    assert in_words(()) == ""


def test_the_picture_of_the_week_shows_each_start_where_it_is_usual() -> None:
    week = expected_starts(habit_of(DAYS, weekdays=[TUESDAY, THURSDAY]))

    assert len(week) == HOURS
    assert 1.5 < sum(week) < 3
    for day in EVERY_DAY:
        evening = sum(week[day * 24 + 18 : day * 24 + 22])
        assert (evening > 0.5) == (day in (TUESDAY, THURSDAY))


def test_nothing_is_drawn_of_a_stranger() -> None:
    assert expected_starts(Habit()) == []
