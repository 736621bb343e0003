"""What is missing in a recording is told exactly: which source segments, from when on, for how long and why."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from mntreamer.recorder.ending.ending import Ending
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer_local.files.publishing_store import PublishingStore
from tests.integration.loopback_server import HANG_UP, Reply
from tests.integration.recorder.conftest import QUICK, Studio
from tests.integration.recorder.origin import BUSY, GONE, Origin
from tests.integration.recorder.test_record import ALL

FOREVER = 10_000


class ForgetfulStore(PublishingStore):
    """Takes no account."""

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        if key.endswith("recording.json"):
            raise OSError(5, "Input/output error")
        return super().put(key, body, content_type, replaces)


def _forgetful(studio: Studio) -> Studio:
    plain = studio.ports.store
    assert isinstance(plain, PublishingStore)
    return replace(studio, ports=replace(studio.ports, store=ForgetfulStore(plain._root, plain._links)))


def _followed(studio: Studio, origin: Origin, on_look: Callable[[Origin], object] = lambda _: None) -> Ending:
    """The next generation goes on to the end."""
    origin.on_look = on_look
    origin.hold = False
    studio.stop.clear()
    studio.raise_generation()
    return studio.record(generation=studio.recording.generation)


def _stopping_at(studio: Studio, listed: int) -> Callable[[Origin], None]:
    """Stands still at so many segments and has the recorder stopped once the last of them was asked for."""

    def stop(source: Origin) -> None:
        source.hold = source.listed == listed
        if source.requests[f"{listed - 1}.m4v"]:
            studio.stop.set()

    return stop


def test_a_whole_recording_has_no_gap_and_says_so(studio: Studio) -> None:
    studio.record()

    assert studio.told["gaps"] == []
    assert (studio.told["coverage"], studio.told["segments"], studio.told["lost_segments"]) == (1.0, 5, 0)
    assert studio.recording.coverage == 1.0
    assert studio.told["closed_at"] is None
    close_recording(studio.ports, studio.recording)
    assert studio.told["closed_at"]
    assert studio.told["ended_at"]


def test_a_segment_that_never_comes_is_a_gap_with_its_place_and_reason(studio: Studio, origin: Origin) -> None:
    origin.faults["4.m4v"] = [GONE] * FOREVER

    studio.record()

    assert studio.told["gaps"] == [
        {
            "epoch": 0,
            "first": 13,
            "last": 13,
            "begin": "2026-11-22T12:00:08.000Z",
            "duration_s": 2.0,
            "cause": "not_fetched",
            "why": "HTTP 404",
        }
    ]
    recording = studio.recording
    assert (recording.gaps, recording.gap_s, recording.lost_segments) == (1, 2.0, 1)
    assert recording.coverage == pytest.approx(26 / 28, abs=0.005)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (BUSY, "HTTP 503"),
        (HANG_UP, "did not answer"),
        (Reply(b""), "empty"),
        (Reply(b"<html>no</html>"), "a body that"),
    ],
    ids=["503", "reset", "empty", "html"],
)
def test_a_gap_says_what_stood_in_the_way_at_last(studio: Studio, origin: Origin, fault: Reply, why: str) -> None:
    origin.faults["4.m4v"] = [fault] * FOREVER

    studio.record()

    [gap] = studio.told["gaps"]
    assert why in gap["why"]
    assert "://" not in gap["why"]


def test_what_the_source_drops_while_it_cannot_be_read_is_a_gap_of_its_own(studio: Studio, origin: Origin) -> None:
    def fail_and_move_on(source: Origin) -> None:
        if source.listed == 6:
            source.faults["media.m3u8"] = [BUSY] * 3
        elif source.listed == 7:
            source.looks += 6
        source.hold = source.listed == 13 and not source.requests["12.m4v"]

    origin.on_look = fail_and_move_on

    studio.record()

    [gap] = studio.told["gaps"]
    assert studio.gaps == [(0, 15, 16, "unseen")]
    assert gap["begin"] == "2026-11-22T12:00:12.000Z"
    assert gap["duration_s"] == 4.0
    assert gap["why"].startswith("the source could not be read for ")
    assert gap["why"].endswith("HTTP 503 for a playlist")


def test_between_two_recorders_nobody_was_there_to_see_it(studio: Studio, origin: Origin) -> None:
    origin.on_look = _stopping_at(studio, 3)
    studio.record()

    origin.looks += 6
    _followed(studio, origin)

    assert studio.gaps == [(0, 12, 13, "unseen")]
    assert studio.told["gaps"][0]["why"] == "no recorder was running"
    assert studio.recording.lost_segments == 2


def test_a_stream_that_was_seen_and_never_stored_is_missed_by_the_next_recorder(
    studio: Studio, origin: Origin
) -> None:
    for name in ("0.m4v", "1.m4v", "2.m4v"):
        origin.faults[name] = [BUSY] * FOREVER
    origin.on_look = _stopping_at(studio, 3)
    studio.record(pace=replace(QUICK, drain_s=0.1))
    assert studio.gaps == [(0, 9, 11, "not_fetched")]

    origin.looks += 6
    _followed(studio, origin)

    assert studio.gaps == [(0, 9, 11, "not_fetched"), (0, 12, 13, "unseen")]


def test_a_cause_once_noted_is_remembered_over_restarts(studio: Studio, origin: Origin) -> None:
    origin.faults["1.m4v"] = [GONE] * FOREVER
    origin.on_look = _stopping_at(studio, 8)
    studio.record()

    _followed(studio, origin)

    assert studio.gaps == [(0, 10, 10, "not_fetched")]
    assert studio.told["gaps"][0]["why"] == "HTTP 404"


def test_what_a_leaving_recorder_gave_up_is_no_gap_once_the_next_one_has_it(studio: Studio, origin: Origin) -> None:
    origin.faults["6.m4v"] = [BUSY] * FOREVER
    origin.on_look = _stopping_at(studio, 7)
    studio.record(pace=replace(QUICK, drain_s=3.0))
    assert studio.gaps == [(0, 15, 15, "not_fetched")]
    assert "left" in studio.told["gaps"][0]["why"]

    origin.faults.clear()
    _followed(studio, origin)

    assert studio.gaps == []
    assert studio.recording.coverage == 1.0


def test_what_a_dead_recorder_could_not_note_is_a_gap_all_the_same(studio: Studio, origin: Origin) -> None:
    origin.faults["1.m4v"] = [GONE] * FOREVER
    origin.on_look = _stopping_at(studio, 8)
    _forgetful(studio).record()

    _followed(studio, origin)

    assert studio.gaps == [(0, 10, 10, "unseen")]
    assert studio.told["gaps"][0]["why"].startswith("not known")


def test_what_the_store_had_not_taken_when_a_recorder_left_is_a_gap_until_it_is_stored(
    studio: Studio, origin: Origin
) -> None:
    class FullStore(PublishingStore):
        def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
            if key.endswith("000-0000000012-0000000014.ts"):
                raise OSError(28, "No space left on device")
            return super().put_new(key, body, content_type, metadata)

    plain = studio.ports.store
    assert isinstance(plain, PublishingStore)
    full = replace(studio, ports=replace(studio.ports, store=FullStore(plain._root, plain._links)))
    origin.on_look = _stopping_at(studio, 8)
    full.record(pace=replace(QUICK, drain_s=0.3))
    assert studio.gaps == [(0, 12, 16, "not_stored")]
    assert (studio.recording.lost_segments, studio.recording.gap_s) == (5, 10.0)

    _followed(studio, origin)

    assert studio.gaps == []
    assert studio.recording.lost_segments == 0


def test_an_account_that_cannot_be_written_costs_no_segment(studio: Studio) -> None:
    assert _forgetful(studio).record() is Ending.OVER

    assert studio.ranges == ALL


def test_a_damaged_account_is_made_anew(studio: Studio, origin: Origin) -> None:
    origin.on_look = _stopping_at(studio, 8)
    origin.faults["1.m4v"] = [GONE] * FOREVER
    studio.record()
    plain = studio.ports.store
    assert isinstance(plain, PublishingStore)
    plain.path(studio.recording.prefix + "recording.json").write_bytes(b'{"gaps": [{"epoch": \xff')

    _followed(studio, origin)

    assert studio.gaps == [(0, 10, 10, "unseen")]


def test_the_account_is_written_when_it_changes_and_not_with_every_segment(studio: Studio, origin: Origin) -> None:
    accounts: list[str] = []

    class CountingStore(PublishingStore):
        def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
            accounts.extend([content_type] if key.endswith("recording.json") else [])
            return super().put(key, body, content_type, replaces)

        def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
            assert not key.endswith("recording.json")
            return super().put_new(key, body, content_type, metadata)

    plain = studio.ports.store
    assert isinstance(plain, PublishingStore)
    origin.faults["4.m4v"] = [GONE] * FOREVER
    counting = replace(studio, ports=replace(studio.ports, store=CountingStore(plain._root, plain._links)))

    counting.record()

    # The first segment, the loss, the end.
    assert accounts == ["application/json"] * 3


def test_over_a_restart_of_the_source_nothing_is_counted(studio: Studio, origin: Origin) -> None:
    origin.restart_at = 8

    studio.record()

    assert studio.gaps == []
    assert (studio.told["epochs"], studio.told["discontinuities"]) == (2, 1)


def test_a_segment_that_leads_to_a_forbidden_address_is_a_gap_that_says_so(studio: Studio, origin: Origin) -> None:
    inside = Reply(b"", 302, {"Location": f"http://localhost:{origin.server_port}/1/secret"})
    origin.faults["4.m4v"] = [inside] * FOREVER

    studio.record()

    [gap] = studio.told["gaps"]
    assert studio.gaps == [(0, 13, 13, "not_fetched")]
    assert "localhost is at 127.0.0.1, which is not a public address" in gap["why"]
    assert "secret" not in gap["why"]
