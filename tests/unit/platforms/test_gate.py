"""After a block nobody asks the platform, then one on trial, then all again: whichever process they are of."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from mntreamer.domain.errors import (
    NotFound,
    NotPlayable,
    PlatformBlocked,
    PlatformClosed,
    PlatformError,
    PlatformUnavailable,
)
from mntreamer.domain.monitors.platform_state import TRIAL, PlatformState
from mntreamer.platforms.gate import TROUBLE, Gate
from tests.contract.at_once import at_once
from tests.contract.memory_platform_states import MemoryPlatformStates
from tests.unit.platforms.fake_time import START, FakeTime

SOON_S = 5.0
TRIAL_S = TRIAL.total_seconds()


class FakePlatform:
    """Counts the requests that reach it, and fails with `error` if there is one."""

    def __init__(self) -> None:
        self.asked = 0
        self.error: Exception | None = None

    def ask(self, gate: Gate) -> None:
        with gate.passage():
            self.asked += 1
            if self.error:
                raise self.error

    def blocks(self, retry_after_s: float | None = None) -> None:
        self.error = PlatformBlocked("api.example asked us to stay away: HTTP 429", retry_after_s)

    def fails(self, retry_after_s: float | None = None) -> None:
        self.error = PlatformUnavailable("api.example is in trouble: HTTP 502", retry_after_s)

    def recovers(self) -> None:
        self.error = None


class UnderWay:
    """A request that is let in and waits there until it is told how it ends."""

    def __init__(self, pool: ThreadPoolExecutor, gate: Gate) -> None:
        self._inside, self._go = Event(), Event()
        self._error: Exception | None = None
        self._request: Future[None] = pool.submit(self._wait, gate)
        assert self._inside.wait(SOON_S)

    def ends(self, error: Exception | None = None) -> BaseException | None:
        """What the caller of the request sees."""
        self._error = error
        self._go.set()
        return self._request.exception(SOON_S)

    def _wait(self, gate: Gate) -> None:
        with gate.passage():
            self._inside.set()
            assert self._go.wait(SOON_S)
            if self._error:
                raise self._error


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def states() -> MemoryPlatformStates:
    return MemoryPlatformStates()


@pytest.fixture
def platform() -> FakePlatform:
    return FakePlatform()


@pytest.fixture
def open_gate(states: MemoryPlatformStates, time: FakeTime) -> Callable[[], Gate]:
    """A gate as one more process would have it."""
    return lambda: Gate("chzzk", states, time, time.sleep, None)


@pytest.fixture
def gate(open_gate: Callable[[], Gate]) -> Gate:
    return open_gate()


@pytest.fixture
def other(open_gate: Callable[[], Gate]) -> Gate:
    return open_gate()


def refused_for_s(platform: FakePlatform, gate: Gate) -> float:
    """How long a refusal says that nobody may ask."""
    with pytest.raises(PlatformBlocked) as raised:
        platform.ask(gate)
    assert raised.value.retry_after_s is not None
    return raised.value.retry_after_s


def test_the_normal_case_writes_nothing_and_reads_once_a_second(
    gate: Gate, platform: FakePlatform, states: MemoryPlatformStates, time: FakeTime
) -> None:
    for _ in range(40):
        platform.ask(gate)
        time.passes(0.1)
    assert (platform.asked, states.written, states.reads) == (40, 0, 4)
    assert (gate.rate_per_s, gate.closed_until()) == (None, None)


def test_after_a_block_nothing_is_asked(gate: Gate, platform: FakePlatform, time: FakeTime) -> None:
    platform.blocks()
    assert refused_for_s(platform, gate) == 60
    platform.recovers()
    time.passes(59.9)
    assert refused_for_s(platform, gate) == pytest.approx(0.1)
    assert platform.asked == 1


def test_a_refusal_says_why_and_until_when(gate: Gate, platform: FakePlatform, time: FakeTime) -> None:
    platform.blocks()
    with pytest.raises(PlatformBlocked, match=r"HTTP 429; not asked again before 2026-11-22T12:01:00\.000Z$"):
        platform.ask(gate)
    time.passes(20)
    with pytest.raises(PlatformBlocked, match=r"HTTP 429; not asked again before 2026-11-22T12:01:00\.000Z$"):
        platform.ask(gate)
    assert gate.closed_until() == START.replace(minute=1)


def test_what_one_process_learns_the_others_heed_within_a_second(
    gate: Gate, other: Gate, platform: FakePlatform, time: FakeTime
) -> None:
    platform.ask(other)
    platform.blocks()
    assert refused_for_s(platform, gate) == 60
    platform.recovers()
    time.passes(1)
    assert refused_for_s(platform, other) == 59
    assert other.closed_until() == gate.closed_until() == START.replace(minute=1)


@pytest.mark.parametrize(("asked_for_s", "pause_s"), [(None, 60), (0.0, 60), (30.0, 60), (600.0, 600)])
def test_the_longer_of_both_pauses_is_kept(
    gate: Gate, platform: FakePlatform, asked_for_s: float | None, pause_s: float
) -> None:
    platform.blocks(asked_for_s)
    assert refused_for_s(platform, gate) == pause_s


def test_the_pause_widens_whichever_process_tries(
    gate: Gate, other: Gate, platform: FakePlatform, time: FakeTime
) -> None:
    platform.blocks()
    pauses_min = []
    for number in range(10):
        pause_s = refused_for_s(platform, (gate, other)[number % 2])
        pauses_min.append(pause_s / 60)
        time.passes(pause_s)
    assert pauses_min == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert platform.asked == 10


def test_an_answer_lets_all_in_and_the_next_pause_is_short_again(
    gate: Gate, other: Gate, platform: FakePlatform, states: MemoryPlatformStates, time: FakeTime
) -> None:
    platform.blocks()
    time.passes(refused_for_s(platform, gate))
    time.passes(refused_for_s(platform, gate))
    platform.recovers()
    platform.ask(gate)
    platform.ask(gate)
    platform.ask(other)
    assert states.get("chzzk") == PlatformState("chzzk")
    platform.blocks()
    assert refused_for_s(platform, other) == 60


@pytest.mark.parametrize("answer", [NotFound("no such channel"), NotPlayable("not on air")])
def test_a_refusal_of_one_channel_is_an_answer(
    gate: Gate, platform: FakePlatform, time: FakeTime, answer: Exception
) -> None:
    platform.blocks()
    time.passes(refused_for_s(platform, gate))
    platform.error = answer
    with pytest.raises(type(answer)):
        platform.ask(gate)
    platform.blocks()
    assert refused_for_s(platform, gate) == 60


@pytest.mark.parametrize("no_answer", [PlatformError("timed out"), RuntimeError("a bug")])
def test_a_trial_without_an_answer_ends_by_itself_and_the_next_follows(
    gate: Gate, other: Gate, platform: FakePlatform, time: FakeTime, no_answer: Exception
) -> None:
    platform.blocks()
    time.passes(refused_for_s(platform, gate))
    platform.error = no_answer
    with pytest.raises(type(no_answer)):
        platform.ask(gate)
    assert refused_for_s(platform, gate) == refused_for_s(platform, other) == TRIAL_S
    time.passes(TRIAL_S)
    platform.recovers()
    platform.ask(other)
    platform.ask(gate)


def test_requests_without_an_answer_close_nothing(gate: Gate, platform: FakePlatform) -> None:
    platform.error = PlatformError("timed out")
    for _ in range(3 * TROUBLE):
        with pytest.raises(PlatformError, match="timed out"):
            platform.ask(gate)
    assert gate.closed_until() is None


def test_of_many_processes_and_threads_one_tries_whether_the_pause_is_over(
    open_gate: Callable[[], Gate], gate: Gate, platform: FakePlatform, time: FakeTime
) -> None:
    platform.blocks()
    time.passes(refused_for_s(platform, gate))
    platform.error = PlatformError("timed out")
    gates = [open_gate() for _ in range(4)]

    def ask(number: int) -> type[Exception]:
        with pytest.raises(PlatformError) as raised:
            platform.ask(gates[number % 4])
        return raised.type

    assert sorted(at_once(ask, 32), key=str) == [PlatformClosed] * 31 + [PlatformError]
    assert platform.asked == 2


def test_many_who_are_sent_away_together_are_one_block(
    open_gate: Callable[[], Gate], gate: Gate, states: MemoryPlatformStates
) -> None:
    gates = [open_gate() for _ in range(2)]
    with ThreadPoolExecutor() as pool:
        requests = [UnderWay(pool, gates[number % 2]) for number in range(4)]
        for request in requests:
            assert isinstance(request.ends(PlatformBlocked("HTTP 403")), PlatformBlocked)
    assert (states.get("chzzk").blocks, states.written) == (1, 1)
    assert gate.closed_until() == START.replace(minute=1)


def test_requests_that_were_under_way_neither_end_the_pause_nor_widen_it(
    gate: Gate, other: Gate, platform: FakePlatform, time: FakeTime
) -> None:
    with ThreadPoolExecutor() as pool:
        answered, blocked = UnderWay(pool, other), UnderWay(pool, gate)
        platform.blocks()
        assert refused_for_s(platform, gate) == 60
        time.passes(0.5)
        assert answered.ends() is None
        assert isinstance(blocked.ends(PlatformBlocked("again")), PlatformBlocked)
    assert refused_for_s(platform, gate) == 59.5
    time.passes(59.5)
    assert refused_for_s(platform, other) == 120


@pytest.mark.parametrize(("first_s", "late_s"), [(None, 300), (300, None)])
def test_the_longest_wish_of_all_that_were_under_way_counts(
    gate: Gate, other: Gate, platform: FakePlatform, first_s: float | None, late_s: float | None
) -> None:
    with ThreadPoolExecutor() as pool:
        late = UnderWay(pool, other)
        platform.blocks(first_s)
        assert refused_for_s(platform, gate) == (first_s or 60)
        assert isinstance(late.ends(PlatformBlocked("again", late_s)), PlatformBlocked)
    assert refused_for_s(platform, other) == 300


def test_trouble_again_and_again_is_a_block(gate: Gate, platform: FakePlatform, other: Gate) -> None:
    platform.fails(retry_after_s=90)
    for _ in range(TROUBLE - 1):
        with pytest.raises(PlatformUnavailable):
            platform.ask(gate)
    assert gate.closed_until() is None
    with pytest.raises(PlatformUnavailable):
        platform.ask(gate)
    assert refused_for_s(platform, gate) == refused_for_s(platform, other) == 90


def test_trouble_with_an_answer_in_between_is_none(gate: Gate, platform: FakePlatform) -> None:
    for _ in range(3):
        platform.fails()
        for _ in range(TROUBLE - 1):
            with pytest.raises(PlatformUnavailable):
                platform.ask(gate)
        platform.recovers()
        platform.ask(gate)


def test_trouble_on_trial_is_a_block_at_once_and_widens_less(
    gate: Gate, platform: FakePlatform, time: FakeTime
) -> None:
    platform.blocks()
    pauses_min = []
    for _ in range(6):
        with pytest.raises(PlatformError):
            platform.ask(gate)
        pause_s = refused_for_s(platform, gate)
        pauses_min.append(pause_s / 60)
        time.passes(pause_s)
        platform.fails()
    assert pauses_min == [1, 2, 4, 5, 5, 5]
    assert platform.asked == 6


def test_a_store_that_fails_is_not_hidden(time: FakeTime, platform: FakePlatform) -> None:
    class Broken(MemoryPlatformStates):
        def get(self, platform: str) -> PlatformState:
            raise OSError(platform)

    with pytest.raises(OSError, match="chzzk"):
        platform.ask(Gate("chzzk", Broken(), time, time.sleep, None))
    assert platform.asked == 0


def test_with_a_rate_each_request_waits_for_its_turn(
    states: MemoryPlatformStates, platform: FakePlatform, time: FakeTime
) -> None:
    gates = [Gate("chzzk", states, time, time.sleep, 4.0) for _ in range(2)]
    asked_at = []
    for number in range(12):
        platform.ask(gates[number % 2])
        asked_at.append((time.now - START).total_seconds())
    assert asked_at == [number / 4 for number in range(12)]
    assert gates[0].rate_per_s == 4.0


def test_while_it_is_closed_no_turn_is_taken(
    states: MemoryPlatformStates, platform: FakePlatform, time: FakeTime
) -> None:
    gate = Gate("chzzk", states, time, time.sleep, 4.0)
    platform.blocks()
    refused_for_s(platform, gate)
    written = states.written
    for _ in range(5):
        refused_for_s(platform, gate)
    assert (states.written, time.slept_s) == (written, [])


def test_whoever_waits_for_a_turn_while_the_gate_closes_does_not_ask(
    states: MemoryPlatformStates, platform: FakePlatform, time: FakeTime, other: Gate
) -> None:
    def sleep_while_the_other_is_sent_away(seconds: float) -> None:
        platform.blocks()
        refused_for_s(platform, other)
        time.sleep(seconds)

    gate = Gate("chzzk", states, time, sleep_while_the_other_is_sent_away, 1.0)
    platform.ask(gate)
    assert refused_for_s(platform, gate) == 59
    assert platform.asked == 2
