"""What fails around a recorder costs what could not be had, and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.errors import PlatformError
from mntreamer.domain.monitors.probe import Playback
from mntreamer.domain.segments.window import SourceSegment, Window
from mntreamer.public_http.session import public_session
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.media.remux import remux
from mntreamer.recorder.source.feed import Feed
from mntreamer.recorder.source.fetch import SegmentFetcher
from mntreamer.recorder.source.lines import Lines
from mntreamer.recorder.storing.spool import Spool
from mntreamer_local.files.publishing_store import PublishingStore
from mntreamer_local.sqlite.recordings import SqliteRecordings
from tests.contract.records import NOON
from tests.integration.loopback_server import Reply
from tests.integration.recorder.conftest import QUICK, Studio
from tests.integration.recorder.origin import GONE, Media, Origin, OriginPlatform
from tests.integration.recorder.test_record import ALL


class FailingStore(PublishingStore):
    """Calls `fail` before each write; it may raise."""

    fail: Callable[[str], object]

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        self.fail(key)
        return super().put_new(key, body, content_type, metadata)

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        self.fail(key)
        return super().put(key, body, content_type, replaces)


def _with_store(studio: Studio, fail: Callable[[str], object]) -> Studio:
    plain = studio.ports.store
    assert isinstance(plain, PublishingStore)
    store = FailingStore(plain._root, plain._links)
    store.fail = fail
    return replace(studio, ports=replace(studio.ports, store=store))


def _raising_once(error: Exception, *, at: str) -> Callable[[str], None]:
    left = [error]

    def fail(key: str) -> None:
        if at in key and left:
            raise left.pop()

    return fail


@pytest.mark.parametrize("at", ["source.m3u8", "index.m3u8", "epochs/", "segments/"])
def test_one_write_that_fails_is_repeated(studio: Studio, origin: Origin, at: str) -> None:
    origin.window = 14
    failing = _with_store(studio, _raising_once(ConnectionError("https://signed.example/?token"), at=at))

    assert failing.record() is Ending.OVER
    assert studio.ranges == ALL


def test_one_renewal_that_fails_is_repeated(studio: Studio) -> None:
    failures = [ConnectionError("busy")]

    class BusyRecordings(SqliteRecordings):
        def update(self, *args: Any, **options: Any) -> Any:
            if failures:
                raise failures.pop()
            return super().update(*args, **options)

    table = studio.ports.recordings
    assert isinstance(table, SqliteRecordings)
    busy = BusyRecordings(table._table._path)

    assert replace(studio, ports=replace(studio.ports, recordings=busy)).record() is Ending.OVER
    assert studio.ranges == ALL
    assert failures == []


def test_a_recorder_that_can_store_nothing_leaves_once_another_goes_on(studio: Studio, origin: Origin) -> None:
    def full(key: str) -> None:
        if "segments/" in key:
            raise OSError(28, "No space left on device")

    def overtaken(source: Origin) -> None:
        source.hold = source.listed == 8
        if source.listed == 6:
            studio.raise_generation()

    origin.on_look = overtaken

    assert _with_store(studio, full).record(pace=replace(QUICK, drain_s=0.2)) is Ending.LEASE_LOST


def test_a_recorder_that_lost_its_lease_still_stores_what_it_has_fetched(studio: Studio, origin: Origin) -> None:
    def overtaken(source: Origin) -> None:
        source.hold = source.listed == 8
        if source.requests["7.m4v"]:
            studio.raise_generation()

    origin.on_look = overtaken

    assert studio.record() is Ending.LEASE_LOST
    assert studio.stored()[-1] == "000-0000000015-0000000016.ts"


def test_a_segment_that_cannot_be_had_at_the_end_costs_nothing_behind_it(studio: Studio, origin: Origin) -> None:
    origin.window = 14
    origin.faults["9.m4v"] = [GONE] * 10_000

    studio.record(pace=replace(QUICK, drain_s=0.5))

    assert studio.ranges == [*ALL[:3], (0, 19, 20), (0, 21, 22)]
    assert studio.recording.lost_segments == 1


def test_a_slower_edge_of_the_sources_network_loses_nothing(origin: Origin) -> None:
    at = f"{origin.url}/1"
    segments = tuple(SourceSegment(i, f"{at}/{i}.m4v", 2.0, init_url=f"{at}/init.m4s") for i in range(6))
    origin.faults["5.m4v"] = [GONE] * 3
    with public_session(frozenset({"127.0.0.1"})) as session:
        fetcher = SegmentFetcher(session, QUICK)
        fetcher.show(0, Window(2.0, segments), ())
        fetcher.ask(0, segments[5:])
        fetcher.show(0, Window(2.0, segments[:5]), ())
        arrival = fetcher.arrivals.get(timeout=10)
        fetcher.close()

    assert arrival.fetched


@pytest.mark.parametrize("error", [PlatformError("timed out"), ConnectionError("https://signed.example/?token")])
def test_a_platform_that_does_not_answer_does_not_stop_a_url_that_still_plays(
    origin: Origin, error: Exception
) -> None:
    class SilentPlatform(OriginPlatform):
        def playback(self, channel_id: str) -> Playback:
            if self.origin.token:
                raise error
            return super().playback(channel_id)

    with public_session(frozenset({"127.0.0.1"})) as session:
        feed = Feed(session, SilentPlatform(origin), "c1", None, utc_now, replace(QUICK, resolve_every_s=0.0))
        assert feed.poll()
        feed.distrust()
        assert all(feed.poll() for _ in range(5))


def test_a_stream_that_may_not_be_recorded_is_left_with_the_reason(studio: Studio, origin: Origin) -> None:
    origin.hold = True
    origin.tags[0] = '#EXT-X-KEY:METHOD=AES-128,URI="k"'

    assert studio.record() is Ending.REFUSED
    assert "encrypted" in (studio.streamer.problem or "")
    assert studio.ports.monitors.due(studio.ports.clock() + timedelta(seconds=500), 1) == []
    assert studio.ports.monitors.due(studio.ports.clock() + timedelta(seconds=601), 1)


def test_the_target_duration_stays_what_it_was_at_first(studio: Studio, origin: Origin) -> None:
    targets: list[int] = []

    def note(_: Origin) -> None:
        if studio.ports.store.get(studio.recording.prefix + "source.m3u8"):
            targets.append(studio.source.target_duration_s)

    origin.first = 8  # the first bundle is a short one
    origin.on_look = note

    studio.record()

    assert set(targets) == {7}


def test_after_a_crash_losses_are_exact_and_sizes_but_for_what_was_listed_right_before_it(
    studio: Studio, origin: Origin
) -> None:
    def die(key: str) -> None:
        if key.endswith("000-0000000018-0000000020.ts"):
            raise Killed

    origin.faults["4.m4v"] = [GONE] * 10_000
    origin.on_look = lambda source: setattr(source, "hold", source.listed == 12)
    with pytest.raises(Killed):
        _with_store(studio, die).record(pace=replace(QUICK, renew_every_s=3600.0))
    origin.on_look = lambda source: setattr(source, "hold", False)
    studio.raise_generation()
    studio.record(generation=2)

    store = studio.ports.store
    sizes = [(store.metadata(f"{studio.recording.prefix}segments/{name}") or ({}, 0))[1] for name in studio.stored()]
    assert studio.recording.lost_segments == 1
    assert sum(sizes) - max(sizes) <= studio.recording.size_bytes <= sum(sizes)


class Killed(BaseException):
    """Stands for SIGKILL."""


@pytest.mark.parametrize(
    "body",
    [b'{"code":500,"message":"busy"}', b"\x00\x00\x00\x08moof", "cut"],
    ids=["json", "half a fragment", "cut short, with the length of the rest"],
)
def test_what_is_not_the_media_is_asked_for_again(
    studio: Studio, origin: Origin, media: Media, body: bytes | str
) -> None:
    wrong = media.bodies[4][: len(media.bodies[4]) * 6 // 10] if isinstance(body, str) else body
    origin.faults["4.m4v"] = [Reply(wrong)] * 2

    studio.record()

    assert studio.ranges == ALL
    assert origin.requests["4.m4v"] == 3


@pytest.mark.parametrize("location", ["http://[::1/x", "http://a..b/", "ftp://127.0.0.1/x"])
def test_a_segment_that_leads_nowhere_is_asked_for_again(studio: Studio, origin: Origin, location: str) -> None:
    origin.faults["4.m4v"] = [Reply(b"", 302, {"Location": location})]

    studio.record()

    assert studio.ranges == ALL


def test_a_store_that_is_ill_for_longer_than_the_lease_costs_nothing(studio: Studio, origin: Origin) -> None:
    ill = [True]

    def full(key: str) -> None:
        if "segments/" in key and ill[0]:
            raise OSError(28, "No space left on device")

    def heal_after_some_renewals(source: Origin) -> None:
        source.hold = source.listed == 12 and ill[0]
        ill[0] = studio.platform.probes < 3

    origin.on_look = heal_after_some_renewals
    before = studio.recording.lease_until

    assert _with_store(studio, full).record(pace=replace(QUICK, stale_s=3600.0)) is Ending.OVER
    assert studio.ranges == ALL
    assert studio.recording.lease_until != before


def test_the_line_before_a_restart_is_not_recorded_twice(tmp_path: Path) -> None:
    lines = Lines(Spool(tmp_path, 0, 0))
    old, new = _dated(1000, NOON), _dated(0, NOON + timedelta(seconds=40))

    entered = [lines.enter(window) for window in (old, new, old, new, old)]

    assert [line and line.number for line in entered] == [0, 1, None, 1, None]


def _dated(first: int, at: datetime) -> Window:
    dates = [at + timedelta(seconds=2 * i) for i in range(15)]
    return Window(
        2.0, tuple(SourceSegment(first + i, "https://m.example/", 2.0, date) for i, date in enumerate(dates))
    )


def test_a_stretch_without_pictures_is_kept(media: Media) -> None:
    with av.open(BytesIO(media.init + media.bodies[0])) as source:
        sound = _sound_alone(source)

    assert remux(b"", [sound]).duration_s == pytest.approx(2.0, abs=0.2)


def _sound_alone(source: Any) -> bytes:
    """Packets of the sound, in a stream that announces a picture too."""
    target = BytesIO()
    with av.open(target, "w", format="mpegts") as copy:
        picture = copy.add_stream_from_template(source.streams.video[0])
        sound = copy.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = sound
                copy.mux(packet)
        assert picture
    return target.getvalue()
