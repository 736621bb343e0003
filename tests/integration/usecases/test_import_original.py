"""The original's streamers are taken over: what is kept of them, what is not, and what is bad."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mntreamer.domain.errors import BadInput
from mntreamer.domain.monitors.streamer import Streamer, StreamerStatus
from mntreamer.ports import Monitors
from mntreamer.usecases.monitors.import_original import Imported, Outcome, import_original, streamers_in
from mntreamer.usecases.monitors.import_tables import COLUMNS, read_tables, zone_named
from mntreamer_local.sqlite.monitors import SqliteMonitors
from tests.contract.records import NOON, a_streamer, minutes
from tests.integration.usecases.original_tables import MONITORS, STREAMERS, A, B, C, put_tables, streamer_table

SEOUL = zone_named("Asia/Seoul")


@pytest.fixture
def monitors(tmp_path: Path) -> Monitors:
    return SqliteMonitors(tmp_path / "mntreamer.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tables").mkdir()
    return put_tables(tmp_path / "tables")


def imported(monitors: Monitors, folder: Path, *, writes: bool = True) -> list[Imported]:
    readable = streamers_in(read_tables(folder, SEOUL), {"chzzk"}, SEOUL, NOON)
    return list(import_original(monitors, readable, writes=writes))


def outcomes(results: list[Imported]) -> dict[str, str]:
    return {one.where: one.why or one.outcome for one in results}


def stored(monitors: Monitors, channel_id: str) -> Streamer:
    streamer = monitors.get(f"chzzk:{channel_id}")
    assert streamer
    return streamer


class TestWhatIsTakenOver:
    def test_who_it_is_and_how_it_was_watched(self, monitors: Monitors, folder: Path) -> None:
        imported(monitors, folder)
        assert stored(monitors, A) == Streamer(
            streamer_id=f"chzzk:{A}",
            platform="chzzk",
            channel_id=A,
            nickname="예시",
            channel_name="예시 채널",
            added_at=NOON,
            check_at=NOON - timedelta(milliseconds=123) + minutes(30),
            miss_count=30,
            priority=5,
            recorded=3,  # its media records: the original's own number stays behind
            last_recorded_at=NOON - timedelta(milliseconds=123) - minutes(39 * 60),
        )

    def test_who_was_never_recorded_was_last_recorded_never(self, monitors: Monitors, folder: Path) -> None:
        imported(monitors, folder)
        never = stored(monitors, B)
        assert (never.recorded, never.last_recorded_at, never.last_stream_at) == (0, None, None)

    def test_what_the_original_was_just_doing_is_left_behind(self, monitors: Monitors, folder: Path) -> None:
        put_tables(folder, streamer=streamer_table(STREAMERS[0].replace("예시 채널,0,0", "예시 채널,1,2")))
        imported(monitors, folder)
        streamer = stored(monitors, A)
        assert (streamer.status, streamer.is_streaming) == (StreamerStatus.IDLE, False)

    def test_whom_the_original_did_not_look_at_is_paused(self, monitors: Monitors, folder: Path) -> None:
        put_tables(folder, streamer_monitor=MONITORS.splitlines()[0] + "\n")
        imported(monitors, folder)
        assert (stored(monitors, A).paused, stored(monitors, A).check_at) == (True, None)


class TestWhenTheyAreLookedAt:
    @staticmethod
    def _many(folder: Path, check_at: str, count: int) -> None:
        ids = [f"{number:032x}" for number in range(count)]
        rows = [f"1,{n},s,{channel_id},s,0,0,0,0,NULL,NULL" for n, channel_id in enumerate(ids)]
        monitors = [f"1,{n},{check_at},0" for n in range(count)]
        head = MONITORS.splitlines()[0]
        put_tables(folder, streamer=streamer_table(*rows), streamer_monitor="\n".join([head, *monitors]) + "\n")

    def test_after_a_standstill_they_come_one_after_the_other(self, monitors: Monitors, folder: Path) -> None:
        self._many(folder, "2026-11-21 12:00:00", 200)
        imported(monitors, folder)
        assert [len(monitors.due(NOON + minutes(later), 1000)) for later in (0, 1, 2, 4)] == [1, 61, 121, 200]

    def test_whose_turn_lies_absurdly_far_ahead_comes_now(self, monitors: Monitors, folder: Path) -> None:
        self._many(folder, "2027-11-21 12:00:00", 2)
        imported(monitors, folder)
        assert len(monitors.due(NOON + timedelta(seconds=1), 10)) == 2

    def test_the_longest_overdue_is_first(self, monitors: Monitors, folder: Path) -> None:
        table = MONITORS.replace("12:30:00.000", "10:00:00.000")
        put_tables(folder, streamer_monitor=table)
        imported(monitors, folder)
        assert [due.streamer_id for due in monitors.due(NOON, 10)] == [f"chzzk:{A}"]


class TestWhatIsThere:
    def test_nothing_that_exists_is_changed(self, monitors: Monitors, folder: Path) -> None:
        ours = a_streamer(A, miss_count=61, paused=True, check_at=None, nickname="ours")
        monitors.add(ours)
        assert outcomes(imported(monitors, folder)) == {
            "streamer.csv:2": Outcome.THERE,
            "streamer.csv:3": Outcome.ADDED,
        }
        assert stored(monitors, A) == ours

    def test_it_can_be_done_again(self, monitors: Monitors, folder: Path) -> None:
        imported(monitors, folder)
        before = monitors.listed(1000)
        assert {one.outcome for one in imported(monitors, folder)} == {Outcome.THERE}
        assert monitors.listed(1000) == before

    def test_a_check_says_the_same_and_writes_nothing(self, monitors: Monitors, folder: Path) -> None:
        checked = imported(monitors, folder, writes=False)
        assert monitors.listed(1000) == []
        assert outcomes(imported(monitors, folder)) == outcomes(checked)


class TestBadRows:
    @pytest.mark.parametrize(
        ("row", "why"),
        [
            (f"7,2,other,{B},other,0,0,0,0,NULL,NULL", "there is no platform 7"),
            (f"one,2,other,{B},other,0,0,0,0,NULL,NULL", "platform_id is not a whole number: 'one'"),
            ("1,2,other,channel,other,0,0,0,0,NULL,NULL", "channel_id is not 32"),
            (f"1,2,other,{B},,0,0,0,0,NULL,NULL", "channel_name is empty"),
            (f"1,2,,{B},other,0,0,0,0,NULL,NULL", "nickname is empty"),
            (f"1,2,other,{B},other,0,0,127,0,NULL,NULL", "priority is not from -100 to 100: 127"),
            (f"1,2,other,{B},other,0,0,0,1,yesterday,NULL", "last_recorded_at is not a time: 'yesterday'"),
            (f"1,2,other,{B},other,0,0,0,1,2026-11-22 13:00:00,NULL", "last_recorded_at lies ahead"),
            (f"1,2,other,{A},other,0,0,0,0,NULL,NULL", "the channel is in streamer.csv:2 already"),
            ("1,2,other", "channel_id is empty"),
        ],
    )
    def test_it_is_named_and_left_out(self, monitors: Monitors, folder: Path, row: str, why: str) -> None:
        put_tables(
            folder, streamer=streamer_table(STREAMERS[0], row, STREAMERS[0].replace(A, C).replace("1,1,", "1,3,"))
        )
        told = outcomes(imported(monitors, folder))
        assert why in told.pop("streamer.csv:3")
        assert told == {"streamer.csv:2": Outcome.ADDED, "streamer.csv:4": Outcome.ADDED}

    def test_a_platform_that_cannot_be_watched(self, monitors: Monitors, folder: Path) -> None:
        put_tables(folder, platform="id,name\n1,elsewhere\n")
        assert set(outcomes(imported(monitors, folder)).values()) == {"the platform 'elsewhere' is not one of chzzk"}

    def test_other_tables_rows_are_named_too(self, monitors: Monitors, folder: Path) -> None:
        put_tables(folder, streamer_monitor=MONITORS + "1,9,soon,0\n1,8,2026-11-22 11:00:00,-1\n")
        told = outcomes(imported(monitors, folder))
        assert told["streamer_monitor.csv:4"] == "check_at is not a time: 'soon'"
        assert told["streamer_monitor.csv:5"] == "miss_count is less than 0: -1"

    def test_a_wrong_zone_is_noticed(self, folder: Path) -> None:
        put_tables(folder, streamer=streamer_table(STREAMERS[0].replace("11-20 21", "11-22 11")))
        utc = zone_named("UTC")
        readable = streamers_in(read_tables(folder, utc), {"chzzk"}, utc, NOON)
        assert "is the time zone the one" in readable.bad[0].why


class TestFiles:
    def test_as_mysql_batch_writes_them(self, monitors: Monitors, folder: Path) -> None:
        row = STREAMERS[0].replace("예시 채널", r"a\tb\\n").replace("2026-11-20 21:00:00.000", "NULL")
        put_tables(folder, streamer=streamer_table(row).replace(",", "\t"))
        imported(monitors, folder)
        assert stored(monitors, A).channel_name == "a\tb\\n"

    def test_as_a_spreadsheet_writes_them(self, monitors: Monitors, folder: Path) -> None:
        text = streamer_table(STREAMERS[0].replace("예시 채널", '"a, ""b"" 🎮"')).replace("\n", "\r\n")
        put_tables(folder, streamer="\ufeff" + text)
        imported(monitors, folder)
        assert stored(monitors, A).channel_name == 'a, "b" 🎮'

    @pytest.mark.parametrize("table", COLUMNS)
    def test_one_that_is_missing_is_named(self, folder: Path, table: str) -> None:
        (folder / f"{table}.csv").unlink()
        with pytest.raises(BadInput, match=rf"{table}\.csv cannot be read"):
            read_tables(folder, SEOUL)

    def test_a_column_that_is_missing_is_named(self, folder: Path) -> None:
        put_tables(folder, streamer_monitor="platform_id,streamer_id,check_at\n1,1,NULL\n")
        with pytest.raises(BadInput, match=r"streamer_monitor\.csv .* lacks miss_count"):
            read_tables(folder, SEOUL)

    @pytest.mark.parametrize("text", [b"\xff\xfe", b'id,name\n1,"chzzk\n'])
    def test_what_is_no_table_is_refused(self, folder: Path, text: bytes) -> None:
        (folder / "platform.csv").write_bytes(text)
        with pytest.raises(BadInput, match=r"platform\.csv"):
            read_tables(folder, SEOUL)

    @pytest.mark.parametrize("name", ["Seoul", "", "../etc/passwd"])
    def test_a_time_zone_that_is_none_is_refused(self, name: str) -> None:
        with pytest.raises(BadInput, match="Asia/Seoul"):
            zone_named(name)


def test_whoever_is_added_meanwhile_is_not_overwritten(monitors: Monitors, folder: Path) -> None:
    readable = streamers_in(read_tables(folder, SEOUL), {"chzzk"}, SEOUL, NOON)
    importing = import_original(monitors, readable, writes=True)
    next(importing)
    theirs = replace(stored(monitors, A), streamer_id=f"chzzk:{B}", channel_id=B, nickname="theirs")
    monitors.add(theirs)
    assert [one.outcome for one in importing] == [Outcome.THERE]
    assert stored(monitors, B) == theirs
