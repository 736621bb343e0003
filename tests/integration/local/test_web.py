"""The API and the files as a client of the one-machine server sees them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from werkzeug.test import Client, TestResponse

from mntreamer.api.console.console import Console
from mntreamer.api.door.door import Door
from mntreamer.api.routes import build_api
from mntreamer.domain.errors import SettingMissing
from mntreamer.domain.monitors.probe import Channel
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.segments.stored_segment import StoredSegment, to_metadata
from mntreamer.domain.times import to_iso
from mntreamer.usecases.monitors.measure_health import measure_health
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.stored.ledger import Ledger
from mntreamer_local.composition import PAGE
from mntreamer_local.files.publishing_store import PublishingStore
from mntreamer_local.serving.prometheus import Metrics
from mntreamer_local.serving.web import WebApp
from tests.contract.records import NOON
from tests.integration.usecases.conftest import World, world

__all__ = ["world"]
TOKEN = "the token"
LOCAL = "http://127.0.0.1:8080"
Web = Callable[..., Client]


@pytest.fixture
def web(world: World) -> Web:
    def client(*, asks_token: bool = False, public_files: bool = False) -> Client:
        store = world.ports.store
        assert isinstance(store, PublishingStore)
        api = build_api(world.ports, Door(TOKEN, is_asked=asks_token), None, Console(PAGE))
        metrics = Metrics(partial(measure_health, world.ports), {})
        return Client(WebApp(api, store, store._links, metrics, only_local=not asks_token, public_files=public_files))

    return client


def _get(client: Client, path: str, **headers: str) -> TestResponse:
    return client.get(path, base_url=LOCAL, headers=headers)


def _record(world: World) -> bytes:
    """A closed recording of one segment; the segment's bytes."""
    world.goes_live()
    world.tick()
    segment = StoredSegment(
        name=SegmentName(0, 9, 11),
        duration_s=6.0,
        program_date_time=NOON,
        discontinuity=False,
        first_pts_s=0.0,
        last_pts_s=6.0,
        init_digest="init",
        size_bytes=1000,
    )
    body = bytes(range(250)) * 4
    world.ports.store.put_new(
        f"{world.recording.prefix}segments/{segment.name.file}", body, "video/mp2t", to_metadata(segment)
    )
    close_recording(world.ports, world.recording)
    return body


class TestStreamers:
    def test_adding_listing_getting_and_removing(self, web: Web, world: World) -> None:
        world.platform.channels = [Channel("a" * 32, "예시")]
        client = web()
        body = {"platform": "chzzk", "nickname": "예시"}

        added = client.post("/api/v1/streamers", base_url=LOCAL, json=body)
        again = client.post("/api/v1/streamers", base_url=LOCAL, json=body)
        listed = _get(client, "/api/v1/streamers").json
        path = f"/api/v1/streamers/chzzk/{'a' * 32}"
        got = _get(client, path)

        assert (added.status_code, again.status_code) == (201, 200)
        assert added.json == again.json == got.json
        assert listed
        assert added.json in listed["streamers"]
        assert client.delete(path, base_url=LOCAL).status_code == 204
        assert _get(client, path).status_code == 404

    def test_candidates_come_with_the_conflict(self, web: Web, world: World) -> None:
        world.platform.channels = [Channel("a" * 32, "예시"), Channel("b" * 32, "예시2")]

        answer = web().post("/api/v1/streamers", base_url=LOCAL, json={"platform": "chzzk", "nickname": "예"})

        assert answer.status_code == 409
        assert answer.json
        assert [c["channel_name"] for c in answer.json["error"]["candidates"]] == ["예시", "예시2"]

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            ({}, "platform"),
            ({"platform": "chzzk"}, "exactly one"),
            ({"platform": "chzzk", "nickname": "a", "url": "b"}, "exactly one"),
            ({"platform": "chzzk", "nickname": ""}, "nickname"),
            ({"platform": "chzzk", "nickname": "x" * 501}, "nickname"),
            ({"platform": "chzzk", "nickname": 5}, "nickname"),
            ({"platform": "chzzk", "nickname": "a", "extra": 1}, "extra"),
            ({"platform": "nowhere", "nickname": "a"}, "there are: chzzk"),
            ([1], "body"),
        ],
    )
    def test_bad_input_is_a_4xx_that_says_what_is_wrong(self, web: Web, body: object, says: str) -> None:
        answer = web().post("/api/v1/streamers", base_url=LOCAL, json=body)

        assert 400 <= answer.status_code < 500
        assert answer.json
        assert says in answer.json["error"]["message"]

    @pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"platform": ' + b"9" * 5000 + b"}"])
    def test_a_body_that_is_no_json_is_refused(self, web: Web, body: bytes) -> None:
        answer = web().post("/api/v1/streamers", base_url=LOCAL, data=body, content_type="application/json")

        assert answer.status_code == 422
        assert "JSON" in (answer.json or {})["error"]["message"]

    def test_a_form_is_refused(self, web: Web) -> None:
        answer = web().post("/api/v1/streamers", base_url=LOCAL, data={"platform": "chzzk"})

        assert answer.status_code == 400

    def test_platforms_are_listed(self, web: Web) -> None:
        assert _get(web(), "/api/v1/platforms").json == {"platforms": [{"name": "chzzk", "title": "CHZZK"}]}


class TestPlayback:
    def test_the_playlist_url_plays_from_any_origin_and_its_segments_can_be_sought_in(
        self, web: Web, world: World
    ) -> None:
        body = _record(world)
        client = web()
        [recording] = (_get(client, "/api/v1/recordings").json or {})["recordings"]
        url = recording["playlist_url"]

        playlist = _get(client, url.removeprefix(LOCAL), Origin="https://elsewhere.example")
        segment_path = url.removeprefix(LOCAL).replace("index.m3u8", "segments/000-0000000009-0000000011.ts")
        redirect = _get(client, segment_path)
        part = _get(client, redirect.headers["Location"].removeprefix(LOCAL), Range="bytes=10-19")
        whole = _get(client, redirect.headers["Location"].removeprefix(LOCAL))

        assert url.startswith(LOCAL + "/play/")
        assert playlist.status_code == 200
        assert playlist.headers["Content-Type"].startswith("application/vnd.apple.mpegurl")
        assert playlist.headers["Access-Control-Allow-Origin"] == "*"
        assert redirect.status_code == 302
        assert (part.status_code, part.data) == (206, body[10:20])
        assert part.headers["Access-Control-Allow-Origin"] == "*"
        assert (whole.data, whole.headers["Content-Type"]) == (body, "video/mp2t")

    def test_a_recording_is_told_with_its_playlist(self, web: Web, world: World) -> None:
        _record(world)

        answer = _get(web(), "/api/v1/recordings/chzzk:c1:1001").json

        assert answer
        assert (answer["status"], answer["segments"], answer["duration_s"]) == ("IDLE", 1, 6.0)
        assert answer["playlist_url"].endswith("/index.m3u8")
        assert answer["cost_dollars"] is None

    def test_a_recording_tells_what_it_lacks(self, web: Web, world: World) -> None:
        world.goes_live()
        world.tick()
        ledger = Ledger(world.ports.store, world.recording)
        ledger.note([Loss(0, 12, Cause.DAMAGED, "no picture", NOON, 2.0)])
        ledger.write(world.recording, ())
        close_recording(world.ports, world.recording)

        recording = _get(web(), "/api/v1/recordings/chzzk:c1:1001").json or {}
        answer = _get(web(), "/api/v1/recordings/chzzk:c1:1001/gaps").json

        sums = ("gaps", "gap_s", "lost_segments", "coverage", "start_delay_s")
        assert [recording[name] for name in sums] == [1, 2.0, 1, 0.0, None]
        place = {"epoch": 0, "first": 12, "last": 12, "begin": to_iso(NOON), "duration_s": 2.0}
        assert answer == {"gaps": [place | {"cause": "damaged", "why": "no picture"}]}

    def test_there_are_no_gaps_of_a_recording_that_is_not_there(self, web: Web) -> None:
        assert _get(web(), "/api/v1/recordings/chzzk:c1:1/gaps").status_code == 404

    def test_a_link_ends(self, web: Web, world: World) -> None:
        _record(world)
        answer = _get(web(), "/api/v1/recordings/chzzk:c1:1001").json or {}
        world.later(days=2)

        assert _get(web(), answer["playlist_url"].removeprefix(LOCAL)).status_code == 410

    def test_a_page_of_any_origin_is_told_why_nothing_is_played(self, web: Web, world: World) -> None:
        _record(world)
        path = (_get(web(), "/api/v1/recordings/chzzk:c1:1001").json or {})["playlist_url"].removeprefix(LOCAL)

        for gone in (
            path.replace("index", "other"),
            path.replace("index.m3u8", "segments/x.ts"),
            "/play/x/index.m3u8",
        ):
            answer = _get(web(), gone, Origin="https://elsewhere.example")
            assert 400 <= answer.status_code < 500
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Origin" not in _get(web(), "/api/v1/recordings").headers

    @pytest.mark.parametrize(
        "file", ["edits.json", "segments/..%2f..%2fsource.m3u8", "segments/../source.m3u8", "recording.json"]
    )
    def test_a_link_opens_nothing_but_the_playlist_and_its_segments(self, web: Web, world: World, file: str) -> None:
        _record(world)
        answer = _get(web(), "/api/v1/recordings/chzzk:c1:1001").json or {}
        path = answer["playlist_url"].removeprefix(LOCAL).replace("index.m3u8", file)

        assert _get(web(), path).status_code == 404

    @pytest.mark.parametrize(
        "query", ["limit=0", "limit=x", "limit=1000", "cursor=yesterday", "cursor=WzEsMl0", "status=GONE"]
    )
    def test_a_bad_query_is_refused(self, web: Web, query: str) -> None:
        assert _get(web(), f"/api/v1/recordings?{query}").status_code == 422


class TestFiles:
    def test_without_a_signature_no_file_is_given_out(self, web: Web, world: World, tmp_path: Path) -> None:
        _record(world)
        (tmp_path / "token").write_text(TOKEN)
        for path in ("/files/token", f"/files/{world.recording.prefix}index.m3u8", "/files/mntreamer.db"):
            assert _get(web(), path).status_code == 403

    def test_with_public_playback_media_are_given_out_and_nothing_else(
        self, web: Web, world: World, tmp_path: Path
    ) -> None:
        _record(world)
        (tmp_path / "token").write_text(TOKEN)
        client = web(public_files=True)

        assert _get(client, f"/files/{world.recording.prefix}index.m3u8").status_code == 200
        segment = f"{world.recording.prefix}segments/000-0000000009-0000000011.ts"
        assert _get(client, f"/files/{segment}").status_code == 200
        (tmp_path / world.recording.prefix / "live.m3u8").write_text("#EXTM3U")
        assert _get(client, f"/files/{world.recording.prefix}live.m3u8").status_code == 200
        for name in ("source.m3u8", "recording.json", "edits.json", "poster.ts"):
            (tmp_path / world.recording.prefix / name).write_text("not for everybody")
            assert _get(client, f"/files/{world.recording.prefix}{name}").status_code == 403
        for path in ("token", "mntreamer.db", "a.ts", "media/../token", "segments/a.ts", "index.m3u8"):
            assert _get(client, f"/files/{path}").status_code == 403
        for path in ("../token", "%2e%2e/%2e%2e/etc/hosts.ts", "media/a/segments/b.ts"):
            assert _get(client, f"/files/{path}").status_code == 404

    @pytest.mark.parametrize("public_files", [True, False])
    def test_what_can_be_no_file_is_not_found(self, web: Web, *, public_files: bool) -> None:
        client = web(public_files=public_files)

        assert _get(client, "/files/%00.ts").status_code == 404
        assert _get(client, f"/files/media/a/segments/{'x' * 300}.ts").status_code == (404 if public_files else 403)

    def test_head_tells_what_get_would_bring(self, web: Web, world: World) -> None:
        body = _record(world)
        path = f"/files/{world.recording.prefix}segments/000-0000000009-0000000011.ts"

        answer = web(public_files=True).head(path, base_url=LOCAL)

        assert (answer.status_code, answer.data) == (200, b"")
        assert answer.headers["Content-Length"] == str(len(body))


class TestHead:
    def test_is_answered_as_get_without_a_body(self, web: Web, world: World) -> None:
        _record(world)
        client = web()
        [recording] = (_get(client, "/api/v1/recordings").json or {})["recordings"]
        playlist = recording["playlist_url"].removeprefix(LOCAL)
        segment = playlist.replace("index.m3u8", "segments/000-0000000009-0000000011.ts")
        for path in (playlist, segment, "/api/v1/recordings", "/api/v1/health", "/nothing"):
            got, head = _get(client, path), client.head(path, base_url=LOCAL)

            assert (head.status_code, head.data) == (got.status_code, b"")
            assert dict(head.headers) == dict(got.headers)

    def test_the_door_is_shut_to_it_too(self, web: Web) -> None:
        assert web(asks_token=True).head("/api/v1/recordings", base_url=LOCAL).status_code == 401


class TestWhatNobodyExpected:
    @pytest.mark.parametrize("path", ["/api/v1/recordings/chzzk:c1:1001", "/files/media/a/index.m3u8"])
    def test_is_answered_without_details_and_logged_by_its_place(
        self, web: Web, world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, path: str
    ) -> None:
        def fail(_: str) -> None:
            raise RuntimeError("https://media.example/x?signature=secret")

        monkeypatch.setattr(world.ports.recordings, "get", fail)
        monkeypatch.setattr(world.ports.store, "path", fail)

        answer = _get(web(), path)

        assert answer.status_code == 500
        assert answer.json
        assert answer.json["error"]["code"] == "error"
        assert "RuntimeError at " in caplog.text
        assert "test_web.py:" in caplog.text
        assert "secret" not in answer.text + caplog.text


class TestAtOnce:
    def test_a_slow_request_holds_up_no_other_and_is_not_mixed_up_with_it(
        self, web: Web, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _record(world)
        client, get = web(), world.ports.recordings.get
        slow_came, slow_may_go = Event(), Event()

        def slow_get(recording_id: str) -> Recording | None:
            slow_came.set()
            assert slow_may_go.wait(10)
            return get(recording_id)

        monkeypatch.setattr(world.ports.recordings, "get", slow_get)
        with ThreadPoolExecutor(2) as pool:
            slow = pool.submit(client.get, "/api/v1/recordings/chzzk:c1:1001", base_url="http://localhost:1111")
            assert slow_came.wait(10)
            try:
                quick = pool.submit(client.get, "/api/v1/recordings", base_url=LOCAL).result(10)
            finally:
                slow_may_go.set()

        assert (slow.result().json or {})["playlist_url"].startswith("http://localhost:1111/play/")
        assert (quick.json or {})["recordings"][0]["playlist_url"].startswith(LOCAL)


class TestTheDoor:
    @pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer ", TOKEN, f"Basic {TOKEN}", "Bearer 한글"])
    def test_everything_behind_it_is_refused_without_the_token(self, web: Web, header: str | None) -> None:
        client = web(asks_token=True)
        headers = {"Authorization": header.encode().decode("latin-1")} if header else {}
        for path in ("/api/v1/streamers", "/api/v1/recordings", "/api/v1/platforms", "/nothing"):
            assert client.get(path, base_url=LOCAL, headers=headers).status_code == 401

    def test_the_token_opens_it(self, web: Web) -> None:
        answer = _get(web(asks_token=True), "/api/v1/streamers", Authorization=f"Bearer {TOKEN}")

        assert answer.status_code == 200

    @pytest.mark.parametrize("path", ["/api/v1/health", "/metrics"])
    def test_health_is_open(self, web: Web, path: str) -> None:
        assert _get(web(asks_token=True), path).status_code == 200

    def test_a_body_is_not_even_read_before_it(self, web: Web) -> None:
        answer = web(asks_token=True).post("/api/v1/streamers", base_url=LOCAL, data=b"{", content_type="text/plain")

        assert answer.status_code == 401

    @pytest.mark.parametrize(
        "headers",
        [
            {"Host": "evil.example"},
            {"Host": "127.0.0.1.evil.example:8080"},
            {"Host": "192.168.0.1:8080"},
            {"Host": "[::2]:8080"},
            {"Host": "[::1"},
            {"Origin": "https://evil.example"},
        ],
    )
    def test_without_a_token_other_sites_pages_are_refused(self, web: Web, headers: dict[str, str]) -> None:
        assert web().get("/api/v1/streamers", base_url=LOCAL, headers=headers).status_code == 403

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.2:8080", "[::1]:8080", "[::1]"])
    def test_this_machine_has_several_names(self, web: Web, host: str) -> None:
        assert web().get("/api/v1/streamers", base_url=LOCAL, headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize("token", ["", " "])
    def test_there_is_none_without_a_token(self, token: str) -> None:
        with pytest.raises(SettingMissing):
            Door(token)

    def test_a_body_that_is_too_large_is_refused(self, web: Web) -> None:
        answer = web().post(
            "/api/v1/streamers", base_url=LOCAL, data=b"x" * 2_000_000, content_type="application/json"
        )

        assert answer.status_code == 413
        assert "1000000 bytes" in (answer.json or {})["error"]["message"]
