"""The commands about exports, as the person at the keyboard sees them, with exporters as the server starts them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, cast

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from mntreamer_local.command_line import downloads, export_progress
from mntreamer_local.command_line.client import ApiClient, CallFailed
from mntreamer_local.command_line.downloads import Target, download_all
from tests.integration.local.test_cli import Run, _api, run
from tests.integration.local.test_web_exports import recording, server
from tests.integration.usecases.conftest import World, world

__all__ = ["_api", "recording", "run", "server", "world"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person is."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(export_progress, "_ASK_EVERY_S", 0.05)
    return here


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.usefixtures("recording", "_api")
class TestExporting:
    def test_a_file_of_what_is_kept_with_the_recordings_name(self, run: Run, folder: Path, world: World) -> None:
        exported = run("export", "1001")

        [file] = folder.iterdir()
        assert exported.code == 0
        assert file.name == f"한글_nickname {world.recording.started_at:%Y-%m-%d} title.mp4"
        assert exported.out.startswith(f"{file.name}  ")
        assert file.read_bytes()[4:8] == b"ftyp"

    def test_a_range_as_another_file(self, run: Run, folder: Path) -> None:
        exported = run("export", "1001", "6", "0:18", "--format", "ts", "--output", "goal.ts", "--json")

        answered = json.loads(exported.out)
        assert (answered["duration_s"], answered["paths"]) == (12.0, ["goal.ts"])
        assert (folder / "goal.ts").stat().st_size == answered["files"][0]["size_bytes"]

    def test_nothing_is_replaced_and_nothing_is_made_for_nothing(self, run: Run, folder: Path) -> None:
        (folder / "goal.mp4").write_text("mine")

        for output, says in (("goal.mp4", "is there already"), ("nowhere/goal.mp4", "there is no folder nowhere")):
            refused = run("export", "1001", "-o", output)
            assert (refused.code, refused.out) == (1, "")
            assert says in refused.err
        assert (folder / "goal.mp4").read_text() == "mine"
        assert run("exports", "1001").out == "there are no exports\n"

    def test_one_that_was_only_ordered_is_downloaded_later(self, run: Run, folder: Path) -> None:
        ordered = run("export", "1001", "--no-wait")
        export_id = ordered.out.splitlines()[1].split()[0]
        assert _names(folder) == []

        assert run("download", "1001", export_id, "-o", "later.mp4").code == 0
        assert _names(folder) == ["later.mp4"]
        assert run("exports", "1001").out.splitlines()[1].split()[:4] == [export_id, "mp4", "0:00:36", "done"]
        assert run("unexport", "1001", export_id) == (0, f"export {export_id} is gone\n", "")
        assert run("download", "1001", export_id).code == 4

    def test_whoever_breaks_it_off_is_told_how_to_go_on(
        self, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(_seconds: float) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr("mntreamer_local.command_line.export_progress.time.sleep", interrupt)
            broken_off = run("export", "1001")

        assert (broken_off.code, broken_off.out) == (130, "")
        advice, *rest = broken_off.err.splitlines()
        assert rest == []
        assert advice.startswith("to go on with it: mntreamer download 1001 ")
        assert run(*advice.split()[6:]).code == 0
        assert len(_names(folder)) == 1

    def test_a_time_that_is_none_orders_nothing(self, run: Run, folder: Path) -> None:
        assert folder.is_dir()
        assert run("export", "1001", "soon").code == 2
        assert run("export", "1001", "", "10").code == 2
        assert run("exports", "1001").out == "there are no exports\n"


@dataclass
class _Answering:
    """An API that answers so, one after another."""

    answers: list[dict[str, Any]]

    def call(self, _method: str, _path: str) -> dict[str, Any]:
        return self.answers.pop(0)


def test_one_that_has_failed_is_told_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_progress, "_ASK_EVERY_S", 0)
    answers = [{"status": status, "progress_percent": 0.0, "problem": "no room"} for status in ("RUNNING", "FAILED")]

    with pytest.raises(CallFailed, match="no room") as failed:
        export_progress.finished(cast("ApiClient", _Answering(answers)), "/exports/e")

    assert failed.value.exit_code == 1


class _Flaky:
    """Serves ten bytes and breaks off in the middle of them, as often as it is told to."""

    body = b"0123456789"

    def __init__(self, breaks: int) -> None:
        self.breaks = breaks
        self.asked_from: list[str | None] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        self.asked_from.append(request.headers.get("Range"))
        assert "Authorization" not in request.headers
        begin = request.range.ranges[0][0] if request.range else 0
        rest = self.body[begin:]
        response = Response(rest, 206 if begin else 200, {"Content-Length": str(len(rest))})
        if self.breaks:
            self.breaks -= 1
            response.set_data(rest[:2])
            response.headers["Content-Length"] = str(len(rest))
        return response(environ, start_response)


@pytest.fixture
def flaky(request: pytest.FixtureRequest) -> Iterator[tuple[_Flaky, str]]:
    app = _Flaky(request.param)
    serving = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=serving.serve_forever, args=[0.01])
    thread.start()
    yield app, f"http://127.0.0.1:{serving.server_port}/file?signature=secret"
    serving.shutdown()
    thread.join()
    serving.server_close()


def _export(url: str, count: int = 1) -> dict[str, Any]:
    return {"export_id": "e", "files": [{"url": url, "size_bytes": len(_Flaky.body)}] * count}


class TestDownloading:
    @pytest.fixture(autouse=True)
    def _bytewise(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(downloads, "_CHUNK_BYTES", 1)

    @pytest.mark.parametrize("flaky", [2], indirect=True)
    def test_goes_on_where_it_broke_off(self, flaky: tuple[_Flaky, str], tmp_path: Path) -> None:
        app, url = flaky

        assert download_all(_export(url), Target(tmp_path / "file.ts")) == [tmp_path / "file.ts"]

        assert (tmp_path / "file.ts").read_bytes() == _Flaky.body
        assert _names(tmp_path) == ["file.ts"]
        assert app.asked_from == ["bytes=0-", "bytes=2-", "bytes=4-"]

    @pytest.mark.parametrize("flaky", [5], indirect=True)
    def test_gives_up_and_goes_on_when_it_is_done_again(self, flaky: tuple[_Flaky, str], tmp_path: Path) -> None:
        app, url = flaky
        app.body = b"0123456789" + b"x" * 10
        export = _export(url) | {"files": [{"url": url, "size_bytes": 20}]}

        with pytest.raises(CallFailed, match="do it again") as failed:
            download_all(export, Target(tmp_path / "file.ts"))

        assert "secret" not in str(failed.value)
        assert not (tmp_path / "file.ts").exists()
        download_all(export, Target(tmp_path / "file.ts"))
        assert (tmp_path / "file.ts").read_bytes() == app.body

    @pytest.mark.parametrize("flaky", [0], indirect=True)
    def test_several_files_are_numbered(self, flaky: tuple[_Flaky, str], tmp_path: Path) -> None:
        _, url = flaky

        download_all(_export(url, 2), Target(tmp_path / "file.ts"))

        assert _names(tmp_path) == ["file-1.ts", "file-2.ts"]
