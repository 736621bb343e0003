import json
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest

from benchmarks.channel_habits import (
    DAY_S,
    HABITS,
    HOUR_S,
    LENGTHS_S,
    RECONNECT_WINDOW_S,
    AroundTheClock,
    Stream,
    channels,
)
from benchmarks.schedule import main
from benchmarks.schedule_figures import figures, nearest_rank, table
from benchmarks.schedule_policies import NAMES, usual_hours
from benchmarks.schedule_silence import looked_up, walked
from benchmarks.schedule_year import Year, silence_by, watch
from mntreamer.domain.errors import BadInput
from mntreamer.domain.monitors.backoff import Step, step_after_miss

# The first probe comes at minute 1; 62 misses and the 50 minutes after the last of them later it is minute 839.
LAST_SHORTER_STEP_ENDS_S = 789 * 60.0
LONGEST_STEP_ENDS_S = 839 * 60.0


def watched(policy: str, *streams: Stream, grain_s: float = 0) -> Year:
    return watch([streams], 1, silence_by(policy, grain_s))


def test_a_stream_is_seen_at_the_first_minute_after_its_start_and_left_alone_until_its_end() -> None:
    year = watched("fixed_minute", Stream(90, 1000))

    assert year.delays_s == [30]
    assert year.probes == 2 + 1423  # at 60 and 120; at 1060 and each minute after it until 86,400


def test_a_probe_at_the_very_start_sees_the_stream() -> None:
    assert watched("fixed_minute", Stream(120, 1000)).delays_s == [0]


def test_a_silent_day_costs_one_round_of_the_table_and_the_next_one_until_midnight() -> None:
    # 63 until minute 839; then 11 steps of 1 min, 12 of 3, 12 of 10 and 12 of 15, of 30 so many as fit in 1440.
    assert watched("stepped").probes == 63 + 11 + 12 + 12 + 12 + 9


def test_the_table_starts_again_after_its_longest_step() -> None:
    late = Stream(LONGEST_STEP_ENDS_S + 30, DAY_S)

    assert watched("stepped", late).delays_s == [30]


def test_without_the_reset_the_longest_step_follows_the_longest_step() -> None:
    late = Stream(LONGEST_STEP_ENDS_S + 30, DAY_S)

    assert watched("stepped_without_reset", late).delays_s == [50 * 60 - 30]


def test_after_a_stream_the_steps_are_the_first_ones_again() -> None:
    year = watched("stepped", Stream(LONGEST_STEP_ENDS_S, 60_000), Stream(60_070, 70_000))

    assert year.delays_s == [0, 50]


def test_a_stream_between_two_probes_is_missed_and_has_no_delay() -> None:
    short = Stream(LAST_SHORTER_STEP_ENDS_S + 60, LAST_SHORTER_STEP_ENDS_S + 1260)
    year = watched("stepped", short)

    assert (year.missed, year.delays_s) == (1, [])
    assert (year.unseen_s, year.aired_s) == (1200, 1200)
    assert year.probes == watched("stepped").probes


def test_the_probe_after_a_missed_stream_comes_as_if_nothing_had_been() -> None:
    short = Stream(LAST_SHORTER_STEP_ENDS_S + 60, LAST_SHORTER_STEP_ENDS_S + 1260)
    year = watched("stepped", short, Stream(LONGEST_STEP_ENDS_S - 20, DAY_S))

    assert (year.missed, year.delays_s) == (1, [20])
    assert year.unseen_s == 1200 + 20


@pytest.mark.parametrize(("grain_s", "delay_s"), [(0, 50), (60, 10), (45, 10)])
def test_what_is_due_between_two_ticks_waits_for_the_next(grain_s: float, delay_s: float) -> None:
    # Due at 1060; then at 1120, or by ticks at 1080.
    year = watched("fixed_minute", Stream(30, 1000), Stream(1070, DAY_S), grain_s=grain_s)

    assert year.delays_s[1] == delay_s


def test_a_minute_takes_two_ticks_of_45_seconds() -> None:
    assert watched("fixed_minute", grain_s=45).probes == 86_400 / 90 - 1


def test_looking_up_the_steps_finds_what_walking_them_finds() -> None:
    world = [channel.streams for channel in channels(20, 60, seed=5)]

    def step_after(miss_count: int, _now_s: float, _starts_s: object) -> Step:
        return step_after_miss(miss_count)

    for grain_s in (0, 60):
        looked = watch(world, 60, looked_up(step_after_miss, grain_s))
        assert looked == watch(world, 60, walked(step_after, grain_s))
        assert looked.delays_s


def test_a_policy_learns_of_the_streams_that_were_seen_only() -> None:
    told: list[list[float]] = []

    def each_hour(_miss_count: int, _now_s: float, starts_s: Sequence[float]) -> Step:
        told.append(list(starts_s))
        return Step(timedelta(hours=1), 0)

    missed, seen = Stream(HOUR_S + 1, HOUR_S + 2), Stream(3 * HOUR_S - 1, 4 * HOUR_S)
    watch([(missed, seen)], 1, walked(each_hour, 0))

    assert told[:3] == [[], [], []]
    assert told[-1] == [seen.start_s]


def test_a_policy_that_does_not_wait_is_refused() -> None:
    with pytest.raises(BadInput, match="longer than nothing"):
        watch([()], 1, looked_up(lambda miss_count: Step(timedelta(0), miss_count), 0))


def test_an_unknown_policy_is_no_policy() -> None:
    with pytest.raises(BadInput, match="hourly"):
        silence_by("hourly", 0)


NOON_S = 100 * DAY_S + 12 * HOUR_S


@pytest.mark.parametrize(
    ("starts_s", "minutes"),
    [
        ([], 40),
        ([NOON_S - DAY_S], 20),
        ([NOON_S - 2 * DAY_S - HOUR_S, NOON_S - DAY_S, NOON_S - DAY_S + HOUR_S], 10),
        ([NOON_S - DAY_S - 1.1 * HOUR_S, NOON_S - DAY_S + 1.1 * HOUR_S], 40),
        ([NOON_S - 43 * DAY_S], 40),
        ([NOON_S - day * DAY_S / 2 for day in range(80, 0, -1)], 1),
    ],
    ids=["nothing known", "yesterday", "within the hour", "at other hours", "long ago", "never under a minute"],
)
def test_the_usual_hour_shortens_the_wait(starts_s: list[float], minutes: float) -> None:
    assert usual_hours(12, NOON_S, starts_s) == Step(timedelta(minutes=minutes), 13)


def test_hours_on_both_sides_of_midnight_are_near() -> None:
    half_past_eleven_s, quarter_past_midnight_s = 9 * DAY_S - HOUR_S / 2, 10 * DAY_S + HOUR_S / 4

    assert usual_hours(12, quarter_past_midnight_s, [half_past_eleven_s]).wait == timedelta(minutes=20)


def test_right_after_a_stream_the_usual_hour_does_not_matter() -> None:
    assert usual_hours(11, NOON_S, []) == step_after_miss(11)


def test_the_same_seed_gives_the_same_world_and_another_gives_another() -> None:
    world = list(channels(5, 100, seed=3))

    assert list(channels(5, 100, seed=3)) == world
    assert list(channels(3, 100, seed=3)) == world[:3]
    assert list(channels(5, 100, seed=4)) != world


def test_streams_are_apart_and_begin_within_the_days_asked_for() -> None:
    for channel in channels(60, 90, seed=2):
        assert all(0 <= stream.start_s < 90 * DAY_S for stream in channel.streams)
        assert all(later.start_s >= ended.end_s + RECONNECT_WINDOW_S for ended, later in pairwise(channel.streams))


def test_streams_last_from_20_minutes_to_12_hours_but_for_those_around_the_clock() -> None:
    shortest_s, longest_s = LENGTHS_S
    for channel in channels(60, 90, seed=2):
        if not isinstance(HABITS[channel.habit], AroundTheClock):
            lengths_s = [stream.end_s - stream.start_s for stream in channel.streams]
            assert all(shortest_s - 1e-3 <= length_s <= longest_s + 1e-3 for length_s in lengths_s)


def test_the_weights_are_of_a_hundred_channels_and_each_habit_is_met() -> None:
    assert sum(habit.weight for habit in HABITS.values()) == 100
    assert {channel.habit for channel in channels(300, 2, seed=1)} == set(HABITS)


def test_a_year_in_figures() -> None:
    year = Year(channels=2, probes=40, missed=1, aired_s=1000, unseen_s=250, delays_s=[10, 20, 60])
    found = figures(year, 10, fixed_minute=Year(channels=2, probes=400))

    assert (found.probes_per_day, found.saved_share) == (2, 0.9)
    assert (found.delay_mean_s, found.delay_p95_s) == (30, 60)
    assert (found.missed_share, found.unseen_share) == (0.25, 0.25)


def test_where_nothing_was_seen_there_is_no_delay() -> None:
    silent = Year(channels=1, probes=1440)
    found = figures(silent, 1, fixed_minute=silent)

    assert (found.delay_mean_s, found.delay_p95_s, found.missed_share) == (None, None, 0)
    assert table({"it": found}).splitlines()[-1] == (
        "| `it` | 1,440 | 0% | none seen | none seen | 0.00% | 0.0% |"
    )  # fmt: skip


def test_the_nearest_rank_is_a_value_that_was_there() -> None:
    assert nearest_rank([float(value) for value in range(100, 0, -1)], 0.95) == 95
    assert nearest_rank([7.0], 0.95) == 7


def test_the_last_line_is_json_of_the_policies_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--policies", "stepped,fixed_minute", "--channels", "3", "--days", "7", "--grain", "60"]) == 0
    told = capsys.readouterr()
    found = json.loads(told.out.splitlines()[-1])

    assert list(found) == ["stepped", "fixed_minute"]
    assert {"probes_per_day", "delay_mean_s", "delay_p95_s", "missed_share"} < set(found["stepped"])
    assert found["stepped"]["probes_per_day"] < found["fixed_minute"]["probes_per_day"]
    assert "stepped" in told.err


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--policies", "stepped,hourly", ", ".join(NAMES)),
        ("--channels", "0", "1 or more"),
        ("--days", "some", "1 or more"),
        ("--grain", "-1", "0 or more"),
    ],
)
def test_a_wrong_option_ends_with_2_and_says_what_is_right(
    option: str, value: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([f"{option}={value}"])

    assert ended.value.code == 2
    assert told in capsys.readouterr().err
