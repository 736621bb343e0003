"""A recording is taken up again, unless nobody watches its streamer any more."""

from dataclasses import replace

import pytest

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.monitors.remove_streamer import remove_streamer
from tests.integration.usecases.conftest import World
from tests.integration.usecases.interrupted import Interruption
from tests.integration.usecases.recorded import closed


@pytest.mark.parametrize("write", range(3))
def test_one_whose_streamer_is_removed_just_then_does_not_stay_under_way(world: World, write: int) -> None:
    closed(world)
    world.goes_live()
    world.until_due()
    meanwhile = Interruption(write, lambda: remove_streamer(world.ports, "chzzk:c1"))

    replace(world, ports=meanwhile.of(world.ports)).tick()

    assert meanwhile.has_happened
    assert world.recording.status is RecordingStatus.IDLE
