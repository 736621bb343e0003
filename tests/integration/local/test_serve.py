"""Starting and stopping the one-machine server, as the person at the keyboard sees it."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import IO

import pytest
import requests

from demo.waiting import wait_for
from mntreamer.clock import utc_now
from mntreamer.domain.errors import BadInput, SettingMissing
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer_local.command_line.exit_codes import ExitCode, exit_code_of
from mntreamer_local.files.data_folder import only_server
from mntreamer_local.serving import serve as serving
from mntreamer_local.serving.serve import _open, serve
from mntreamer_local.sqlite.monitors import SqliteMonitors
from mntreamer_local.sqlite.recordings import SqliteRecordings
from tests.contract.records import a_recording, a_streamer
from tests.integration.loopback_server import Reply, loopback_server
from tests.integration.recorder.desk import Ill, bundle, open_desk
from tests.integration.usecases.conftest import World, world

__all__ = ["world"]
_WITHIN_S = 30
_PROGRAM = ("-m", "mntreamer_local.command_line.cli")
_WITH_MANY_FILES_OPEN = """
from os import devnull
from mntreamer_local.command_line.cli import main
from mntreamer_local.files.open_files import allow_many_open_files
allow_many_open_files()
files = [open(devnull) for _ in range(1100)]
main()
"""
_WITH_A_RECORDER_THAT_HANGS = """
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from mntreamer_local.serving.recorder_threads import RecorderThreads
from mntreamer_local.serving.serve import _break_off
def hang(*_):
    ThreadPoolExecutor(1).submit(Event().wait).result()
recorders = RecorderThreads(hang, print)
recorders.launch("chzzk:c1:1001", 1)
recorders.finish()
_break_off(recorders.wait(0.1))
"""


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _never_said(text: str) -> None:
    raise AssertionError(f"it must not get as far as saying {text!r}")


@contextmanager
def _server(
    port: int, data: Path, settings: Mapping[str, str], *options: str, program: Sequence[str] = _PROGRAM
) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, *program, "serve", "--port", str(port), "--data", str(data), *options]
    with subprocess.Popen(  # noqa: S603 -- our own server
        command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _read_until(words: str, lines: IO[str] | None) -> str:
    """What was written up to the line with these words; the words must come."""
    assert lines
    read = ""
    for line in lines:
        read += line
        if words in line:
            return read
    raise AssertionError(f"{words!r} never came:\n{read}")


def _rest(lines: IO[str] | None) -> str:
    assert lines
    return lines.read()


class TestRefusing:
    """In words, with nothing started."""

    def test_a_port_that_is_taken(self, world: World, tmp_path: Path) -> None:
        world.goes_live()
        world.tick()
        before = world.recording, world.streamer
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(BadInput, match=f"cannot listen on 127.0.0.1:{port}: Address already in use"):
                serve(tmp_path, "127.0.0.1", port, asks_token=False, say=_never_said)

        assert (world.recording, world.streamer) == before

    @pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104 -- nothing listens there
    def test_others_without_a_token(self, tmp_path: Path, free_port: int, host: str) -> None:
        with pytest.raises(BadInput, match="can be reached from elsewhere: start with --token"):
            serve(tmp_path, host, free_port, asks_token=False, say=_never_said)

    def test_a_second_server_on_the_same_folder(self, tmp_path: Path, free_port: int) -> None:
        with only_server(tmp_path), pytest.raises(BadInput, match="another server is running on"):
            serve(tmp_path, "127.0.0.1", free_port, asks_token=False, say=_never_said)

    @pytest.mark.parametrize("below", [".", "below"])
    def test_a_folder_that_is_a_file(self, tmp_path: Path, free_port: int, below: str) -> None:
        (tmp_path / "file").write_text("")

        with pytest.raises(BadInput, match="nothing can be kept in"):
            serve(tmp_path / "file" / below, "127.0.0.1", free_port, asks_token=False, say=_never_said)

    def test_a_database_that_cannot_be_opened(self, tmp_path: Path, free_port: int) -> None:
        (tmp_path / "mntreamer.db").mkdir()

        with pytest.raises(BadInput, match=r"nothing can be kept in .*unable to open database file"):
            serve(tmp_path, "127.0.0.1", free_port, asks_token=False, say=_never_said)

    def test_the_command_line_says_it_without_a_stack(self, tmp_path: Path, free_port: int) -> None:
        (tmp_path / "file").write_text("")
        with _server(free_port, tmp_path / "file", {}) as process:
            said, complaint = process.communicate(timeout=_WITHIN_S)

        assert (process.returncode, said) == (1, "")
        assert complaint.startswith("mntreamer: nothing can be kept in ")
        assert complaint.count("\n") == 1


def test_the_folder_is_free_again_after_the_server_was_killed(tmp_path: Path, free_port: int) -> None:
    with _server(free_port, tmp_path, {}, "--host", "localhost") as process:
        said = _read_until("Ctrl-C stops it", process.stdout)
        with pytest.raises(BadInput, match="another server"), only_server(tmp_path):
            pass
        process.kill()
        process.wait(_WITHIN_S)

    assert f"http://127.0.0.1:{free_port} " in said
    with only_server(tmp_path):
        pass


def test_what_was_deleted_goes_for_good_while_it_serves(tmp_path: Path, free_port: int) -> None:
    past = utc_now() - timedelta(days=1)
    deleted = a_recording(status=RecordingStatus.TERMINATED, purge_at=past)
    recordings = SqliteRecordings(tmp_path / "mntreamer.db")
    recordings.open(deleted, past.date())
    segment = tmp_path / deleted.prefix / "segments" / "000-0000000000-0000000002.ts"
    segment.parent.mkdir(parents=True)
    segment.touch()

    def purged_at() -> datetime | None:
        row = recordings.get(deleted.recording_id)
        return row.purged_at if row else None

    with _server(free_port, tmp_path, {}) as process:
        wait_for("the sweep", purged_at, _WITHIN_S)
        process.terminate()
        process.wait(_WITHIN_S)

    assert not (tmp_path / "media").exists()


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM])
def test_more_signals_while_it_stops_break_nothing(tmp_path: Path, free_port: int, first: signal.Signals) -> None:
    SqliteMonitors(tmp_path / "mntreamer.db").add(a_streamer("a" * 32))
    with loopback_server() as chzzk:
        probe = Barrier(2)  # the stop waits for this answer
        chzzk.replies = _Always(Reply(after=probe))
        settings = {"MNTREAMER_CHZZK_API": chzzk.url, "MNTREAMER_ALLOWED_HOSTS": "127.0.0.1"}
        with _server(free_port, tmp_path, settings) as process:
            _read_until("Ctrl-C stops it", process.stdout)
            wait_for("the channel is asked", lambda: chzzk.seen or None, _WITHIN_S)
            process.send_signal(first)
            log = _read_until("stopping", process.stderr)
            for again in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
                process.send_signal(again)
            probe.wait(_WITHIN_S)
            log += _rest(process.stderr)
            code = process.wait(_WITHIN_S)

    assert code == 0
    assert "Traceback" not in log


def test_it_answers_with_more_than_a_thousand_files_open(tmp_path: Path, free_port: int) -> None:
    with _server(free_port, tmp_path, {}, program=("-c", _WITH_MANY_FILES_OPEN)) as process:
        _read_until("Ctrl-C stops it", process.stdout)
        assert requests.get(f"http://127.0.0.1:{free_port}/api/v1/health", timeout=_WITHIN_S).ok
        process.send_signal(signal.SIGTERM)
        assert process.wait(_WITHIN_S) == 0


def test_a_recorder_that_hangs_does_not_keep_the_server_from_ending() -> None:
    command = [sys.executable, "-c", _WITH_A_RECORDER_THAT_HANGS]
    ended = subprocess.run(  # noqa: S603 -- our own launcher
        command, timeout=_WITHIN_S, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "chzzk:c1:1001 #1 did not finish" in ended.stderr


class _Always(dict[str, Reply]):
    """Lays down the same answer for every path."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self._reply = reply

    def get(self, _path: str, _default: object = None) -> Reply:
        return self._reply


def test_what_a_crash_left_in_the_spool_is_stored_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk(tmp_path, monkeypatch) as desk:
        desk.store.before = Ill()
        shelf = desk.shelf()
        shelf.keep([bundle(0), bundle(1)])
        desk.wait_for_files(2)
        shelf.close()
        kept = [f"{desk.recording.prefix}segments/{bundle(number).name.file}" for number in (0, 1)]
    (tmp_path / "spool").rename(tmp_path / "data" / "spool")

    with ExitStack() as opened:
        machine, _, _ = _open(tmp_path / "data", opened)

    assert list(machine.store.list_keys(f"{desk.recording.prefix}segments/")) == kept


def test_without_the_page_s_packages_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_port: int
) -> None:
    monkeypatch.setattr(serving, "PAGE", tmp_path)

    with pytest.raises(SettingMissing, match="'make console' puts it there"):
        serve(tmp_path / "data", "127.0.0.1", free_port, asks_token=False, say=print)
    assert exit_code_of(SettingMissing("")) == ExitCode.REFUSED
    assert not (tmp_path / "data").exists()
