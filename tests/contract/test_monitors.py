from dataclasses import replace

from mntreamer.domain.streamer import StreamerStatus
from mntreamer.ports import Monitors
from tests.contract.at_once import at_once
from tests.contract.records import NOON, a_streamer, minutes


class TestMonitors:
    def test_a_streamer_comes_back_as_it_was_stored(self, monitors: Monitors) -> None:
        bare = a_streamer("bare", nickname="")
        full = a_streamer(
            "full",
            miss_count=61,
            status=StreamerStatus.RECORDING,
            is_streaming=True,
            paused=True,
            priority=-2,
            max_height=720,
            recorded=3,
            last_recorded_at=NOON - minutes(30),
            last_stream_at=NOON - minutes(31),
            recording_id="chzzk:full:1",
            problem="이유",
        )
        for streamer in (bare, full):
            assert monitors.add(streamer) == (streamer, True)
            assert monitors.get(streamer.streamer_id) == streamer

    def test_adding_again_answers_with_what_is_stored(self, monitors: Monitors) -> None:
        first = a_streamer(nickname="first")
        monitors.add(first)
        assert monitors.add(a_streamer(nickname="second", paused=True)) == (first, False)
        assert monitors.get(first.streamer_id) == first
        assert monitors.due(NOON, 10) == [first]

    def test_of_many_who_add_one_adds(self, monitors: Monitors) -> None:
        answers = at_once(lambda number: monitors.add(a_streamer(priority=number)))
        assert sum(is_new for _, is_new in answers) == 1
        assert {stored for stored, _ in answers} == {monitors.get("chzzk:c1")}

    def test_what_is_not_there_is_none(self, monitors: Monitors) -> None:
        assert monitors.get("chzzk:nobody") is None
        assert monitors.remove("chzzk:nobody") is False
        assert monitors.update("chzzk:nobody", {"miss_count": 1}) is None
        assert monitors.get("chzzk:nobody") is None
        assert list(monitors.list_all()) == []

    def test_all_are_listed(self, monitors: Monitors) -> None:
        streamers = {a_streamer(f"c{number}", paused=number % 2 == 0) for number in range(12)}
        for streamer in streamers:
            monitors.add(streamer)
        assert set(monitors.list_all()) == streamers

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
        oldest_first = [streamers[age] for age in (7, 6, 5, 4, 3, 2, 1, 0)]
        assert monitors.due(NOON, 100) == oldest_first
        assert monitors.due(NOON, 8) == oldest_first
        assert monitors.due(NOON, 3) == oldest_first[:3]

    def test_due_is_exact_to_the_millisecond(self, monitors: Monitors) -> None:
        monitors.add(a_streamer())
        assert monitors.due(NOON - minutes(0.001 / 60), 10) == []
        assert len(monitors.due(NOON, 10)) == 1

    def test_the_paused_are_not_due_until_they_are_resumed(self, monitors: Monitors) -> None:
        monitors.add(a_streamer("born-paused", paused=True))
        monitors.add(a_streamer("paused-later"))
        paused = monitors.update("chzzk:paused-later", {"paused": True})
        assert paused
        assert paused.paused
        assert monitors.due(NOON, 10) == []
        for channel_id in ("born-paused", "paused-later"):
            resumed = monitors.update(f"chzzk:{channel_id}", {"paused": False})
            assert resumed
            assert resumed in monitors.due(NOON, 10)

    def test_a_moved_check_at_moves_it_in_the_order(self, monitors: Monitors) -> None:
        monitors.add(a_streamer("c1", check_at=NOON - minutes(2)))
        monitors.add(a_streamer("c2", check_at=NOON - minutes(1)))
        monitors.update("chzzk:c1", {"check_at": NOON})
        assert [streamer.channel_id for streamer in monitors.due(NOON, 10)] == ["c2", "c1"]
        monitors.update("chzzk:c2", {"check_at": NOON + minutes(1)})
        assert [streamer.channel_id for streamer in monitors.due(NOON, 10)] == ["c1"]

    def test_update_sets_what_it_names_and_answers_with_all(self, monitors: Monitors) -> None:
        before = a_streamer(problem="old", recording_id="chzzk:c1:1", max_height=480)
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
        assert monitors.update("chzzk:c1", {"miss_count": 9}, {"problem": "none was there"}) is None
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
