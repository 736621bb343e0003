"""A recorder that comes late takes the live edge first, and then what the source still has of the past."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import av
import pytest

from mntreamer.domain.errors import PlatformError
from mntreamer.domain.media_path import LIVE_PLAYLIST, PUBLISHED_PLAYLIST
from mntreamer.domain.monitors.filters import Filters, render_filters
from mntreamer.domain.playlists.source_playlist import BACKFILLED
from mntreamer.recorder.bookkeeping.books import Books
from mntreamer.recorder.ending.ending import Ending
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.recordings.stored.source import Source
from mntreamer_local.files.publishing_store import PublishingStore
from simulated_channel.encoder import SEGMENT_FRAMES
from tests.integration.loopback_server import HANG_UP, Reply
from tests.integration.recorder.broadcast_media import at_work
from tests.integration.recorder.conftest import QUICK, Studio
from tests.integration.recorder.dvr import (
    EDGE,
    FIRST,
    LAST,
    LISTED_AT_FIRST,
    SEGMENTS,
    Dvr,
    RewindingPlatform,
    long_media,
)
from tests.integration.recorder.origin import BUSY, START, Media, Origin

SLOW = replace(QUICK, backfill_every_s=0.01, look_back_every_s=0.02, rewind_every_s=0.0, regain_s=10.0, drain_s=30.0)


@pytest.fixture(scope="module")
def media() -> Media:
    return long_media()


@pytest.fixture
def origin(media: Media) -> Iterator[Dvr]:
    server = Dvr(media)
    with at_work(server):
        yield server


def _sequences(studio: Studio) -> list[int]:
    return [sequence for _, first, last in studio.ranges for sequence in range(first, last + 1)]


def _closed(studio: Studio) -> None:
    close_recording(studio.ports, studio.recording)


def test_the_live_edge_is_first_and_the_past_is_listed_at_the_end(studio: Studio, origin: Dvr) -> None:
    origin.hold_until = "0.m4v"

    assert studio.record(pace=SLOW) is Ending.OVER

    assert _sequences(studio) == list(range(EDGE, LAST + 1))
    edge = {f"{sequence - FIRST}.m4v" for sequence in range(EDGE, FIRST + LISTED_AT_FIRST)}
    assert edge <= set(origin.order[: origin.order.index("0.m4v")])
    assert max(origin.requests[f"{index}.m4v"] for index in range(SEGMENTS)) == 1

    _closed(studio)
    assert _sequences(studio) == list(range(FIRST, LAST + 1))
    assert studio.breaks == [False] * len(studio.ranges)


def test_what_is_regained_is_told_and_played(studio: Studio, tmp_path: Path) -> None:
    studio.record(pace=SLOW)
    late = studio.recording
    _closed(studio)

    recording = studio.recording
    assert recording.first_segment_at == START
    assert (recording.coverage, recording.lost_segments) == (1.0, 0)
    assert recording.duration_s == pytest.approx(SEGMENTS * 2.0, abs=0.1)
    keys = studio.ports.store.list_sizes(recording.prefix + "segments/")
    assert recording.size_bytes == sum(size for _, size in keys) > late.size_bytes
    assert studio.told["first_segment_at"] == "2026-11-22T12:00:00.000Z"
    with av.open(str(tmp_path / recording.prefix / "index.m3u8"), options={"allowed_extensions": "ALL"}) as played:
        assert sum(1 for _ in played.decode(video=0)) == SEGMENTS * SEGMENT_FRAMES


def test_who_watches_it_live_is_not_disturbed_by_it(studio: Studio) -> None:
    """A playlist that grows is only appended to (RFC 8216, section 6.2.1), also by its end."""
    studio.record(pace=SLOW)
    publish_playlist(studio.ports.store, studio.recording.prefix, openly=True)
    before = _text(studio, LIVE_PLAYLIST)
    _closed(studio)
    publish_playlist(studio.ports.store, studio.recording.prefix, openly=True)

    assert _text(studio, LIVE_PLAYLIST) == before + "#EXT-X-ENDLIST\n"
    assert f"{FIRST:010d}" in _text(studio, PUBLISHED_PLAYLIST)
    assert BACKFILLED not in _text(studio, PUBLISHED_PLAYLIST)


def _text(studio: Studio, playlist: str) -> str:
    stored = studio.ports.store.get(studio.recording.prefix + playlist)
    assert stored
    return stored.body.decode()


def test_a_hole_in_the_middle_is_healed(studio: Studio, origin: Dvr) -> None:
    def lose_some(source: Origin) -> None:
        source.looks += 38 if source.listed == 6 else 0
        source.hold = source.listed == 46 and not any(name > "000-0000000050" for name in studio.stored())
        source.window = SEGMENTS if source.listed > 46 else 3

    origin.begin, origin.on_look = 3, lose_some

    studio.record(pace=SLOW)
    assert studio.gaps == [(0, FIRST + 5, FIRST + 40, "unseen")]

    _closed(studio)
    assert studio.gaps == []
    assert _sequences(studio) == list(range(FIRST, LAST + 1))
    assert studio.breaks == [False] * len(studio.ranges)
    assert (studio.recording.coverage, studio.recording.gaps) == (1.0, 0)


def test_a_recorder_that_is_back_soon_goes_on_without_a_hole(studio: Studio, origin: Dvr) -> None:
    """Two minutes are fetched in order, before all else."""
    origin.begin = 3
    origin.on_look = lambda source: _stop_at(studio, source, 5)
    studio.record(pace=SLOW)

    origin.on_look = lambda source: setattr(source, "hold", False)
    origin.looks += 44
    studio.stop.clear()
    studio.raise_generation()
    studio.record(generation=2, pace=SLOW)

    assert _sequences(studio) == list(range(FIRST, LAST + 1))
    assert studio.breaks == [False] * len(studio.ranges)


def _stop_at(studio: Studio, source: Origin, listed: int) -> None:
    source.hold = source.listed == listed
    if source.requests[f"{listed - 1}.m4v"]:
        studio.stop.set()


@pytest.mark.parametrize("writes", [1, 3, 5])
def test_a_recorder_killed_in_the_middle_of_it_is_followed_without_a_double(
    studio: Studio, origin: Dvr, writes: int
) -> None:
    healthy = studio.ports.store
    assert isinstance(healthy, PublishingStore)
    origin.on_look = lambda source: setattr(source, "hold", True)
    stop_after = _Stopping(healthy._root, healthy._links)
    stop_after.studio, stop_after.past_left = studio, writes
    replace(studio, ports=replace(studio.ports, store=stop_after)).record(pace=SLOW)
    before = studio.stored()
    assert 0 < sum(int(name[4:14]) < EDGE for name in before) <= writes

    origin.on_look = lambda source: setattr(source, "hold", False)
    studio.stop.clear()
    studio.raise_generation()
    assert studio.record(generation=2, pace=SLOW) is Ending.OVER
    _closed(studio)

    assert set(before) <= set(studio.stored())
    assert _sequences(studio) == list(range(FIRST, LAST + 1))


class _Stopping(PublishingStore):
    """Has its recorder leave once so many segments of the past are stored."""

    studio: Studio
    past_left: int

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:
        stored = super().put_new(key, body, content_type, metadata)
        if "segments/" in key and int(key.rpartition("/")[2][4:14]) < EDGE:
            self.past_left -= 1
            if self.past_left <= 0:
                self.studio.stop.set()
        return stored


def test_a_source_that_gives_less_than_it_lists_costs_nothing_else(studio: Studio, origin: Dvr) -> None:
    origin.gone = frozenset(range(8))

    assert studio.record(pace=SLOW) is Ending.OVER
    _closed(studio)

    assert _sequences(studio) == list(range(FIRST + 8, LAST + 1))
    assert studio.gaps == [(0, FIRST, FIRST + 7, "not_fetched")]
    assert studio.told["gaps"][0]["begin"] == "2026-11-22T12:00:00.000Z"
    assert studio.told["gaps"][0]["why"] == "HTTP 404"
    assert studio.recording.lost_segments == 8
    assert studio.recording.coverage == pytest.approx(1 - 8 / SEGMENTS, abs=0.001)
    assert max(origin.order.count(f"{index}.m4v") for index in range(SEGMENTS)) <= 3


def test_what_is_not_asked_for_as_the_source_refuses_again_and_again_is_told_as_well(
    studio: Studio, origin: Dvr
) -> None:
    origin.gone = frozenset(range(EDGE - FIRST))

    assert studio.record(pace=SLOW) is Ending.OVER
    _closed(studio)

    assert _sequences(studio) == list(range(EDGE, LAST + 1))
    assert studio.gaps == [(0, FIRST, EDGE - 1, "not_fetched")]
    assert "3.m4v" not in origin.order


def test_what_there_was_no_time_for_is_told(studio: Studio, origin: Dvr) -> None:
    origin.hold_until = "0.m4v"

    assert studio.record(pace=replace(SLOW, backfill_every_s=3600.0, regain_s=0.0)) is Ending.OVER
    _closed(studio)

    [(_, first, last, cause)] = studio.gaps
    assert (last, cause) == (EDGE - 1, "not_fetched")
    assert _sequences(studio) == [*range(FIRST, first), *range(EDGE, LAST + 1)]


def test_what_one_gave_up_and_the_next_still_gets_is_no_gap(studio: Studio, origin: Dvr) -> None:
    origin.gone = frozenset(range(15))
    origin.on_look = lambda source: _hold_until_told(studio, source)
    assert studio.record(pace=SLOW) is Ending.STOPPED

    origin.gone, origin.on_look = frozenset(), lambda source: setattr(source, "hold", False)
    studio.stop.clear()
    studio.raise_generation()
    studio.record(generation=2, pace=SLOW)
    _closed(studio)

    assert _sequences(studio) == list(range(FIRST, LAST + 1))
    assert (studio.gaps, studio.recording.coverage) == ([], 1.0)


def _hold_until_told(studio: Studio, source: Origin) -> None:
    """The recorder leaves once it has told of all that it gave up."""
    source.hold = True
    is_told = studio.ports.store.get(studio.recording.prefix + "recording.json") is not None
    if is_told and studio.gaps == [(0, FIRST, FIRST + 14, "not_fetched")]:
        studio.stop.set()


def test_a_closing_that_was_broken_off_counts_no_bytes_twice(studio: Studio) -> None:
    studio.record(pace=SLOW)
    Source(studio.ports.store, studio.recording.prefix).end()

    books = Books(studio.ports.store, studio.recording, lambda: None)

    sizes = studio.ports.store.list_sizes(studio.recording.prefix + "segments/")
    assert books.progress["size_bytes"] == sum(size for _, size in sizes)


def test_what_fails_for_a_while_is_asked_for_again(studio: Studio, origin: Dvr) -> None:
    origin.faults = {"0.m4v": [BUSY, HANG_UP], "4.m4v": [Reply(b"<html>")], "7.m4v": [BUSY]}

    studio.record(pace=SLOW)
    _closed(studio)

    assert _sequences(studio) == list(range(FIRST, LAST + 1))


def test_what_filters_let_through_late_goes_back_to_nothing(studio: Studio, origin: Dvr) -> None:
    filters = render_filters(Filters(titles=("title",)))
    studio.ports.monitors.update("chzzk:c1", {"filters": filters}, {})

    studio.record(pace=SLOW)
    _closed(studio)

    assert _sequences(studio) == list(range(EDGE, LAST + 1))
    assert "0.m4v" not in origin.order


class TestRewind:
    """The source lists half a minute, the platform shows more of it elsewhere."""

    @pytest.fixture(autouse=True)
    def platform(self, studio: Studio, origin: Dvr) -> RewindingPlatform:
        origin.window = 10
        platform = RewindingPlatform(origin)
        studio.ports = replace(studio.ports, platforms={platform.name: platform})
        return platform

    def test_what_the_platform_shows_is_taken_behind_the_live_edge(
        self, studio: Studio, origin: Dvr, platform: RewindingPlatform
    ) -> None:
        origin.hold_until = "0.m4v"

        assert studio.record(pace=SLOW) is Ending.OVER
        assert _sequences(studio)[0] == FIRST + LISTED_AT_FIRST - 10

        _closed(studio)
        assert _sequences(studio) == list(range(FIRST, LAST + 1))
        assert studio.breaks == [False] * len(studio.ranges)
        assert platform.rewinds == 1
        assert origin.passed_by_token == {f"{index}.m4v" for index in range(LISTED_AT_FIRST - 10)}

    def test_without_dates_equal_bytes_prove_that_it_lines_up(self, studio: Studio, origin: Dvr) -> None:
        origin.dated = False

        studio.record(pace=SLOW)
        _closed(studio)

        assert _sequences(studio) == list(range(FIRST, LAST + 1))

    def test_what_counts_otherwise_comes_in_front_as_an_epoch_of_its_own(self, studio: Studio, origin: Dvr) -> None:
        origin.shifted = 1000

        studio.record(pace=SLOW)
        _closed(studio)

        front = [(first, last) for epoch, first, last in studio.ranges if epoch == -1]
        assert (front[0][0], front[-1][1]) == (FIRST + 1000, FIRST + 1000 + LISTED_AT_FIRST - 10 - 1)
        assert studio.breaks == [False] * len(front) + [True] + [False] * (len(studio.ranges) - len(front) - 1)
        dates = [segment.program_date_time for segment in studio.source.segments]
        assert dates == sorted(set(dates), key=str)
        assert studio.recording.first_segment_at == START

    def test_what_nothing_proves_is_left_alone(self, studio: Studio, origin: Dvr) -> None:
        origin.shifted, origin.dated = 1000, False

        studio.record(pace=SLOW)
        _closed(studio)

        assert _sequences(studio)[0] == FIRST + LISTED_AT_FIRST - 10
        assert not list(studio.ports.store.list_keys(studio.recording.prefix + "epochs/-"))

    def test_less_than_all_is_what_there_is(self, studio: Studio, origin: Dvr) -> None:
        origin.rewind_from = 20

        studio.record(pace=SLOW)
        _closed(studio)

        assert _sequences(studio) == list(range(FIRST + 20, LAST + 1))
        assert studio.recording.first_segment_at == START + timedelta(seconds=40)

    @pytest.mark.parametrize("live_id", ["1001", "another"])
    def test_who_may_not_go_back_asks_once(self, studio: Studio, platform: RewindingPlatform, live_id: str) -> None:
        platform.may_rewind, platform.rewound_id = live_id == "another", live_id

        studio.record(pace=SLOW)

        assert platform.rewinds == 1
        assert _sequences(studio)[0] == FIRST + LISTED_AT_FIRST - 10

    def test_a_platform_that_fails_costs_nothing_else(
        self, studio: Studio, platform: RewindingPlatform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(platform, "rewind", Mock(side_effect=PlatformError("busy")))

        assert studio.record(pace=SLOW) is Ending.OVER

        assert _sequences(studio) == list(range(FIRST + LISTED_AT_FIRST - 10, LAST + 1))
