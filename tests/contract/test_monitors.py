from dataclasses import replace

import pytest

from mntreamer.domain.monitors.due import due_of
from mntreamer.domain.monitors.streamer import Streamer, StreamerStatus
from mntreamer.ports import Monitors
from tests.contract.at_once import at_once
from tests.contract.records import NOON, a_problem, a_streamer, minutes


class TestMonitors:
    def test_a_streamer_comes_back_as_it_was_stored(self, monitors: Monitors) -> None:
        bare = a_streamer("bare", nickname="")
        full = a_streamer(
            "full",
            miss_count=61,
            error_count=2,
            probed_at=NOON - minutes(2),
            watched_since=NOON - minutes(3),
            status=StreamerStatus.RECORDING,
            is_streaming=True,
            paused=True,
            priority=-2,
            max_height=720,
            recorded=3,
            last_recorded_at=NOON - minutes(30),
            last_stream_at=NOON - minutes(31),
            recording_id="chzzk:full:1",
            problem=a_problem("이유"),
        )
        for streamer in (bare, full):
            assert monitors.add(streamer) == (streamer, True)
            assert monitors.get(streamer.streamer_id) == streamer

    def test_adding_again_answers_with_what_is_stored(self, monitors: Monitors) -> None:
        first = a_streamer(nickname="first")
        monitors.add(first)
        assert monitors.add(a_streamer(nickname="second", paused=True)) == (first, False)
        assert monitors.get(first.streamer_id) == first
        assert monitors.due(NOON, 10) == [due_of(first)]

    def test_of_many_who_add_one_adds(self, monitors: Monitors) -> None:
        answers = at_once(lambda number: monitors.add(a_streamer(priority=number)))
        assert sum(is_new for _, is_new in answers) == 1
        assert {stored for stored, _ in answers} == {monitors.get("chzzk:c1")}

    def test_what_is_not_there_is_none(self, monitors: Monitors) -> None:
        assert monitors.get("chzzk:nobody") is None
        assert monitors.remove("chzzk:nobody") is False
        assert monitors.update("chzzk:nobody", {"miss_count": 1}) is None
        assert monitors.get("chzzk:nobody") is None
        assert monitors.listed(10) == []
        assert monitors.listed(10, "chzzk:nobody") == []

    def test_all_are_listed(self, monitors: Monitors) -> None:
        streamers = {a_streamer(f"c{number}", paused=number % 2 == 0) for number in range(12)}
        for streamer in streamers:
            monitors.add(streamer)
        assert len(monitors.listed(12)) == 12
        assert set(monitors.listed(100)) == streamers

    @pytest.mark.parametrize("limit", [1, 5, 6, 12])
    def test_who_goes_on_behind_the_last_meets_each_once(self, monitors: Monitors, limit: int) -> None:
        streamers = [a_streamer(f"c{number}") for number in range(12)]
        for streamer in streamers:
            monitors.add(streamer)
        met: list[Streamer] = []
        while page := monitors.listed(limit, met[-1].streamer_id if met else None):
            assert len(page) <= limit
            met += page
        assert sorted(met, key=str) == sorted(streamers, key=str)

    def test_a_list_goes_on_behind_who_was_removed_meanwhile(self, monitors: Monitors) -> None:
        for number in range(12):
            monitors.add(a_streamer(f"c{number}"))
        listed = monitors.listed(12)
        monitors.remove(listed[4].streamer_id)
        assert monitors.listed(12, listed[4].streamer_id) == listed[5:]

    def test_removed_is_gone_and_no_longer_due(self, monitors: Monitors) -> None:
        monitors.add(a_streamer())
        assert monitors.remove("chzzk:c1") is True
        assert monitors.get("chzzk:c1") is None
        assert monitors.due(NOON, 10) == []
        assert monitors.remove("chzzk:c1") is False

    def test_due_are_those_whose_time_has_come_the_longest_due_first(self, monitors: Monitors) -> None:
        ages = [3, 1, 7, 0, 5, -1, 2, 6, -90, 4]
        streamers = {age: a_streamer(f"c{age}", check_at=NOON - minutes(age)) for age in ages}
        for streamer in streamers.values():
            monitors.add(streamer)
        oldest_first = [due_of(streamers[age]) for age in (7, 6, 5, 4, 3, 2, 1, 0)]
        assert monitors.due(NOON, 100) == oldest_first
        assert monitors.due(NOON, 8) == oldest_first
        assert monitors.due(NOON, 3) == oldest_first[:3]

    def test_due_is_exact_to_the_millisecond(self, monitors: Monitors) -> None:
        monitors.add(a_streamer())
        assert monitors.due(NOON - minutes(0.001 / 60), 10) == []
        assert len(monitors.due(NOON, 10)) == 1

    def test_the_more_urgent_come_first_and_then_who_is_due_for_longer(self, monitors: Monitors) -> None:
        for name, priority, age in [("a", 0, 9), ("b", 5, 1), ("c", 5, 2), ("d", -1, 30)]:
            monitors.add(a_streamer(name, priority=priority, check_at=NOON - minutes(age)))
        assert [due.streamer_id[-1] for due in monitors.due(NOON, 10)] == ["c", "b", "a", "d"]

    def test_a_priority_that_changes_counts_at_once(self, monitors: Monitors) -> None:
        for name in ("a", "b"):
            monitors.add(a_streamer(name))
        monitors.update("chzzk:b", {"priority": 1})
        assert [due.streamer_id[-1] for due in monitors.due(NOON, 10)] == ["b", "a"]

    def test_due_shows_what_a_claim_needs(self, monitors: Monitors) -> None:
        streamer = a_streamer(
            miss_count=61, priority=-3, probed_at=NOON - minutes(1), problem=a_problem("kept out of it")
        )
        monitors.add(streamer)
        assert monitors.due(NOON, 1) == [due_of(streamer)]

    def test_without_a_check_at_nobody_is_due_until_there_is_one_again(self, monitors: Monitors) -> None:
        monitors.add(a_streamer("never-looked-at", check_at=None))
        monitors.add(a_streamer("no-longer-looked-at"))
        assert monitors.update("chzzk:no-longer-looked-at", {"check_at": None})
        assert monitors.due(NOON, 10) == []
        for channel_id in ("never-looked-at", "no-longer-looked-at"):
            stored = monitors.get(f"chzzk:{channel_id}")
            assert stored
            assert stored.check_at is None
            resumed = monitors.update(stored.streamer_id, {"check_at": NOON}, {"check_at": None})
            assert resumed
            assert due_of(resumed) in monitors.due(NOON, 10)

    def test_a_moved_check_at_moves_it_in_the_order(self, monitors: Monitors) -> None:
        monitors.add(a_streamer("c1", check_at=NOON - minutes(2)))
        monitors.add(a_streamer("c2", check_at=NOON - minutes(1)))
        monitors.update("chzzk:c1", {"check_at": NOON})
        assert [due.streamer_id for due in monitors.due(NOON, 10)] == ["chzzk:c2", "chzzk:c1"]
        monitors.update("chzzk:c2", {"check_at": NOON + minutes(1)})
        assert [due.streamer_id for due in monitors.due(NOON, 10)] == ["chzzk:c1"]

    def test_update_sets_what_it_names_and_answers_with_all(self, monitors: Monitors) -> None:
        before = a_streamer(problem=a_problem("old"), recording_id="chzzk:c1:1", max_height=480)
        monitors.add(before)
        after = monitors.update(
            "chzzk:c1",
            {"status": StreamerStatus.PROCESS, "check_at": NOON + minutes(2), "problem": None, "max_height": None},
        )
        expected = replace(
            before, status=StreamerStatus.PROCESS, check_at=NOON + minutes(2), problem=None, max_height=None
        )
        assert after == expected
        assert monitors.get("chzzk:c1") == expected

    def test_an_expectation_that_fails_changes_nothing(self, monitors: Monitors) -> None:
        before = a_streamer(recording_id="chzzk:c1:1")
        monitors.add(before)
        assert monitors.update("chzzk:c1", {"miss_count": 9}, {"check_at": NOON + minutes(1)}) is None
        assert monitors.update("chzzk:c1", {"miss_count": 9}, {"recording_id": None}) is None
        assert monitors.update("chzzk:c1", {"miss_count": 9}, {"check_at": NOON, "paused": True}) is None
        assert monitors.update("chzzk:c1", {"miss_count": 9}, {"problem": a_problem("none was there")}) is None
        assert monitors.get("chzzk:c1") == before

    def test_an_expectation_that_holds_lets_it_through(self, monitors: Monitors) -> None:
        monitors.add(a_streamer())
        after = monitors.update(
            "chzzk:c1",
            {"recording_id": "chzzk:c1:1", "check_at": NOON + minutes(1)},
            {
                "check_at": NOON,
                "recording_id": None,
                "paused": False,
                "miss_count": 0,
                "status": StreamerStatus.IDLE,
            },
        )
        assert after == a_streamer(recording_id="chzzk:c1:1", check_at=NOON + minutes(1))

    def test_of_many_who_claim_one_gets_it(self, monitors: Monitors) -> None:
        monitors.add(a_streamer())
        answers = at_once(
            lambda number: monitors.update(
                "chzzk:c1", {"check_at": NOON + minutes(2), "priority": number}, {"check_at": NOON}
            )
        )
        winners = [answer for answer in answers if answer]
        assert winners == [monitors.get("chzzk:c1")]
