"""The commands about recordings, as the person at the keyboard sees them."""

import json
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.recordings.stored.ledger import Ledger
from mntreamer.usecases.recordings.stored.source import Source
from tests.contract.records import NOON, a_recording, minutes
from tests.integration.local.test_cli import Run, _api, run
from tests.integration.usecases.conftest import World, world
from tests.integration.usecases.recorded import being_recorded, closed

__all__ = ["_api", "run", "world"]
ID = "chzzk:c1:1001"

pytestmark = pytest.mark.usefixtures("_api")


class _Keyboard(StringIO):
    """At which somebody sits."""

    def isatty(self) -> bool:
        return True


def _types(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    monkeypatch.setattr(sys, "stdin", _Keyboard(keys))


def _also(world: World, live_id: str, **facts: Any) -> None:
    """Another recording, older than those of the world."""
    newest = world.ports.recordings.newest(list(RecordingStatus), 1000, None)
    there = sum(recording.channel_id == "c2" for recording in newest)
    at = {"started_at": NOON - minutes(5 + there), "n": there + 1}
    assert world.ports.recordings.open(a_recording(live_id, "c2", **(at | facts)), NOON.date())


def _ids(run: Run, *options: str) -> list[str]:
    return [line.split()[0] for line in run("recordings", *options).out.splitlines()[1:]]


class TestListing:
    def test_those_of_a_channel_and_of_a_state(self, run: Run, world: World) -> None:
        closed(world)
        _also(world, "900", channel_name="다른 채널")

        assert _ids(run) == ["1001", "900"]
        assert _ids(run, "다른") == _ids(run, "c2") == _ids(run, "https://chzzk.naver.com/live/c2") == ["900"]
        assert _ids(run, "--status", "idle") == ["1001"]
        assert _ids(run, "--status", "IDLE", "--status", "recording") == ["1001", "900"]
        assert run("recordings", "nobody").out.startswith("there are none")

    def test_more_than_a_page_of_the_api(self, run: Run, world: World) -> None:
        for number in range(203):
            _also(world, str(number))

        assert len(_ids(run, "--limit", "1000")) == 203
        assert len(json.loads(run("recordings", "--limit", "202", "--json").out)["recordings"]) == 202

    def test_the_newest_and_that_there_are_older_ones(self, run: Run, world: World) -> None:
        _also(world, "900")
        _also(world, "901")

        assert run("recordings", "--limit", "1").out.splitlines()[-1] == "and older ones: give --limit more than 1"
        assert json.loads(run("recordings", "--limit", "1", "--json").out)["more"] is True
        assert json.loads(run("recordings", "--limit", "2", "--json").out)["more"] is False

    def test_where_it_is_a_file_on_this_machine(self, run: Run, world: World, tmp_path: Path) -> None:
        closed(world)
        file = next(tmp_path.rglob("index.m3u8"))
        data = str(file).removesuffix(f"/{world.recording.prefix}index.m3u8")

        assert run("recordings", "--data", data).out.splitlines()[2] == f"  {file}"
        assert len(run("recordings", "--data", str(tmp_path / "other")).out.splitlines()) == 2

    @pytest.mark.parametrize("options", [["--status", "gone"], ["--limit", "0"], ["--limit", "x"]])
    def test_nonsense_is_wrong_usage(self, run: Run, options: list[str]) -> None:
        assert run("recordings", *options).code == 2


class TestNaming:
    @pytest.mark.parametrize("named", [ID, "1001", "100", "1", "c1"])
    def test_by_its_id_the_begin_of_it_and_its_channel(self, run: Run, world: World, named: str) -> None:
        closed(world)
        _also(world, "900", channel_name="c2")

        assert json.loads(run("show", named, "--json").out)["recording_id"] == ID

    def test_a_whole_short_id_is_no_begin_of_another(self, run: Run, world: World) -> None:
        _also(world, "900")
        _also(world, "900", part=2, recording_id="chzzk:c2:900.2")

        assert json.loads(run("show", "900", "--json").out)["recording_id"] == "chzzk:c2:900"

    def test_more_than_one_come_as_a_choice(self, run: Run, world: World) -> None:
        _also(world, "900", title="one\nline")
        _also(world, "901", title="other")

        refused = run("confirm", "90")

        assert (refused.code, refused.out) == (1, "")
        first, newest, older = refused.err.splitlines()
        assert first == "mntreamer: 2 recordings are meant by '90'; say which, as one of"
        assert newest.startswith("  900  # ")
        assert newest.endswith(", one line")
        assert older.startswith("  901  # ")

    @pytest.mark.parametrize("named", ["7", "chzzk:c1:7", "nobody"])
    def test_what_is_not_there_cannot_be_meant(self, run: Run, named: str) -> None:
        refused = run("show", named)

        assert (refused.code, refused.out) == (4, "")
        assert named in refused.err

    @pytest.mark.parametrize("words", [["delete", "", "--yes"], ["delete", " ", "--yes"], ["confirm", ""]])
    def test_an_empty_word_as_of_a_variable_that_is_not_set_means_none(
        self, run: Run, world: World, words: list[str]
    ) -> None:
        closed(world)

        assert run(*words).code == 2
        assert world.recording.status is RecordingStatus.IDLE


class TestShowing:
    def test_all_that_is_known(self, run: Run, world: World) -> None:
        closed(world)
        run("cut", "1001", "0", "6")

        facts = {line.split()[0]: line.split(maxsplit=1)[1] for line in run("show", "1001").out.splitlines()}

        assert facts["state"] == "to refine"
        assert facts["id"] == ID
        assert facts["played"] == "0:00:24.0 of 0:00:30.0"
        assert facts["cuts"] == "1: mntreamer cuts 1001"
        assert facts["playlist"].endswith("/index.m3u8")
        assert "cost" not in facts
        assert "problem" not in facts

    def test_its_chapters_once_there_is_more_than_one(self, run: Run, world: World) -> None:
        being_recorded(world)
        assert "played at" not in run("show", "1001").out
        ledger = Ledger(world.ports.store, world.recording)
        ledger.note_topic(Topic("that [red]game[/]", "game"), NOON + timedelta(seconds=3))
        ledger.write(world.recording, Source(world.ports.store, world.recording.prefix).listing.segments)

        titles, *chapters = run("show", "1001").out.splitlines()[-3:]

        assert titles.split() == ["source", "played", "at", "title", "category"]
        assert chapters[-1].endswith("that [red]game[/]  game")

    def test_what_is_missing_and_why(self, run: Run, world: World) -> None:
        being_recorded(world)
        assert run("gaps", "1001").out == "nothing is missing\n"
        ledger = Ledger(world.ports.store, world.recording)
        ledger.note([Loss(0, 15, Cause.NOT_FETCHED, "HTTP 404\x1b[2J", NOON, 2.0)])
        ledger.write(world.recording, ())

        titles, facts = run("gaps", "1001").out.splitlines()
        [gap] = json.loads(run("gaps", "1001", "--json").out)["gaps"]

        assert titles.split()[-2:] == ["cause", "why"]
        assert facts.endswith("2.0 s   1         not fetched  HTTP 404 [2J")
        assert (gap["first"], gap["cause"]) == (15, "not_fetched")


class TestTheLibrary:
    def test_from_the_platform_down_to_the_recording(self, run: Run, world: World) -> None:
        assert run("library").out == "nothing is recorded yet\n"
        closed(world)
        folder = ""
        for _ in range(5):
            [folder] = run("library", folder).out.splitlines()

        assert folder.startswith("chzzk/한글_nickname.")
        assert run("library", folder).out.splitlines()[1].startswith("1001  한글 nickname 🎮  ")
        assert json.loads(run("library", folder, "--json").out)["recordings"][0]["recording_id"] == ID
        assert run("library", "chzzk/nobody").code == 4


class TestRefiningAsAWhole:
    def test_confirmed(self, run: Run, world: World) -> None:
        closed(world)

        assert run("confirm", "1001").out.endswith(" is done\n")
        assert world.recording.status is RecordingStatus.DONE
        assert json.loads(run("confirm", "1001", "--json").out)["status"] == "DONE"

    def test_stopped(self, run: Run, world: World) -> None:
        being_recorded(world)

        assert run("stop", "1001").out.endswith(" is recorded no more\n")
        assert world.recording.stopped_at

    def test_what_the_server_refuses_is_said(self, run: Run, world: World) -> None:
        closed(world)

        refused = run("stop", "1001")

        assert (refused.code, refused.out) == (1, "")
        assert "only one that is being made" in refused.err


class TestDeleting:
    def test_is_asked_about_once_and_can_be_undone(
        self, run: Run, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closed(world)
        run("clip", "1001", "0", "6", "goal")
        _types(monkeypatch, "y\n")

        deleted = run("delete", "1001")

        assert deleted.code == 0
        assert ", with its clips (1)? [y/N]" in deleted.err
        assert world.recording.status is RecordingStatus.TERMINATED
        assert _ids(run) == []
        assert _ids(run, "--status", "terminated") == ["1001"]
        restored = run("restore", "1001")
        assert (restored.code, world.recording.status) == (0, RecordingStatus.IDLE)

    @pytest.mark.parametrize("keys", ["n\n", "\n", ""])
    def test_whoever_does_not_say_yes_keeps_it(
        self, run: Run, world: World, monkeypatch: pytest.MonkeyPatch, keys: str
    ) -> None:
        closed(world)
        _types(monkeypatch, keys)

        kept = run("delete", "1001")

        assert (kept.code, kept.out) == (1, "")
        assert kept.err.endswith("nothing was done\n")
        assert world.recording.status is RecordingStatus.IDLE

    @pytest.mark.parametrize("command", ["delete", "purge-cuts"])
    def test_where_nobody_can_be_asked_it_has_to_be_said(self, run: Run, world: World, command: str) -> None:
        closed(world)

        refused = run(command, "1001")

        assert (refused.code, refused.out) == (2, "")
        assert "--yes" in refused.err
        assert world.recording.status is RecordingStatus.IDLE
        assert run(command, "1001", "--yes").code == 0

    def test_for_good(self, run: Run, world: World) -> None:
        closed(world)

        assert run("delete", "1001", "--purge", "--yes").out.endswith(" is deleted for good\n")
        assert world.recording.purge_at
        assert world.recording.purge_at <= world.now[0]

    def test_the_answer_of_programs_is_not_mixed_with_the_question(
        self, run: Run, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closed(world)
        _types(monkeypatch, "y\n")

        assert json.loads(run("delete", "1001", "--json").out)["status"] == "TERMINATED"

    def test_what_was_not_deleted_cannot_be_restored(self, run: Run, world: World) -> None:
        closed(world)

        refused = run("restore", "1001")

        assert refused.code == 4
        assert "--status terminated" in refused.err
