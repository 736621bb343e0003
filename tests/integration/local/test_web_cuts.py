"""Cutting and undoing as a client of the one-machine server sees it."""

from typing import Any

import m3u8
import pytest
from werkzeug.test import Client, TestResponse

from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.segments.stored_segment import StoredSegment, to_metadata
from mntreamer.domain.times import to_iso
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.stored.source import Source
from tests.contract.records import NOON
from tests.integration.local.test_web import LOCAL, Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
CUTS = "/api/v1/recordings/chzzk:c1:1001/cuts"


def _record(world: World, segments: int = 10) -> None:
    """A minute is being recorded."""
    world.goes_live()
    world.tick()
    source = Source(world.ports.store, world.recording.prefix)
    for number in range(segments):
        name = SegmentName(0, 3 * number, 3 * number + 2)
        segment = StoredSegment(name, 6.0, None, False, 6.0 * number, 6.0 * number + 6, "init", 4)  # noqa: FBT003 -- it goes on
        key = f"{world.recording.prefix}segments/{name.file}"
        world.ports.store.put_new(key, b"data", "video/mp2t", to_metadata(segment))
        source.append([segment], 6)
    source.write()


@pytest.fixture
def client(web: Web, world: World) -> Client:
    _record(world)
    return web()


@pytest.fixture
def closed(client: Client, world: World) -> Client:
    close_recording(world.ports, world.recording)
    return client


def _cut(client: Client, begin: Any, end: Any, key: str | None = None, **more: Any) -> TestResponse:
    headers = {"Idempotency-Key": key} if key is not None else {}
    return client.post(CUTS, base_url=LOCAL, json={"begin": begin, "end": end, **more}, headers=headers)


def _json(answer: TestResponse) -> Any:
    return answer.json or {}


def _body(world: World, name: str) -> bytes:
    stored = world.ports.store.get(world.recording.prefix + name)
    assert stored
    return stored.body


def _published(world: World) -> m3u8.M3U8:
    return m3u8.loads(_body(world, "index.m3u8").decode())


class TestCutting:
    def test_is_published_by_the_time_it_is_answered(self, closed: Client, world: World) -> None:
        answer = _cut(closed, 10, 20.5)

        told = {"begin": 12.0, "end": 24.0}
        assert answer.status_code == 201
        assert answer.json == {
            "cut_id": _json(answer)["cut_id"],
            "made_at": to_iso(NOON),
            "removed": {"source": told, "published": told},
            "removed_s": 12.0,
            "segments": 2,
            "duration_s": 48.0,
        }
        published = _published(world)
        assert (published.playlist_type, len(published.segments)) == ("vod", 8)
        assert [segment.discontinuity for segment in published.segments] == [False, False, True] + [False] * 5

    def test_while_it_is_recorded_marks_gaps(self, client: Client, world: World) -> None:
        answer = _cut(client, 10, 20.5)

        assert (answer.status_code, _json(answer)["duration_s"]) == (201, 60.0)
        published = _published(world)
        assert (published.playlist_type, published.is_endlist, len(published.segments)) == ("event", False, 10)
        assert [bool(segment.gap_tag) for segment in published.segments] == [False] * 2 + [True] * 2 + [False] * 6

    def test_what_was_cut_while_it_was_recorded_is_left_out_after(self, client: Client, world: World) -> None:
        _cut(client, 10, 20.5)
        close_recording(world.ports, world.recording)

        listed = _json(client.get(CUTS, base_url=LOCAL))

        assert len(_published(world).segments) == 8
        assert (listed["duration_s"], listed["source_duration_s"]) == (48.0, 60.0)
        assert listed["cuts"][0]["source"] == {"begin": 12.0, "end": 24.0}
        assert listed["cuts"][0]["published"] == {"begin": 12.0, "end": 12.0}
        assert (listed["cuts"][0]["length_s"], listed["cuts"][0]["is_purged"]) == (12.0, False)

    def test_seconds_are_those_of_the_player_unless_the_source_is_meant(self, closed: Client) -> None:
        _cut(closed, 0, 30)

        as_played = _json(_cut(closed, 0, 6))
        of_source = _json(_cut(closed, 36, 42, timeline="source"))

        assert as_played["removed"] == {"source": {"begin": 30, "end": 36}, "published": {"begin": 0, "end": 6}}
        assert of_source["removed"] == {"source": {"begin": 36, "end": 42}, "published": {"begin": 0, "end": 6}}

    def test_nothing_recorded_is_touched(self, closed: Client, world: World) -> None:
        keys = list(world.ports.store.list_keys(world.recording.prefix + "segments/"))
        source = _body(world, "source.m3u8")

        _cut(closed, 0, 60)

        assert list(world.ports.store.list_keys(world.recording.prefix + "segments/")) == keys
        assert _body(world, "source.m3u8") == source

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            ('{"begin": 20, "end": 10}', "must lie before end"),
            ('{"begin": 10, "end": 10}', "must lie before end"),
            ('{"begin": -1, "end": 10}', "before the recording's begin"),
            ('{"begin": 50, "end": 70}', "beyond the end: the published timeline is 60.000 s long"),
            (
                '{"begin": 70, "end": 80, "timeline": "source"}',
                "beyond the end: the source timeline is 60.000 s long",
            ),
            ('{"begin": 1, "end": 5}', "no segment starts from 1 to 5 s"),
            ('{"begin": NaN, "end": 10}', "begin"),
            ('{"begin": 0, "end": Infinity}', "end"),
            ('{"begin": 0, "end": 1e999}', "end"),
            ('{"begin": 0, "end": 1' + "0" * 400 + "}", "end"),
            ('{"begin": 0, "end": 1e308}', "beyond the end"),
            ('{"begin": 1e308, "end": 1.5e308}', "beyond the end"),
            ('{"begin": -1e308, "end": 1e308}', "before the recording's begin"),
            ('{"begin": "0", "end": 6}', "begin"),
            ('{"begin": true, "end": 6}', "begin"),
            ('{"begin": 0}', "end"),
            ('{"begin": 0, "end": 6, "timeline": "mine"}', "timeline"),
            ('{"begin": 0, "end": 6, "more": 1}', "more"),
            ("[0, 6]", ""),
            ("{", "no JSON"),
        ],
    )
    def test_what_cannot_be_meant_is_refused_with_the_reason(
        self, closed: Client, world: World, body: str, says: str
    ) -> None:
        answer = closed.post(CUTS, base_url=LOCAL, data=body, content_type="application/json")

        assert answer.status_code == 422
        assert says in _json(answer)["error"]["message"]
        assert len(_published(world).segments) == 10

    def test_what_is_cut_already_is_refused(self, closed: Client) -> None:
        _cut(closed, 6, 30, timeline="source")

        again = _cut(closed, 12, 24, timeline="source")

        assert (again.status_code, _json(again)["error"]["code"]) == (422, "unprocessable")
        assert "not cut out already" in _json(again)["error"]["message"]


class TestUndoing:
    def test_one_gives_back_its_range(self, closed: Client, world: World) -> None:
        first, second = (_json(_cut(closed, at, at + 6, timeline="source"))["cut_id"] for at in (12, 36))

        left = closed.delete(f"{CUTS}/{first}", base_url=LOCAL)

        assert left.status_code == 200
        assert ([cut["cut_id"] for cut in _json(left)["cuts"]], _json(left)["duration_s"]) == ([second], 54.0)
        assert len(_published(world).segments) == 9
        again = closed.delete(f"{CUTS}/{first}", base_url=LOCAL)
        assert (again.status_code, first in _json(again)["error"]["message"]) == (404, True)

    def test_all_gives_back_the_first_bytes(self, closed: Client, world: World) -> None:
        first = _body(world, "index.m3u8")
        for _ in range(3):
            _cut(closed, 6, 12)

        for _ in range(2):
            left = closed.delete(CUTS, base_url=LOCAL)
            assert (left.status_code, _json(left)["cuts"]) == (200, [])

        assert _body(world, "index.m3u8") == first


class TestAskingTwice:
    def test_under_one_key_cuts_once_and_is_answered_alike(self, closed: Client, world: World) -> None:
        first = _cut(closed, 0, 6, key='"8e03978e-40d5-43e8-bc93-6894a57f9324"')
        _cut(closed, 20, 31)
        again = _cut(closed, 0.0, 6, key='"8e03978e-40d5-43e8-bc93-6894a57f9324"')

        assert (first.status_code, again.status_code) == (201, 201)
        assert first.data == again.data
        assert len(_published(world).segments) == 7

    def test_is_answered_alike_even_if_it_was_undone_and_cuts_nothing(self, closed: Client, world: World) -> None:
        first = _cut(closed, 0, 6, key="k")
        closed.delete(CUTS, base_url=LOCAL)

        assert _cut(closed, 0, 6, key="k").json == first.json
        assert len(_published(world).segments) == 10

    def test_one_key_for_two_ranges_is_refused(self, closed: Client) -> None:
        _cut(closed, 0, 6, key="k")

        for other in (_cut(closed, 0, 12, key="k"), _cut(closed, 0, 6, key="k", timeline="source")):
            assert (other.status_code, "Idempotency-Key" in _json(other)["error"]["message"]) == (422, True)

    def test_without_a_key_it_is_asked_for_twice(self, closed: Client, world: World) -> None:
        _cut(closed, 0, 6)
        _cut(closed, 0, 6)

        assert len(_published(world).segments) == 8

    def test_what_was_refused_may_be_meant_later(self, client: Client, world: World) -> None:
        assert _cut(client, 60, 66, key="k").status_code == 422
        source = Source(world.ports.store, world.recording.prefix)
        name = SegmentName(0, 30, 32)
        source.append([StoredSegment(name, 6.0, None, False, 60.0, 66.0, "init", 4)], 6)  # noqa: FBT003 -- it goes on
        source.write()

        assert _cut(client, 60, 66, key="k").status_code == 201


class TestWhatCannotBeCut:
    def test_a_recording_that_is_not_there(self, web: Web) -> None:
        answers = [_cut(web(), 0, 6), web().get(CUTS, base_url=LOCAL), web().delete(CUTS, base_url=LOCAL)]

        assert [answer.status_code for answer in answers] == [404] * 3

    def test_one_of_which_nothing_is_stored_yet(self, web: Web, world: World) -> None:
        world.goes_live()
        world.tick()

        answer = _cut(web(), 0, 6)

        assert (answer.status_code, "nothing of this recording is stored yet" in answer.text) == (404, True)

    def test_one_of_which_nothing_was_kept(self, web: Web, world: World) -> None:
        world.goes_live()
        world.tick()
        close_recording(world.ports, world.recording)

        answer = _cut(web(), 0, 6)

        assert (answer.status_code, "it is FAILED" in answer.text) == (404, True)

    def test_one_that_is_deleted(self, closed: Client) -> None:
        assert closed.delete("/api/v1/recordings/chzzk:c1:1001", base_url=LOCAL).status_code < 300

        answer = _cut(closed, 0, 6)

        assert (answer.status_code, "TERMINATED" in _json(answer)["error"]["message"]) == (409, True)

    def test_one_that_is_confirmed_can_still_be(self, closed: Client) -> None:
        assert closed.post("/api/v1/recordings/chzzk:c1:1001/confirm", base_url=LOCAL).status_code == 200

        assert _cut(closed, 0, 6).status_code == 201

    @pytest.mark.parametrize(("name", "body"), [("edits.json", b"{"), ("source.m3u8", b"#EXTM3U\nnonsense")])
    def test_one_whose_files_are_damaged_says_so_and_is_left_alone(
        self, closed: Client, world: World, name: str, body: bytes
    ) -> None:
        key = world.recording.prefix + name
        world.ports.store.put(key, body, "text/plain", world.ports.store.version(key))

        answer = _cut(closed, 0, 6)

        assert (answer.status_code, "damaged" in _json(answer)["error"]["message"]) == (500, True)
        assert _body(world, name) == body
