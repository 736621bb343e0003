"""When a channel is looked at next, by what is known of its starts."""

import time
import zlib
from base64 import b85encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import sqrt
from zoneinfo import ZoneInfo

import pytest

from mntreamer.domain.schedule.habit import Habit
from mntreamer.domain.schedule.habit_text import from_text, to_text
from mntreamer.domain.schedule.learning import with_end, with_start
from mntreamer.domain.schedule.next_look import LONGEST, SHORTEST, Expected, learned_wait, wait_by_habit
from mntreamer.domain.schedule.rate import Rate
from mntreamer.domain.schedule.wall_clock import DAY_S, HOUR_S, wall_s
from tests.unit.domain.schedule.habits import TUESDAY, at, habit_of

TABLE = timedelta(minutes=15)
PRICE_S = 1.0
DAYS = 56


@dataclass(frozen=True)
class ConstantRate:
    starts_a_day: float

    def per_s(self, at_s: float) -> float:  # noqa: ARG002 -- it is constant
        return self.starts_a_day / DAY_S


def wait_of(habit: Habit, now_s: float, price_s: float = PRICE_S) -> timedelta:
    return learned_wait(habit, TABLE, now_s, price_s)


def looks_in(habit: Habit, from_s: float, hours: float, price_s: float = PRICE_S) -> int:
    at_s, looks = from_s, 0
    while at_s < from_s + hours * HOUR_S:
        at_s += wait_of(habit, at_s, price_s).total_seconds()
        looks += 1
    return looks


class TestByRate:
    @pytest.mark.parametrize("starts_a_day", [0.5, 1, 4])
    def test_at_a_constant_rate_the_wait_is_the_root_of_two_prices_by_the_rate(self, starts_a_day: float) -> None:
        expected = Expected(ConstantRate(starts_a_day), known=100, now_s=at(0, 3.1))

        wait = wait_by_habit(expected, TABLE, PRICE_S)

        assert wait.total_seconds() == pytest.approx(sqrt(2 * PRICE_S / (starts_a_day / DAY_S)))

    def test_it_is_never_shorter_than_a_minute_nor_longer_than_the_longest_step(self) -> None:
        assert wait_by_habit(Expected(ConstantRate(1e9), 100, at(0, 3)), TABLE, PRICE_S) == SHORTEST
        assert wait_by_habit(Expected(ConstantRate(1e-9), 100, at(0, 3)), TABLE, PRICE_S) == LONGEST

    def test_a_peak_that_is_coming_is_seen_ahead(self) -> None:
        habit = habit_of(DAYS)

        waits = [(minute, wait_of(habit, at(DAYS, 18) + minute * 60)) for minute in range(60)]

        assert all(at(DAYS, 18) + minute * 60 + wait.total_seconds() < at(DAYS, 20) for minute, wait in waits)
        assert wait_of(habit, at(DAYS, 20)) < timedelta(minutes=3)


class TestByHabit:
    def test_a_stranger_is_looked_at_by_the_table(self) -> None:
        assert wait_of(Habit(), at(0, 3)) == TABLE

    def test_the_table_gives_way_as_starts_become_known(self) -> None:
        """At an hour at which the channel never starts, so that its habit would wait longest."""
        waits = [wait_of(habit_of(days), at(days, 10)) for days in range(1, 7)]

        assert waits == sorted(waits)
        assert TABLE <= waits[0] < waits[4]

    def test_the_usual_hour_has_most_looks_and_the_night_has_few(self) -> None:
        habit = habit_of(DAYS)

        assert looks_in(habit, at(DAYS, 19.5), 1) > 15
        assert looks_in(habit, at(DAYS, 4), 1) <= 3

    def test_only_the_usual_days_have_the_usual_hour(self) -> None:
        habit = habit_of(DAYS, weekdays=[TUESDAY])

        assert looks_in(habit, at(DAYS + TUESDAY, 19.5), 1) > 2 * looks_in(habit, at(DAYS + TUESDAY + 1, 19.5), 1)

    def test_a_new_hour_is_followed_within_a_few_sessions(self) -> None:
        habit = habit_of(DAYS)
        for day in range(DAYS, DAYS + 4):
            habit = with_end(with_start(habit, at(day, 10)), at(day, 14))

        assert looks_in(habit, at(DAYS + 4, 9.5), 1) > 3 * looks_in(habit, at(DAYS + 4, 5), 1)

    def test_who_comes_back_soon_is_waited_for_soon_after_an_end(self) -> None:
        habit, twice = habit_of(DAYS), habit_of(DAYS)
        for day in range(DAYS, DAYS + 10):
            twice = with_end(with_start(twice, at(day, 20)), at(day, 22))
            twice = with_end(with_start(twice, at(day, 22.2)), at(day, 23))
            habit = with_end(with_start(habit, at(day, 20)), at(day, 23))

        assert looks_in(twice, at(DAYS + 9, 23.05), 0.5) > looks_in(habit, at(DAYS + 9, 23.05), 0.5)

    def test_who_comes_back_now_and_then_is_waited_for_some_minutes_at_whatever_hour(self) -> None:
        habit = habit_of(DAYS)
        for day in range(DAYS, DAYS + 10):
            habit = with_end(with_start(habit, at(day, 20)), at(day, 22))
            if day % 3 == 0:
                habit = with_end(with_start(habit, at(day, 22.2)), at(day, 23))
        until_late = at(DAYS + 10, 29)
        habit = with_end(with_start(habit, at(DAYS + 10, 20)), until_late)

        assert looks_in(habit, until_late, 0.4) >= 4

    def test_a_silent_channel_sinks_to_the_longest_step_and_comes_back_with_one_start(self) -> None:
        habit = habit_of(DAYS)
        hour = at(DAYS + 200, 19.75)

        assert wait_of(habit, hour) > 5 * wait_of(habit, at(DAYS, 19.75))
        assert wait_of(habit, at(DAYS + 200, 4)) == LONGEST
        again = with_end(with_start(habit, at(DAYS + 200, 20)), at(DAYS + 201, 0))
        assert wait_of(again, at(DAYS + 201, 19.75)) < wait_of(habit, hour) / 2

    def test_four_times_the_price_is_about_half_the_looks(self) -> None:
        habit = habit_of(DAYS, spread_min=60)

        dear, cheap = (looks_in(habit, at(DAYS, 12), 24, price_s) for price_s in (0.8, 0.2))

        assert dear == pytest.approx(cheap / 2, rel=0.15)

    def test_a_price_beyond_all_measure_stretches_the_table_and_the_longest_step(self) -> None:
        assert wait_of(Habit(), at(0, 3), price_s=400) == 10 * TABLE
        assert wait_of(habit_of(DAYS), at(DAYS + 300, 4), price_s=400) == 10 * LONGEST

    @pytest.mark.parametrize("habit", [Habit(), habit_of(2), habit_of(DAYS)])
    def test_however_small_the_budget_nobody_is_left_alone_for_longer_than_a_day(self, habit: Habit) -> None:
        assert learned_wait(habit, LONGEST, at(DAYS + 300, 4), price_s=1e12) <= timedelta(days=1)


class TestAnyClock:
    @pytest.mark.parametrize("off_days", [-400, -1, 400, 40_000])
    def test_a_clock_that_leaps_leaves_a_wait_within_bounds(self, off_days: int) -> None:
        assert SHORTEST <= wait_of(habit_of(DAYS), at(DAYS + off_days, 20)) <= LONGEST

    @pytest.mark.parametrize("month", [1, 7])
    def test_a_habit_keeps_to_the_wall_also_in_summer(self, month: int) -> None:
        zone = ZoneInfo("America/New_York")
        habit, now = Habit(), datetime(2026, month, 20, 20, 0, tzinfo=zone)
        for day in range(56, 0, -1):
            start = datetime(2026, 4 - 3 * (month == 1), 20, 20, tzinfo=zone) - timedelta(days=day)
            habit = with_end(with_start(habit, wall_s(start, zone)), wall_s(start, zone) + 4 * HOUR_S)

        usual = wait_of(habit, wall_s(now.astimezone(UTC), zone))

        assert usual < wait_of(habit, wall_s(now.astimezone(UTC), zone) - HOUR_S)
        assert usual < wait_of(habit, wall_s(now.astimezone(UTC), zone) + 1.5 * HOUR_S)

    def test_the_hour_that_comes_twice_is_walked_through(self) -> None:
        zone = ZoneInfo("America/New_York")
        now = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)  # midnight; at 02:00 it is 01:00 again
        habit, until = habit_of(DAYS, hour=1.5), now + timedelta(hours=6)
        while now < until:
            wait = wait_of(habit, wall_s(now, zone))
            assert SHORTEST <= wait <= LONGEST
            now += wait


class TestText:
    def test_what_is_kept_is_read_back(self) -> None:
        kept = from_text(to_text(habit_of(DAYS)))

        assert to_text(kept) == to_text(habit_of(DAYS))
        assert wait_of(kept, at(DAYS, 19.6)) == wait_of(from_text(to_text(kept)), at(DAYS, 19.6))

    def test_it_does_not_grow_with_the_years(self) -> None:
        years = habit_of(1500, spread_min=600)

        assert len(to_text(years)) < 800

    @pytest.mark.parametrize("text", [None, "", b85encode(zlib.compress(b"another form")).decode()])
    def test_nothing_or_another_versions_form_is_a_stranger(self, text: str | None) -> None:
        assert from_text(text) == Habit()

    def test_a_start_that_is_known_already_teaches_nothing(self) -> None:
        habit = habit_of(DAYS)

        assert with_start(habit, (habit.last_start_s or 0) + 1) == habit
        assert with_start(habit, at(0, 20)) == habit

    def test_an_end_before_its_start_is_a_wrong_clocks(self) -> None:
        habit = habit_of(DAYS)

        assert with_end(habit, at(0, 1)).last_end_s == habit.last_start_s


def test_a_hundred_thousand_looks_fit_into_a_tick() -> None:
    """Some 30 µs each, read from its row and decided; ten times that is allowed to a machine that is busy."""
    texts = [to_text(replace(habit_of(DAYS), known=known)) for known in (3, 200)]
    looks = 5000
    began_s = time.process_time()
    for number in range(looks):
        wait_of(from_text(texts[number % 2]), at(DAYS, number % 24))

    assert (time.process_time() - began_s) * 100_000 / looks < 30


def test_a_mean_rate_follows_from_what_was_seen() -> None:
    assert Rate(habit_of(DAYS)).mean_per_s * DAY_S == pytest.approx(1, rel=0.2)
    assert Rate(habit_of(DAYS, weekdays=[0, 1])).mean_per_s * DAY_S == pytest.approx(2 / 7, rel=0.3)
