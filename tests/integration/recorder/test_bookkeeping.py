"""While store or tables hang, recording goes on; what they were to be told they are told once they answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Event
from typing import Any

import pytest

from mntreamer.domain.monitors.probe import Playback, Probe
from mntreamer.recorder.ending.ending import Ending
from mntreamer_local.files.publishing_store import PublishingStore
from mntreamer_local.sqlite.recordings import SqliteRecordings
from tests.integration.recorder.conftest import QUICK, SEGMENTS, Studio
from tests.integration.recorder.origin import GONE, Origin, OriginPlatform
from tests.integration.recorder.test_record import ALL

WITHIN_S = 60


class Hanging:
    """Whoever comes to it waits until it answers."""

    def __init__(self) -> None:
        self.was_asked = Event()
        self.answers = Event()

    def __call__(self) -> None:
        self.was_asked.set()
        assert self.answers.wait(WITHIN_S)


class HangingStore(PublishingStore):
    """Hangs in front of what is done with keys that have a word in them."""

    word: str
    hang: Hanging

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        self._pass(key)
        return super().put_new(key, body, content_type, metadata)

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        self._pass(key)
        return super().put(key, body, content_type, replaces)

    def _pass(self, key: str) -> None:
        if self.word in key:
            self.hang()


class HangingRecordings(SqliteRecordings):
    hang: Hanging

    def update(self, *args: Any, **options: Any) -> Any:
        self.hang()
        return super().update(*args, **options)


def _on_store(studio: Studio, word: str, hang: Hanging) -> Studio:
    plain = studio.ports.store
    assert isinstance(plain, PublishingStore)
    store = HangingStore(plain._root, plain._links)
    store.word, store.hang = word, hang
    return replace(studio, ports=replace(studio.ports, store=store))


def _on_tables(studio: Studio, hang: Hanging) -> Studio:
    plain = studio.ports.recordings
    assert isinstance(plain, SqliteRecordings)
    recordings = HangingRecordings(plain._table._path)
    recordings.hang = hang
    return replace(studio, ports=replace(studio.ports, recordings=recordings))


def _answering_near_the_end(hang: Hanging) -> Callable[[Origin], None]:
    """The source waits for each segment to be fetched: a recorder that stood still would never see the end."""

    def look(source: Origin) -> None:
        source.hold = source.listed > 0 and not source.requests[f"{source.listed - 1}.m4v"]
        if source.listed == SEGMENTS - 1:
            assert hang.was_asked.is_set()
            hang.answers.set()

    return look


@pytest.mark.parametrize("word", ["epochs/", "source.m3u8", "recording.json"])
def test_a_store_that_hangs_over_all_of_the_stream_costs_nothing(studio: Studio, origin: Origin, word: str) -> None:
    hang = Hanging()
    origin.on_look = _answering_near_the_end(hang)

    assert _on_store(studio, word, hang).record() is Ending.OVER

    assert studio.ranges == ALL
    assert studio.gaps == []
    assert studio.recording.segments == len(ALL)


def test_tables_that_hang_over_all_of_the_stream_cost_nothing(studio: Studio, origin: Origin) -> None:
    hang = Hanging()
    origin.on_look = _answering_near_the_end(hang)

    assert _on_tables(studio, hang).record() is Ending.OVER

    assert studio.ranges == ALL
    assert studio.recording.segments == len(ALL)
    assert len(studio.starts) == 1


def test_a_platform_that_does_not_answer_holds_up_no_segment(studio: Studio, origin: Origin) -> None:
    hang = Hanging()

    class SlowPlatform(OriginPlatform):
        def probe(self, channel_id: str) -> Probe:
            hang()
            return super().probe(channel_id)

    platform = SlowPlatform(origin)
    origin.on_look = _answering_near_the_end(hang)
    slow = replace(studio, ports=replace(studio.ports, platforms={platform.name: platform}))

    assert slow.record(pace=replace(QUICK, stale_s=0.0)) is Ending.OVER
    assert studio.ranges == ALL


def test_while_the_platform_hangs_over_another_url_the_old_one_is_polled(studio: Studio, origin: Origin) -> None:
    hang = Hanging()

    class SlowPlatform(OriginPlatform):
        def playback(self, channel_id: str) -> Playback:
            if self.origin.token:
                hang()
            return super().playback(channel_id)

    platform = SlowPlatform(origin)
    origin.faults["4.m4v"] = [GONE]
    origin.on_look = _answering_near_the_end(hang)
    slow = replace(studio, ports=replace(studio.ports, platforms={platform.name: platform}))

    assert slow.record() is Ending.OVER
    assert studio.ranges == ALL


def test_while_the_platform_hangs_over_the_first_url_a_recorder_can_be_stopped(studio: Studio) -> None:
    hang = Hanging()

    class SlowPlatform(OriginPlatform):
        def playback(self, channel_id: str) -> Playback:
            studio.stop.set()
            hang()
            return super().playback(channel_id)

    platform = SlowPlatform(studio.platform.origin)
    slow = replace(studio, ports=replace(studio.ports, platforms={platform.name: platform}))

    assert slow.record() is Ending.STOPPED
    assert not hang.answers.is_set()
    hang.answers.set()


def test_however_long_a_write_takes_the_next_one_says_it_all(studio: Studio, origin: Origin) -> None:
    written: list[bytes] = []
    hang = Hanging()

    class CountingStore(HangingStore):
        def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
            written.extend([body] if key.endswith("source.m3u8") else [])
            return super().put(key, body, content_type, replaces)

    plain = studio.ports.store
    assert isinstance(plain, PublishingStore)
    store = CountingStore(plain._root, plain._links)
    store.word, store.hang = "source.m3u8", hang
    origin.on_look = _answering_near_the_end(hang)

    replace(studio, ports=replace(studio.ports, store=store)).record()

    assert [body.count(b"#EXTINF") for body in written] == [1, len(ALL)]


def test_a_lease_that_was_lost_while_the_tables_hung_ends_the_recorder_once_they_say_so(
    studio: Studio, origin: Origin
) -> None:
    hang = Hanging()

    def look(source: Origin) -> None:
        source.hold = source.listed == 8
        if source.hold and hang.was_asked.is_set() and not hang.answers.is_set():
            studio.raise_generation()
            hang.answers.set()

    origin.on_look = look

    assert _on_tables(studio, hang).record(pace=replace(QUICK, drain_s=1.0)) is Ending.LEASE_LOST
    assert studio.recording.generation == 2
