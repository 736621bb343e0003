"""A platform that blocks us is left alone, whoever is due."""

from dataclasses import replace
from datetime import datetime, timedelta
from time import sleep

import pytest

from mntreamer.domain.errors import PlatformBlocked
from mntreamer.domain.monitors.probe import Offline, Probe
from mntreamer.platforms.gate import Gate
from tests.contract.records import NOON, a_streamer
from tests.integration.usecases.conftest import ScriptedPlatform, World


class GatedPlatform(ScriptedPlatform):
    """The scripted platform behind a gate, as a real one is."""

    gate: Gate

    def probe(self, channel_id: str) -> Probe:
        with self.gate.passage():
            return super().probe(channel_id)

    def closed_until(self) -> datetime | None:
        return self.gate.closed_until()


@pytest.fixture
def guarded(world: World) -> World:
    platform = GatedPlatform()
    platform.gate = Gate("chzzk", world.ports.platform_states, world.ports.clock, sleep, None)
    ports = replace(world.ports, platforms={"chzzk": platform})
    return replace(world, ports=ports, platform=platform)


def test_nobody_is_probed_or_claimed_until_the_pause_is_over(guarded: World) -> None:
    guarded.platform.shows["c1"] = PlatformBlocked("HTTP 429", 600)
    guarded.tick()
    others = {a_streamer(f"other-{number}") for number in range(10)}
    for other in others:
        guarded.ports.monitors.add(other)

    for _ in range(9):
        guarded.later(minutes=1)
        guarded.tick()

    assert guarded.platform.probed == ["c1"]
    assert {other.check_at for other in guarded.ports.monitors.listed(1000) if other in others} == {NOON}
    assert "HTTP 429" in (guarded.streamer.problem or "")


def test_all_are_probed_again_once_the_platform_answers(guarded: World) -> None:
    guarded.ports.monitors.add(a_streamer("c2", check_at=NOON + timedelta(seconds=1)))
    guarded.platform.shows["c1"] = PlatformBlocked("HTTP 429")
    guarded.tick()
    guarded.platform.shows["c1"] = Offline()

    for _ in range(10):
        guarded.later(minutes=1)
        guarded.tick()

    assert guarded.streamer.problem is None
    assert {"c1", "c2"} <= set(guarded.platform.probed[1:])
