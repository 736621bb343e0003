"""What happens to the streamer `c1` of a test's world."""

from collections.abc import Callable

import pytest

from mntreamer.domain.monitors.probe import Probe
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.recordings.leave_recording import leave_recording
from mntreamer.usecases.recordings.renew_lease import renew_lease
from tests.integration.usecases.conftest import RECONNECT_WINDOW, World


def record(world: World) -> None:
    world.goes_live()
    world.tick()
    store(world)


def store(world: World) -> None:
    renew_lease(world.ports, world.recording, {"last_segment_at": world.now[0], "fruitless_launches": 0})


def end(world: World) -> None:
    leave_recording(world.ports, world.recording, {}, ended_at=world.now[0])
    world.goes_offline()


def until_closed(world: World) -> None:
    latest = world.now[0] + 2 * RECONNECT_WINDOW
    while world.recording.status is RecordingStatus.RECORDING:
        world.until_due()
        assert world.now[0] < latest
        world.tick()


def during_a_look(world: World, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Does this while the platform is being asked."""
    probe = world.platform.probe

    def probing(channel_id: str) -> Probe:
        act()
        return probe(channel_id)

    monkeypatch.setattr(world.platform, "probe", probing)


def before_the_first_write(world: World, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Does this between the reading of a streamer and the write that follows from it, once."""
    _around_the_first_write(world, monkeypatch, before=act)


def after_the_first_write(world: World, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Does this as soon as something is written of a streamer, once."""
    _around_the_first_write(world, monkeypatch, after=act)


def _nothing() -> None:
    """Happens."""


def _around_the_first_write(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    before: Callable[[], object] = _nothing,
    after: Callable[[], object] = _nothing,
) -> None:
    update = world.ports.monitors.update

    def updating(
        streamer_id: str, changes: StreamerChanges, expect: StreamerChanges | None = None
    ) -> Streamer | None:
        monkeypatch.setattr(world.ports.monitors, "update", update)
        before()
        updated = update(streamer_id, changes, expect)
        after()
        return updated

    monkeypatch.setattr(world.ports.monitors, "update", updating)
