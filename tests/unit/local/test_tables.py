from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.rows import to_row
from mntreamer_local.command_line.tables import show_recordings, show_streamers
from tests.contract.records import NOON, a_recording, a_streamer, minutes

KST = timezone(timedelta(hours=9))
NOW = NOON.astimezone(KST)
DATA = Path("data")
Lines = Callable[[], list[str]]


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    def shown() -> list[str]:
        return capsys.readouterr().out.splitlines()

    return shown


class TestStreamers:
    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({}, "offline"),
            ({"status": StreamerStatus.PROCESS}, "being checked"),
            ({"status": StreamerStatus.RECORDING, "is_streaming": True, "recording_id": "r"}, "recording"),
            ({"status": StreamerStatus.PROCESS, "is_streaming": True, "recording_id": "r"}, "starting to record"),
            ({"status": StreamerStatus.PROCESS, "is_streaming": False, "recording_id": "r"}, "just ended"),
            ({"is_streaming": True}, "not recorded"),
            ({"paused": True}, "paused"),
        ],
    )
    def test_the_status_is_in_words(self, lines: Lines, facts: dict[str, Any], words: str) -> None:
        show_streamers([to_row(a_streamer(channel_name="예시", **facts))], NOW)
        assert lines()[1].startswith(f"예시     {words}  ")

    @pytest.mark.parametrize(
        ("check_at", "shown"),
        [
            (NOON + minutes(3), "12:03:00"),
            (datetime(2026, 11, 22, 15, 0, 0, tzinfo=UTC), "2026-11-23 00:00:00"),
        ],
    )
    def test_the_next_check_is_local_with_its_date_only_on_another_day(
        self, lines: Lines, check_at: datetime, shown: str
    ) -> None:
        show_streamers([to_row(a_streamer(check_at=check_at))], NOW)
        assert f"  {shown}  " in lines()[1]

    def test_nobody_looks_at_one_who_is_paused(self, lines: Lines) -> None:
        show_streamers([to_row(a_streamer(paused=True))], NOW)
        assert "12:00:00" not in lines()[1]

    def test_problems_stand_below_the_table(self, lines: Lines) -> None:
        problem = "the platform " + "did not answer " * 30 + "[at all]"
        show_streamers([to_row(a_streamer(channel_name="예시", problem=problem)), to_row(a_streamer("c2"))], NOW)
        _, first, second, below = lines()
        assert (first.split()[-1], second.split()[-1]) == ("c1", "c2")
        assert below == f"예시: {problem}"

    @pytest.mark.parametrize(
        ("columns", "shown"),
        [
            (99, f"a name of some length  offline  12:00:00    0       0         {'a' * 32}"),
            (80, f"a name of some length  offline  12:00:00    0       0         {'a' * 17}…"),
            (60, f"a name of some l…  offline  12:00:00    0         {'a' * 9}…"),
            (44, f"a name of …  offline  12:00:00    {'a' * 9}…"),
        ],
    )
    def test_on_a_narrow_terminal_what_can_be_spared_goes_first(
        self, lines: Lines, monkeypatch: pytest.MonkeyPatch, columns: int, shown: str
    ) -> None:
        _on_a_terminal(monkeypatch, columns)
        show_streamers([to_row(a_streamer("a" * 32, channel_name="a name of some length"))], NOW)
        assert lines()[1] == shown

    def test_without_any_it_says_what_to_do(self, lines: Lines) -> None:
        show_streamers([], NOW)
        assert lines() == ["nobody is watched yet: mntreamer add NAME"]


class TestRecordings:
    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (RecordingStatus.RECORDING, "recording"),
            (RecordingStatus.IDLE, "to refine"),
            (RecordingStatus.DONE, "done"),
            (RecordingStatus.FAILED, "failed"),
        ],
    )
    def test_the_state_is_in_words(self, lines: Lines, status: RecordingStatus, words: str) -> None:
        show_recordings([to_row(a_recording(status=status))], DATA, NOW)
        assert f"  {words}" in lines()[1]

    def test_one_line_for_the_facts_and_one_for_the_playlist(self, lines: Lines, tmp_path: Path) -> None:
        figures: dict[str, Any] = {
            "segments": 5,
            "duration_s": 3725.4,
            "size_bytes": 1_234_000_000,
            "lost_segments": 22,
            "gap_s": 44.0,
            "gaps": 3,
            "coverage": 0.988327,
        }
        title = "[bold]긴 제목 " * 30
        folder = tmp_path / "media/chzzk/채널.1f0a9c3e/2026/11/22/1"
        folder.mkdir(parents=True)
        (folder / "index.m3u8").touch()
        elsewhere = to_row(a_recording(prefix="media/chzzk/채널.1f0a9c3e/2026/11/22/2/"))
        show_recordings([to_row(a_recording(title=title, **figures)), elsewhere], tmp_path, NOW)
        _, facts, playlist, _ = lines()
        assert title.strip() in facts
        assert facts.endswith("12:00:00  1:02:05  1.23 GB  98.83 %  44 s in 3 gaps")
        assert playlist == f"  {folder}/index.m3u8"

    @pytest.mark.parametrize(
        ("figures", "shown"),
        [
            ({}, "0.0 MB"),
            ({"coverage": 1.0}, "0.0 MB  100 %"),
            ({"coverage": 0.999999, "gap_s": 2.0, "gaps": 1}, "0.0 MB  99.99 %  2 s in 1 gap"),
            ({"coverage": 0.5, "gap_s": 3725.0, "gaps": 2}, "0.0 MB  50 %  1:02:05 in 2 gaps"),
            ({"coverage": 0.0, "gap_s": 6.0, "gaps": 1}, "0.0 MB  0 %   6 s in 1 gap"),
        ],
        ids=["nothing yet", "all of it", "nearly all", "half", "none"],
    )
    def test_how_much_is_there_and_what_is_not(self, lines: Lines, figures: dict[str, Any], shown: str) -> None:
        show_recordings([to_row(a_recording(**figures))], DATA, NOW)
        assert lines()[1].endswith(shown)

    @pytest.mark.parametrize(
        ("started_at", "shown"),
        [
            (NOON, "12:00:00"),
            (datetime(2026, 11, 21, 14, 59, 0, tzinfo=UTC), "11-21 23:59"),
            (datetime(2025, 12, 31, 14, 0, 0, tzinfo=UTC), "2025-12-31"),
        ],
    )
    def test_when_it_began_in_few_columns(self, lines: Lines, started_at: datetime, shown: str) -> None:
        show_recordings([to_row(a_recording(started_at=started_at))], DATA, NOW)
        assert f"  {shown}  " in lines()[1]

    def test_a_title_breaks_no_line_and_moves_no_cursor(self, lines: Lines) -> None:
        show_recordings([to_row(a_recording(title="one\ntwo\x1b[2Jthree\u2028four"))], DATA, NOW)
        assert "one two [2Jthree four" in lines()[1]

    def test_on_a_terminal_a_long_title_is_cut_and_the_playlist_is_not(
        self, lines: Lines, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        _on_a_terminal(monkeypatch, 80)
        prefix = f"media/{'long/' * 30}"
        (tmp_path / prefix).mkdir(parents=True)
        (tmp_path / prefix / "index.m3u8").touch()
        show_recordings([to_row(a_recording(title="title " * 30, coverage=0.9999, prefix=prefix))], tmp_path, NOW)
        _, facts, playlist = lines()
        assert "…  recording  12:00:00  0:00:00  0.0 MB  99.99 %" in facts
        assert len(facts) <= 80
        assert playlist == f"  {tmp_path / prefix}/index.m3u8"


def _on_a_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
