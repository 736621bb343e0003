import json
from itertools import pairwise
from math import sqrt
from pathlib import Path

import pytest

from benchmarks.schedule.__main__ import main
from benchmarks.schedule.channels import ADDED_S, RECONNECT_WINDOW_S, Channel, Stream, TrueRate, channels
from benchmarks.schedule.figures import Figures, by_kind, figures, nearest_rank
from benchmarks.schedule.habits import DAY_S, HABITS, HELD_BACK, HOUR_S, IN_VIEW, Habit, Occasion
from benchmarks.schedule.picture import picture
from benchmarks.schedule.policies import Policy, every, knowing, learned, stepped, told
from benchmarks.schedule.year import Seen, looks_a_day, watch

DAYS = 60
EVENING = Habit(occasions=lambda _dice, _days: iter(()), length_h=4, comes_back=0)


def channel(*streams: tuple[float, float]) -> Channel:
    """Streams from and to so many seconds after it was added."""
    moved = [Stream(ADDED_S + start_s, ADDED_S + end_s, 0) for start_s, end_s in streams]
    return Channel("evening", EVENING, [], [], moved)


def watched(policy: Policy, *streams: tuple[float, float], days: int = 1) -> Seen:
    [seen] = watch([channel(*streams)], policy, days, 100)
    return seen


class TestWatching:
    def test_a_stream_is_seen_by_the_first_look_after_its_start_and_left_alone_until_its_end(self) -> None:
        seen = watched(every(60), (90, 1000))

        assert seen.delays_s == [30]
        assert seen.looks == 3 + 1423  # at 0, 60 and 120; at 1060 and each minute after it until 86,400

    def test_a_look_at_the_very_start_sees_the_stream(self) -> None:
        assert watched(every(60), (120, 1000)).delays_s == [0]

    def test_a_stream_between_two_looks_is_missed_and_has_no_delay(self) -> None:
        seen = watched(every(600), (610, 1190))

        assert (seen.missed, seen.delays_s) == (1, [])

    def test_a_silent_day_costs_one_round_of_the_table_and_the_next_one_until_midnight(self) -> None:
        # One at midnight and 62 until minute 838; then 12 steps of 1 min, of 3, of 10 and of 15; what fits of 30.
        assert watched(stepped).looks == 63 + 12 + 12 + 12 + 12 + 8

    def test_after_a_stream_the_steps_are_the_first_ones_again(self) -> None:
        seen = watched(stepped, (50_000, 60_000), (60_070, 70_000))

        assert seen.delays_s[1] == 50

    def test_the_learned_schedule_keeps_to_its_budget(self) -> None:
        world = channels(IN_VIEW, 1, DAYS, seed=3)

        seen = watch(world, learned, DAYS, 60)

        assert looks_a_day(seen, DAYS) == pytest.approx(60, rel=0.1)

    def test_who_knows_every_habit_is_soonest_and_who_learns_is_sooner_than_the_table(self) -> None:
        world = channels(["daily", "some evenings"], 3, DAYS, seed=3)
        means_s = [figures(watch(world, policy, DAYS, 90), DAYS).mean_s or 0 for policy in (knowing, told, stepped)]

        assert means_s == sorted(means_s)
        assert means_s[0] < means_s[1] < means_s[2] / 2


class TestChannels:
    @pytest.mark.parametrize("kind", HABITS)
    def test_streams_are_in_order_and_apart(self, kind: str) -> None:
        for of in channels([kind], 3, DAYS, seed=1):
            for before, after in pairwise(of.streams):
                assert before.end_s + RECONNECT_WINDOW_S <= after.start_s

    @pytest.mark.parametrize("kind", [kind for kind in HABITS if kind != "around the clock"])
    def test_there_are_as_many_streams_as_the_true_rate_expects(self, kind: str) -> None:
        """A bound that is fed with another rate would be none. (Who is punctual to a minute is so in no quarter.)"""
        world = channels([kind], 5, DAYS, seed=1)
        expected = sum(map(_expected, world))

        assert abs(sum(len(of.streams) for of in world) - expected) < 3 * sqrt(expected) + 0.1 * expected

    def test_the_same_seed_is_the_same_world(self) -> None:
        assert channels(HABITS, 1, DAYS, seed=5) == channels(HABITS, 1, DAYS, seed=5)
        assert channels(["daily"], 1, DAYS, seed=5)[0].streams != channels(["daily"], 1, DAYS, seed=6)[0].streams

    def test_the_rule_was_made_without_some_of_the_habits(self) -> None:
        assert not IN_VIEW.keys() & HELD_BACK.keys()
        assert len(HABITS) >= 8

    def test_an_occasion_that_has_come_is_expected_no_more(self) -> None:
        occasion = Occasion(0, 20 * HOUR_S, HOUR_S, 0.9)
        rate = TrueRate(Channel("evening", EVENING, [occasion], [], []))
        before = rate.per_s(20 * HOUR_S)
        rate.ended(Stream(19 * HOUR_S, 19.5 * HOUR_S, 0))

        assert before > 0.1 / HOUR_S
        assert rate.per_s(20 * HOUR_S) == 0


def _expected(of: Channel) -> float:
    """The integral of the true rate while it is not on air, by quarters of an hour."""
    rate, at_s, expected = TrueRate(of), ADDED_S, 0.0
    for stream in of.past:
        rate.ended(stream)
    for start_s, end_s, occasion in [*of.streams, Stream(ADDED_S + DAYS * DAY_S, 0, 0)]:
        while at_s < start_s:
            next_s = min((at_s // 900 + 1) * 900, start_s)
            expected += rate.per_s(at_s) * (next_s - at_s)
            at_s = next_s
        at_s = end_s
        rate.ended(Stream(start_s, end_s, occasion))
    return expected


class TestFigures:
    def test_a_year_in_a_few_numbers(self) -> None:
        seen = [Seen("daily", looks=300, missed=1, delays_s=[10.0, 20.0]), Seen("random", looks=100, delays_s=[60.0])]

        assert figures(seen, 2) == Figures(looks_a_day=100, mean_s=30, p95_s=60, missed_share=0.25)
        assert by_kind(seen, 2)["random"] == Figures(50, 60, 60, 0)

    def test_nothing_seen_has_no_delay(self) -> None:
        assert figures([Seen("daily", looks=10)], 1) == Figures(10, None, None, 0)

    def test_nearest_rank(self) -> None:
        assert nearest_rank([5.0, 1.0, 3.0, 2.0, 4.0], 0.95) == 5
        assert nearest_rank([float(n) for n in range(1, 101)], 0.95) == 95

    def test_the_picture_has_a_dot_for_each_point_and_a_name_for_each_line(self) -> None:
        points = [Figures(50, 300, 900, 0), Figures(100, 120, 400, 0)]

        drawn = picture({"learned <": points, "stepped": points[:1]})

        assert drawn.count("<circle ") == 3
        assert ">learned &lt;</text>" in drawn
        assert ">stepped</text>" in drawn


def test_the_command_prints_two_tables_and_json_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--days", "9", "--seeds", "1", "--looks", "40", "--picture", str(tmp_path / "it.svg")]) == 0

    *lines, last = capsys.readouterr().out.strip().splitlines()
    found = json.loads(last)
    assert {"fixed_60", "fixed_300", "fixed_600", "stepped", "learned_40", "told_40", "bound_40"} <= set(
        found["policies"]
    )
    assert set(found["kinds"]["alone"]) == set(HABITS)
    assert sum(line.startswith("| ") for line in lines) == 2 + len(found["policies"]) + len(HABITS)
    assert (tmp_path / "it.svg").read_text().startswith("<svg")


@pytest.mark.parametrize("wrong", [["--days", "0"], ["--looks", "many"], ["--seeds", "-1"]])
def test_a_wrong_option_is_refused(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(wrong)
    assert refused.value.code == 2
