"""`mntreamer import`, as the person at the keyboard sees it."""

import json
from pathlib import Path

import pytest

from mntreamer_local.sqlite.monitors import SqliteMonitors
from tests.integration.local.test_cli import Run, run
from tests.integration.usecases.original_tables import STREAMERS, A, B, put_tables, streamer_table

__all__ = ["run"]
SEOUL = ("--time-zone", "Asia/Seoul")


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("MNTREAMER_DATA", str(tmp_path / "data"))
    (tmp_path / "tables").mkdir()
    (tmp_path / "data").mkdir()
    return str(put_tables(tmp_path / "tables"))


def watched(tmp_path: Path) -> list[str]:
    return [streamer.channel_id for streamer in SqliteMonitors(tmp_path / "data" / "mntreamer.db").listed(1000)]


def test_the_streamers_are_watched_and_counted(run: Run, tables: str, tmp_path: Path) -> None:
    ended = run("import", tables, *SEOUL)
    assert (ended.code, ended.out) == (0, "2 added; 0 there already, unchanged\n")
    assert sorted(watched(tmp_path)) == [A, B]
    assert run("import", tables, *SEOUL).out == "0 added; 2 there already, unchanged\n"


def test_a_check_adds_nobody(run: Run, tables: str, tmp_path: Path) -> None:
    assert run("import", tables, *SEOUL, "--check").out == "2 would be added; 0 there already, unchanged\n"
    assert watched(tmp_path) == []


def test_a_bad_row_is_told_and_the_others_are_imported(run: Run, tables: str, tmp_path: Path) -> None:
    put_tables(Path(tables), streamer=streamer_table(STREAMERS[0].replace(A, "?"), STREAMERS[1]))
    ended = run("import", tables, *SEOUL)
    assert ended.code == 1
    assert ended.out == "1 added; 0 there already, unchanged; bad and left out: 1\n"
    assert "streamer.csv:2: channel_id is not 32 digits" in ended.err
    assert watched(tmp_path) == [B]


def test_programs_get_the_streamers_and_the_bad_rows(run: Run, tables: str) -> None:
    put_tables(Path(tables), streamer=streamer_table(STREAMERS[0], "1,2,other"))
    ended = run("import", tables, *SEOUL, "--json")
    answered = json.loads(ended.out)
    assert ended.code == 1
    assert [streamer["channel_id"] for streamer in answered["added"]] == [A]
    assert answered["bad"] == [{"where": "streamer.csv:3", "why": "channel_id is empty"}]


def test_without_a_monitor_they_are_paused_and_it_says_so(run: Run, tables: str) -> None:
    put_tables(Path(tables), streamer_monitor="platform_id,streamer_id,check_at,miss_count\n")
    assert "paused, as the original had no monitor for them: 2" in run("import", tables, *SEOUL).out


@pytest.mark.parametrize(
    ("words", "code", "said"), [((), 2, "--time-zone"), (("--time-zone", "Mars"), 1, "Asia/Seoul")]
)
def test_the_time_zone_must_be_given(run: Run, tables: str, words: tuple[str, ...], code: int, said: str) -> None:
    ended = run("import", tables, *words)
    assert ended.code == code
    assert said in ended.err


def test_a_folder_without_the_tables_is_named(run: Run, tables: str, tmp_path: Path) -> None:
    assert tables
    ended = run("import", str(tmp_path), *SEOUL)
    assert (ended.code, ended.out) == (1, "")
    assert "platform.csv cannot be read" in ended.err
