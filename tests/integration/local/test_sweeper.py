"""The sweeper: what people have given up goes by itself, whatever else fails."""

from collections.abc import Callable
from threading import Event

from mntreamer.usecases.refining.delete_recording import delete_recording
from mntreamer_local.serving.sweeper import Sweeper, sweeps_of
from tests.integration.usecases.conftest import World, world
from tests.integration.usecases.recorded import closed, objects

__all__ = ["world"]
_WITHIN_S = 10


def _twice(came: Event) -> Callable[[], object]:
    """Sets the event at the second call."""
    calls: list[None] = []

    def sweep() -> None:
        calls.append(None)
        if len(calls) == 2:
            came.set()

    return sweep


def test_a_sweep_that_fails_is_tried_again_and_harms_no_other() -> None:
    came_again = Event()

    def broken() -> None:
        raise OSError("https://media.example/x?signature=secret")

    with Sweeper([broken, _twice(came_again)], every_s=0.01):
        assert came_again.wait(_WITHIN_S)


def test_what_was_deleted_at_once_is_gone_after_a_sweep(world: World) -> None:
    closed(world)
    delete_recording(world.ports, "chzzk:c1:1001", at_once=True)
    came_again = Event()

    with Sweeper([*sweeps_of(world.ports), _twice(came_again)], every_s=0.01):
        assert came_again.wait(_WITHIN_S)

    assert objects(world) == []
    assert world.recording.purged_at
