"""A person stops a recording while its stream goes on."""

from collections.abc import Callable

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.recorder.ending.ending import Ending
from mntreamer.usecases.recordings.stop_recording import stop_recording
from mntreamer.usecases.refining.delete_recording import delete_recording
from tests.integration.recorder.conftest import Studio
from tests.integration.recorder.origin import Origin

ID = "chzzk:c1:1001"


def at_the_sixth(deed: Callable[[Origin], object]) -> Callable[[Origin], object]:
    """When so many segments are listed the source stands still, and this is done once."""

    def on_look(origin: Origin) -> None:
        if origin.listed >= 6 and not origin.hold:
            origin.hold = True
            deed(origin)

    return on_look


def test_the_recorder_stores_what_it_has_and_closes_it(studio: Studio, origin: Origin) -> None:
    origin.on_look = at_the_sixth(lambda _: stop_recording(studio.ports, ID))

    assert studio.record() is Ending.CALLED_OFF

    assert studio.recording.status is RecordingStatus.IDLE
    assert studio.source.ended
    held = {n for _, first, last in studio.ranges for n in range(first, last + 1)}
    assert held == set(range(9, 15))
    assert studio.streamer.recording_id is None


def test_a_session_that_begins_then_is_not_claimed_for_it(studio: Studio, origin: Origin) -> None:
    def another_session_begins(origin: Origin) -> None:
        stop_recording(studio.ports, ID)
        studio.platform.live_id = "1002"
        origin.oldest_valid_token = origin.token + 1

    origin.on_look = at_the_sixth(another_session_begins)

    assert studio.record() is Ending.CALLED_OFF
    assert studio.ports.recordings.get("chzzk:c1:1002") is None


def test_one_that_is_deleted_loses_its_recorder_and_stays_deleted(studio: Studio, origin: Origin) -> None:
    origin.on_look = at_the_sixth(lambda _: delete_recording(studio.ports, ID))

    assert studio.record() is Ending.LEASE_LOST

    assert studio.recording.status is RecordingStatus.TERMINATED
    assert studio.ports.store.get(studio.recording.prefix + "index.m3u8") is None
