"""A platform that blocks us is left alone, whoever is due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mntreamer.domain.errors import PlatformBlocked
from mntreamer.domain.probe import Offline
from mntreamer.platforms.breaker import Breaker
from tests.contract.records import NOON, a_streamer
from tests.integration.usecases.conftest import World


@pytest.fixture
def guarded(world: World) -> World:
    breaker = Breaker(world.platform, world.ports.clock)
    return replace(world, ports=replace(world.ports, platforms={"chzzk": breaker}))


def test_nobody_is_probed_until_the_pause_is_over(guarded: World) -> None:
    guarded.platform.shows["c1"] = PlatformBlocked("HTTP 429", 600)
    guarded.tick()
    for number in range(10):
        guarded.ports.monitors.add(a_streamer(f"other-{number}"))

    for _ in range(9):
        guarded.later(minutes=1)
        guarded.tick()

    assert guarded.platform.probed == ["c1"]
    assert {streamer.check_at for streamer in guarded.ports.monitors.list_all()} == {NOON + timedelta(minutes=10)}
    assert "HTTP 429" in (guarded.streamer.problem or "")


def test_all_are_probed_again_once_the_platform_answers(guarded: World) -> None:
    guarded.ports.monitors.add(a_streamer("c2", check_at=NOON + timedelta(seconds=1)))
    guarded.platform.shows["c1"] = PlatformBlocked("HTTP 429")
    guarded.tick()
    guarded.platform.shows["c1"] = Offline()

    for _ in range(3):
        guarded.later(minutes=1)
        guarded.tick()

    assert guarded.streamer.problem is None
    assert {"c1", "c2"} <= set(guarded.platform.probed[1:])
