"""After a block the platform is left alone, then asked by one caller, then by all again."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from mntreamer.domain.errors import BadInput, NotFound, NotPlayable, PlatformBlocked, PlatformError
from mntreamer.domain.probe import Channel, Offline, Playback, Probe
from mntreamer.platforms.breaker import Breaker
from mntreamer.ports import Platform

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SOON_S = 5.0


class FakeClock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class FakePlatform:
    """Each call counts and does what `answers` does."""

    name = "chzzk"
    title = "CHZZK"
    utc_offset_s = 32400

    def __init__(self) -> None:
        self.asked = 0
        self.answers: Callable[[], None] = lambda: None

    def channel_id_in(self, url: str) -> str:
        return url.rpartition("/")[2]

    def channel(self, channel_id: str) -> Channel:
        self._ask()
        return Channel(channel_id, "name")

    def search(self, nickname: str) -> list[Channel]:
        self._ask()
        return [Channel("id", nickname)]

    def probe(self, channel_id: str) -> Probe:  # noqa: ARG002
        self._ask()
        return Offline()

    def playback(self, channel_id: str) -> Playback:
        self._ask()
        return Playback(channel_id, "https://media.example/")

    def _ask(self) -> None:
        self.asked += 1
        self.answers()

    def fails(self, error: Exception) -> None:
        def fail() -> None:
            raise error

        self.answers = fail

    def blocks(self, retry_after_s: float | None = None) -> None:
        self.fails(PlatformBlocked("api.example asked us to stay away: HTTP 429", retry_after_s))

    def recovers(self) -> None:
        self.answers = lambda: None


class Held:
    """A call that reached the platform and waits there until it is told how it ends."""

    def __init__(self) -> None:
        self.reached = Event()
        self._go = Event()
        self._error: Exception | None = None

    def __call__(self) -> None:
        self.reached.set()
        assert self._go.wait(SOON_S)
        if self._error:
            raise self._error

    def ends(self, error: Exception | None = None) -> None:
        self._error = error
        self._go.set()


CALLS: dict[str, Callable[[Platform], object]] = {
    "channel": lambda platform: platform.channel("c"),
    "search": lambda platform: platform.search("nick"),
    "probe": lambda platform: platform.probe("c"),
    "playback": lambda platform: platform.playback("c"),
}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def platform() -> FakePlatform:
    return FakePlatform()


@pytest.fixture
def breaker(platform: FakePlatform, clock: FakeClock) -> Platform:
    return Breaker(platform, clock)


def refused_for_s(breaker: Platform) -> float:
    """How long the refusal of a call says that the pause goes on."""
    with pytest.raises(PlatformBlocked) as raised:
        breaker.probe("c")
    assert raised.value.retry_after_s is not None
    return raised.value.retry_after_s


def under_way(pool: ThreadPoolExecutor, platform: FakePlatform, breaker: Platform) -> tuple[Held, Future[Probe]]:
    held = Held()
    platform.answers = held
    probing = pool.submit(breaker.probe, "c")
    assert held.reached.wait(SOON_S)
    platform.recovers()
    return held, probing


def test_it_says_who_it_stands_for(breaker: Platform) -> None:
    assert (breaker.name, breaker.title, breaker.utc_offset_s) == ("chzzk", "CHZZK", 32400)
    assert breaker.channel("c") == Channel("c", "name")
    assert breaker.search("nick") == [Channel("id", "nick")]
    assert breaker.probe("c") == Offline()
    assert breaker.playback("c").live_id == "c"


@pytest.mark.parametrize("blocked", CALLS)
@pytest.mark.parametrize("refused", CALLS)
def test_after_a_block_nothing_is_asked(
    platform: FakePlatform, breaker: Platform, clock: FakeClock, blocked: str, refused: str
) -> None:
    platform.blocks()
    with pytest.raises(PlatformBlocked):
        CALLS[blocked](breaker)
    platform.recovers()
    clock.passes(59.9)
    with pytest.raises(PlatformBlocked):
        CALLS[refused](breaker)
    assert platform.asked == 1
    assert breaker.channel_id_in("https://chzzk.example/c") == "c"


def test_a_refusal_says_why_and_until_when(platform: FakePlatform, breaker: Platform, clock: FakeClock) -> None:
    platform.blocks()
    assert refused_for_s(breaker) == 60
    clock.passes(20)
    with pytest.raises(PlatformBlocked, match=r"HTTP 429; not asked again before 2026-11-22T12:01:00") as raised:
        breaker.probe("c")
    assert raised.value.retry_after_s == 40


@pytest.mark.parametrize(("asked_for_s", "pause_s"), [(None, 60), (0.0, 60), (30.0, 60), (600.0, 600)])
def test_the_longer_of_both_pauses_is_kept(
    platform: FakePlatform, breaker: Platform, asked_for_s: float | None, pause_s: float
) -> None:
    platform.blocks(asked_for_s)
    assert refused_for_s(breaker) == pause_s


def test_the_pause_widens_with_every_block_in_a_row(
    platform: FakePlatform, breaker: Platform, clock: FakeClock
) -> None:
    platform.blocks()
    pauses_min = []
    for _ in range(100):
        pause_s = refused_for_s(breaker)
        pauses_min.append(pause_s / 60)
        clock.passes(pause_s)
    assert pauses_min == [1, 2, 4, 8, 16, 32, *[60] * 94]
    assert platform.asked == 100


def test_an_answer_lets_all_through_and_the_next_pause_is_short_again(
    platform: FakePlatform, breaker: Platform, clock: FakeClock
) -> None:
    platform.blocks()
    clock.passes(refused_for_s(breaker))
    clock.passes(refused_for_s(breaker))
    platform.recovers()
    assert [breaker.probe("c"), breaker.probe("c")] == [Offline(), Offline()]
    platform.blocks()
    assert refused_for_s(breaker) == 60


@pytest.mark.parametrize("answer", [NotFound("no such channel"), NotPlayable("not on air")])
def test_a_refusal_of_one_channel_is_an_answer(
    platform: FakePlatform, breaker: Platform, clock: FakeClock, answer: Exception
) -> None:
    platform.blocks()
    clock.passes(refused_for_s(breaker))
    platform.fails(answer)
    with pytest.raises(type(answer)):
        breaker.probe("c")
    platform.blocks()
    assert refused_for_s(breaker) == 60


@pytest.mark.parametrize("no_answer", [PlatformError("timed out"), BadInput("no id"), RuntimeError("a bug")])
def test_a_trial_without_an_answer_is_followed_by_the_next_trial(
    platform: FakePlatform, breaker: Platform, clock: FakeClock, no_answer: Exception
) -> None:
    platform.blocks()
    clock.passes(refused_for_s(breaker))
    platform.fails(no_answer)
    with pytest.raises(type(no_answer)):
        breaker.probe("c")
    platform.blocks()
    assert refused_for_s(breaker) == 120


def test_only_one_call_tries_whether_the_pause_is_over_for_good(
    platform: FakePlatform, breaker: Platform, clock: FakeClock
) -> None:
    platform.blocks()
    clock.passes(refused_for_s(breaker))
    with ThreadPoolExecutor() as pool:
        trial, probing = under_way(pool, platform, breaker)
        assert refused_for_s(breaker) == 0
        assert platform.asked == 2
        trial.ends()
        assert probing.result(SOON_S) == Offline()
    assert breaker.probe("c") == Offline()


def test_calls_that_were_under_way_neither_end_the_pause_nor_widen_it(
    platform: FakePlatform, breaker: Platform, clock: FakeClock
) -> None:
    with ThreadPoolExecutor() as pool:
        answered, blocked = (under_way(pool, platform, breaker) for _ in range(2))
        platform.blocks()
        assert refused_for_s(breaker) == 60
        platform.recovers()
        answered[0].ends()
        assert answered[1].result(SOON_S) == Offline()
        assert refused_for_s(breaker) == 60
        blocked[0].ends(PlatformBlocked("again"))
        assert isinstance(blocked[1].exception(SOON_S), PlatformBlocked)
        assert refused_for_s(breaker) == 60
    clock.passes(60)
    platform.blocks()
    assert refused_for_s(breaker) == 120


@pytest.mark.parametrize(("first_s", "late_s"), [(None, 300), (300, None)])
def test_the_longest_wish_of_all_that_were_under_way_counts(
    platform: FakePlatform, breaker: Platform, first_s: float | None, late_s: float | None
) -> None:
    with ThreadPoolExecutor() as pool:
        late, probing = under_way(pool, platform, breaker)
        platform.blocks(first_s)
        assert refused_for_s(breaker) == (first_s or 60)
        late.ends(PlatformBlocked("again", late_s))
        assert isinstance(probing.exception(SOON_S), PlatformBlocked)
    assert refused_for_s(breaker) == 300
