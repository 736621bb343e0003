"""Exports as a client of the one-machine server sees them, with exporters as the server starts them."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from demo.waiting import wait_for
from mntreamer.api.console.console import Console
from mntreamer.api.door.door import Door
from mntreamer.api.routes import build_api
from mntreamer.clock import utc_now
from mntreamer.domain.exports.export import ATTEMPTS, LEASE
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.exports.remove_exports import expire_exports, remove_exports
from mntreamer.usecases.refining.edit_recording import edit_recording
from mntreamer_local.composition import PAGE, open_machine
from mntreamer_local.files.publishing_store import PublishingStore
from mntreamer_local.serving.exporters import with_exporters
from mntreamer_local.serving.prometheus import Metrics
from mntreamer_local.serving.web import WebApp
from tests.faults.takes import Encoding
from tests.integration.exporter.stored_recording import StoredRecording, content_of
from tests.integration.local.refined import LOCAL, RECORDING, call
from tests.integration.usecases.conftest import World, world

__all__ = ["world"]
EXPORTS = RECORDING + "/exports"
MP4 = {"format": "mp4"}
SCENE = Encoding(1)
WITHIN_S = 30.0


@pytest.fixture
def server(world: World, tmp_path: Path) -> Iterator[World]:
    """The world, with real exporters. Those know the real time, so that it is what the world begins at."""
    world.now[0] = utc_now()
    world.ports.monitors.update("chzzk:c1", {"check_at": world.now[0]})
    with ExitStack() as opened:
        world.ports = with_exporters(world.ports, open_machine(tmp_path), opened)
        yield world


@pytest.fixture
def client(server: World) -> Client:
    return web(server)


def web(world: World) -> Client:
    store = world.ports.store
    assert isinstance(store, PublishingStore)
    api = build_api(world.ports, Door("token", is_asked=False), None, Console(PAGE))
    metrics = Metrics(lambda: pytest.fail("nobody asks"), {})
    return Client(WebApp(api, store, store._links, metrics, only_local=True, public_files=False))


def begin(world: World) -> None:
    world.goes_live()
    world.tick()


@pytest.fixture
def recording(server: World) -> StoredRecording:
    begin(server)
    recording = StoredRecording(server.ports.store, server.recording.prefix)
    recording.record(SCENE, 6)
    return recording


def refused(client: Client, method: str, path: str, body: Any = None) -> tuple[int, str]:
    answer = client.open(path, method=method, base_url=LOCAL, json=body)
    assert answer.json
    return answer.status_code, answer.json["error"]["message"]


def ordered(client: Client, body: Any) -> str:
    """The path of an export that was ordered."""
    answer = client.post(EXPORTS, base_url=LOCAL, json=body)
    assert answer.status_code == 202, answer.text
    assert answer.json
    assert (answer.json["status"], answer.json["progress_percent"], answer.json["files"]) == ("QUEUED", 0.0, [])
    return f"{EXPORTS}/{answer.json['export_id']}"


def when(client: Client, path: str, status: str) -> Any:
    """The export, once it has this status."""

    def asked() -> Any:
        answer = call(client, "GET", path)
        return answer if answer["status"] == status else None

    return wait_for(f"it is {status}", asked, WITHIN_S)


def downloaded(client: Client, url: str) -> bytes:
    answer = client.get(url.removeprefix(LOCAL), base_url=LOCAL)
    assert answer.status_code == 200, answer.text
    body: bytes = answer.data
    return body


def kept(recording: StoredRecording, *positions: int) -> list[str]:
    return [picture for content in recording.contents(positions) for picture in content.pictures]


class TestExporting:
    def test_what_cuts_leave_is_a_file_to_download(self, client: Client, recording: StoredRecording) -> None:
        call(client, "POST", RECORDING + "/cuts", {"begin": 6, "end": 18})

        export = when(client, ordered(client, MP4), "DONE")

        assert (export["duration_s"], export["progress_percent"], export["problem"]) == (24.0, 100.0, None)
        [file] = export["files"]
        body = downloaded(client, file["url"])
        assert len(body) == file["size_bytes"]
        assert list(content_of(body).pictures) == kept(recording, 0, 3, 4, 5)
        assert (file["duration_s"], file["coding"].split(",")[0]) == (24.0, "h264 160x90")

    @pytest.mark.usefixtures("recording")
    def test_a_download_can_go_on_where_it_broke_off(self, client: Client) -> None:
        [file] = when(client, ordered(client, MP4), "DONE")["files"]
        url = file["url"].removeprefix(LOCAL)
        rest = client.get(url, base_url=LOCAL, headers={"Range": "bytes=1000-"})
        assert (rest.status_code, rest.mimetype) == (206, "video/mp4")
        assert rest.data == downloaded(client, url)[1000:]
        assert client.get(url.partition("?")[0], base_url=LOCAL).status_code == 403

    @pytest.mark.parametrize("timeline", ["published", "source"])
    def test_a_range_counts_on_the_timeline_that_is_said(
        self, client: Client, recording: StoredRecording, timeline: str
    ) -> None:
        call(client, "POST", RECORDING + "/cuts", {"begin": 6, "end": 12})
        wish = {"format": "ts", "begin": 6, "end": 18, "timeline": timeline}
        [file] = when(client, ordered(client, wish), "DONE")["files"]
        expected = kept(recording, 2, 3) if timeline == "published" else kept(recording, 2)
        assert list(content_of(downloaded(client, file["url"])).pictures) == expected

    def test_what_is_cut_after_the_order_is_still_in_it(self, client: Client, recording: StoredRecording) -> None:
        path = ordered(client, MP4)
        call(client, "POST", RECORDING + "/cuts", {"begin": 0, "end": 30})
        [file] = when(client, path, "DONE")["files"]
        assert list(content_of(downloaded(client, file["url"])).pictures) == kept(recording, *range(6))

    def test_a_recording_that_still_grows_is_exported_as_far_as_it_is(
        self, client: Client, recording: StoredRecording
    ) -> None:
        recording.list_all(ended=False)
        export = when(client, ordered(client, MP4 | {"begin": 30}), "DONE")
        assert export["duration_s"] == 6.0

    @pytest.mark.usefixtures("recording")
    def test_they_are_listed_newest_first_and_removed_with_their_files(self, server: World, client: Client) -> None:
        first = ordered(client, MP4)
        server.later(seconds=1)
        second = ordered(client, {"format": "ts"})
        done = [when(client, path, "DONE") for path in (second, first)]
        assert [one["export_id"] for one in call(client, "GET", EXPORTS)["exports"]] == [
            one["export_id"] for one in done
        ]
        assert client.delete(first, base_url=LOCAL).status_code == 204
        assert refused(client, "GET", first)[0] == refused(client, "DELETE", first)[0] == 404
        url = done[1]["files"][0]["url"].removeprefix(LOCAL)
        assert client.get(url, base_url=LOCAL).status_code == 404
        assert [one["export_id"] for one in call(client, "GET", EXPORTS)["exports"]] == [done[0]["export_id"]]

    @pytest.mark.parametrize(
        ("wish", "said"),
        [
            (MP4 | {"begin": 12, "end": 12}, "must lie before end"),
            (MP4 | {"begin": 36}, "must lie before end"),
            (MP4 | {"begin": 12, "end": 99}, "beyond the end"),
            (MP4 | {"begin": -1}, "before the recording's begin"),
            (MP4 | {"begin": 1, "end": 2}, "nothing is left to export"),
            ({"format": "avi"}, "format"),
            ({}, "format"),
            (MP4 | {"begin": "6"}, "begin"),
        ],
    )
    @pytest.mark.usefixtures("recording")
    def test_what_cannot_be_meant_is_refused(self, client: Client, wish: Any, said: str) -> None:
        status, message = refused(client, "POST", EXPORTS, wish)
        assert status == 422
        assert said in message
        assert call(client, "GET", EXPORTS)["exports"] == []


class TestStates:
    def test_before_anything_is_stored_there_is_nothing_to_export(self, server: World, client: Client) -> None:
        begin(server)
        assert refused(client, "POST", EXPORTS, MP4)[0] == 404

    @pytest.mark.usefixtures("recording")
    def test_a_deleted_recording_is_not_exported_nor_are_its_exports_given_out(
        self, server: World, client: Client
    ) -> None:
        path = ordered(client, MP4)
        when(client, path, "DONE")
        server.ports.recordings.update(server.recording.recording_id, {"status": RecordingStatus.TERMINATED}, {})
        for method, asked, body in (("POST", EXPORTS, MP4), ("GET", EXPORTS, None), ("GET", path, None)):
            status, message = refused(client, method, asked, body)
            assert status == 409
            assert "TERMINATED" in message

    @pytest.mark.usefixtures("recording")
    def test_one_that_is_just_being_deleted_is_not_exported(self, server: World, client: Client) -> None:
        edit_recording(server.ports, server.recording, lambda edited: replace(edited.edits, is_withdrawn=True))
        assert refused(client, "POST", EXPORTS, MP4)[0] == 409

    @pytest.mark.usefixtures("recording")
    def test_what_nobody_ordered_is_not_there(self, client: Client) -> None:
        for export_id in ("20261122T030000Z-0a1b2c3d", "..", "x"):
            assert refused(client, "GET", f"{EXPORTS}/{export_id}")[0] == 404

    @pytest.mark.usefixtures("recording")
    def test_its_time_is_over_after_a_week(self, server: World, client: Client) -> None:
        path = ordered(client, MP4)
        when(client, path, "DONE")
        assert expire_exports(server.ports, 100) == 0
        server.later(days=7, minutes=5)
        expired = call(client, "GET", path)
        assert (expired["status"], expired["files"]) == ("EXPIRED", [])
        assert expire_exports(server.ports, 100) == 1
        assert refused(client, "GET", path)[0] == 404
        assert list(server.ports.store.list_keys("exports/")) == []

    @pytest.mark.usefixtures("recording")
    def test_they_go_with_their_recording(self, server: World, client: Client) -> None:
        when(client, ordered(client, MP4), "DONE")
        remove_exports(server.ports.store, server.recording.recording_id)
        assert list(server.ports.store.list_keys("exports/")) == []


class TestAnExporterThatDies:
    def test_who_asks_after_the_lease_has_it_made_anew(
        self, server: World, client: Client, recording: StoredRecording, stuck: Callable[[], None], tmp_path: Path
    ) -> None:
        path = ordered(client, MP4)
        when(client, path, "RUNNING")
        wait_for("half a file is written", lambda: hidden_files(tmp_path) or None, WITHIN_S)
        kill_exporter(server)
        wait_for("what was half done is gone", lambda: not hidden_files(tmp_path) or None, WITHIN_S)
        stuck()
        assert call(client, "GET", path)["status"] == "RUNNING"

        after_the_lease(server, client, path)
        export = when(client, path, "DONE")

        assert export["attempt"] == 2
        [file] = export["files"]
        assert list(content_of(downloaded(client, file["url"])).pictures) == kept(recording, *range(6))
        assert hidden_files(tmp_path) == []

    @pytest.mark.usefixtures("recording")
    def test_one_that_always_dies_fails_with_the_reason(
        self, server: World, client: Client, stuck: Callable[[], None]
    ) -> None:
        path = ordered(client, MP4)
        for attempt in range(1, ATTEMPTS + 1):
            assert when(client, path, "RUNNING")["attempt"] == attempt
            kill_exporter(server)
            after_the_lease(server, client, path)
        failed = call(client, "GET", path)
        assert (failed["status"], failed["files"]) == ("FAILED", [])
        assert failed["problem"].startswith("3 exporters in a row did not come to its end")
        assert failed["problem_coded"]["code"] == "exporters_in_vain"
        stuck()

    @pytest.fixture
    def stuck(self, recording: StoredRecording, tmp_path: Path) -> Callable[[], None]:
        """The last segment cannot be read until the test says so."""
        last = tmp_path / f"{recording.prefix}segments/{recording.segments[-1].name.file}"
        body = last.read_bytes()
        last.unlink()
        os.mkfifo(last)

        def read_again() -> None:
            last.unlink()
            last.write_bytes(body)

        return read_again


def hidden_files(folder: Path) -> list[Path]:
    return list((folder / "exports").rglob(".upload-*"))


def kill_exporter(server: World) -> None:
    launcher: Any = server.ports.exporters
    [child] = wait_for("it runs", lambda: launcher._running or None, WITHIN_S)
    os.kill(child.pid, signal.SIGKILL)
    wait_for("it is gone", lambda: not launcher._running or None, WITHIN_S)


def after_the_lease(server: World, client: Client, path: str) -> None:
    """Somebody asks then; the exporter that is started by that knows only the real time."""
    server.now[0] = utc_now() + LEASE
    call(client, "GET", path)
    server.now[0] = utc_now()
