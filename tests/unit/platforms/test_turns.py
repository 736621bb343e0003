"""All requests of all processes keep to one rate, at one write for many of them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event

import pytest

from mntreamer.domain.errors import PlatformBlocked
from mntreamer.domain.monitors.platform_state import PlatformState, PlatformStateChanges
from mntreamer.platforms.shared_state import SharedState
from mntreamer.platforms.turns import Turns
from tests.contract.at_once import at_once
from tests.contract.memory_platform_states import MemoryPlatformStates
from tests.unit.platforms.fake_time import START, FakeTime

SOON_S = 5.0
RATE_PER_S = 14.0


class HeldStates(MemoryPlatformStates):
    """The first write waits until it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go = Event(), Event()

    def update(
        self, platform: str, changes: PlatformStateChanges, expect: PlatformStateChanges
    ) -> PlatformState | None:
        self.reached.set()
        assert self.go.wait(SOON_S)
        return super().update(platform, changes, expect)


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def states() -> MemoryPlatformStates:
    return MemoryPlatformStates()


def turns_of_a_process(states: MemoryPlatformStates, time: FakeTime, rate_per_s: float = RATE_PER_S) -> Turns:
    return Turns(SharedState("chzzk", states, time), time, time.sleep, rate_per_s)


def since_start_s(turns: list[datetime]) -> list[float]:
    return [(turn - START).total_seconds() for turn in turns]


def test_one_after_the_other(states: MemoryPlatformStates, time: FakeTime) -> None:
    turns = turns_of_a_process(states, time, 4.0)
    for number in range(6):
        turns.wait()
        assert time.now == START + timedelta(seconds=number / 4)


def test_many_threads_of_many_processes_never_exceed_the_rate(states: MemoryPlatformStates, time: FakeTime) -> None:
    processes = [turns_of_a_process(states, time) for _ in range(2)]

    def take_some(number: int) -> list[datetime]:
        return [processes[number % 2].take() for _ in range(10)]

    taken = sorted(turn for some in at_once(take_some, 16) for turn in some)

    assert len(taken) == 160
    for first, last in zip(taken, taken[int(RATE_PER_S) + 1 :], strict=False):
        assert last - first >= timedelta(seconds=1)


@contextmanager
def all_waiting(states: HeldStates, turns: Turns, threads: int) -> Iterator[list[datetime]]:
    """`threads` that ask for a turn while the first one's write is under way; their turns once it is over."""
    taken: list[datetime] = []
    with ThreadPoolExecutor(threads) as pool:
        first = pool.submit(turns.take)
        assert states.reached.wait(SOON_S)
        others = [pool.submit(turns.take) for _ in range(threads - 1)]
        while turns._waiting < threads:
            assert not others[0].done()
        yield taken
        states.go.set()
        taken += [request.result(SOON_S) for request in (first, *others)]


def test_threads_that_wait_at_the_same_time_share_one_write(time: FakeTime) -> None:
    states = HeldStates()
    with all_waiting(states, turns_of_a_process(states, time, 10.0), 8) as taken:
        pass
    assert sorted(since_start_s(taken)) == [number / 10 for number in range(8)]
    assert states.written == 2


def test_no_process_is_ever_more_than_a_second_ahead(time: FakeTime) -> None:
    states = HeldStates()
    turns = turns_of_a_process(states, time, 4.0)
    with all_waiting(states, turns, 10) as taken:
        pass
    assert sorted(since_start_s(taken)) == [number / 4 for number in range(10)]
    assert states.written == 4
    assert time.slept_s == [1.0, 1.0]


def test_a_lost_race_tries_again_behind_the_winner(states: MemoryPlatformStates, time: FakeTime) -> None:
    loser = turns_of_a_process(states, time, 1.0)
    loser.take()
    turns_of_a_process(states, time, 1.0).take()
    refused_before = states.refused
    assert since_start_s([loser.take()]) == [2.0]
    assert states.refused == refused_before + 1


def test_while_nobody_may_ask_all_who_wait_are_refused_and_none_is_counted(
    states: MemoryPlatformStates, time: FakeTime
) -> None:
    pause = PlatformState("chzzk", blocks=1, paused_until=START + timedelta(minutes=1), reason="HTTP 429")
    states.rows["chzzk"] = pause
    turns = turns_of_a_process(states, time)

    def refused(_: int) -> float | None:
        with pytest.raises(PlatformBlocked) as raised:
            turns.take()
        return raised.value.retry_after_s

    assert at_once(refused) == [60.0] * 8
    assert states.written == 0
    assert turns._waiting == 0


def test_a_clock_that_is_set_back_keeps_nobody_waiting(states: MemoryPlatformStates, time: FakeTime) -> None:
    turns = turns_of_a_process(states, time, 4.0)
    for _ in range(4):
        turns.wait()
    time.passes(-3600)
    before = time.now
    turns.wait()
    assert time.now == before
