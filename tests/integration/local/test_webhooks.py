"""On one machine: what changes in the database reaches webhooks, through restarts and outages, and nothing twice."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from typer.testing import CliRunner

from mntreamer.domain.errors import BadInput
from mntreamer.domain.recordings.recording import RecordingChanges, RecordingStatus
from mntreamer_local import composition
from mntreamer_local.command_line.cli import app
from mntreamer_local.files.webhooks_file import WebhooksFile
from mntreamer_local.serving import serve
from mntreamer_local.sqlite.monitors import SqliteMonitors
from mntreamer_local.sqlite.platform_states import SqlitePlatformStates
from mntreamer_local.sqlite.postings import SqlitePostings
from mntreamer_local.sqlite.recordings import SqliteRecordings
from mntreamer_local.webhooks_poster import WebhooksPoster
from tests.contract.records import NOON, a_recording, a_streamer
from tests.integration.loopback_server import HANG_UP, LoopbackServer, Reply

SECRET = f"whsec_{'k' * 32}"
HOSTS = frozenset({"127.0.0.1"})
FLOWS = RecordingChanges(first_segment_at=NOON, fruitless_launches=0)
# As the rows' times are SQLite's own, the first look comes after any of them.
LATER = datetime(2099, 1, 1, tzinfo=NOON.tzinfo)


@dataclass
class Home:
    """A data folder, whose poster is made anew for every round: as after a restart."""

    folder: Path
    server: LoopbackServer
    session: requests.Session
    now: datetime = LATER

    def list_webhooks(self, *names: str, **also: Any) -> None:
        told = [{"name": name, "url": f"{self.server.url}/{name}", "secret": SECRET} | also for name in names]
        self.write(json.dumps(told))

    def write(self, text: str) -> None:
        path = self.folder / "webhooks.json"
        path.write_text(text)
        path.chmod(0o600)

    def rounds(self, after: timedelta = timedelta(), times: int = 3) -> None:
        self.now += after
        webhooks = WebhooksFile(self.folder / "webhooks.json", HOSTS)
        for _ in range(times):
            WebhooksPoster(SqlitePostings(self.database), webhooks, self.session, lambda: self.now)()

    @property
    def database(self) -> Path:
        return self.folder / "mntreamer.db"

    def told(self, path: str = "/mine") -> list[str]:
        """The types of all that arrived there."""
        return [json.loads(seen.body)["type"] for seen in self.server.seen if seen.path == path]

    def begin_recording(self) -> None:
        recordings = SqliteRecordings(self.database)
        recordings.open(a_recording(), NOON.date())
        recordings.update("chzzk:c1:1001", FLOWS, {})


@pytest.fixture
def home(tmp_path: Path, server: LoopbackServer, session: requests.Session) -> Home:
    server.replies["/mine"] = Reply(status=204)
    made = Home(tmp_path, server, session)
    made.list_webhooks("mine")
    return made


def test_a_recording_is_told_of_from_its_begin_to_its_end(home: Home) -> None:
    recordings = SqliteRecordings(home.database)
    recordings.open(a_recording(), NOON.date())
    home.rounds()
    assert home.told() == []
    for changes in (
        FLOWS,
        RecordingChanges(segments=3, duration_s=18.5, last_segment_at=NOON),
        RecordingChanges(status=RecordingStatus.IDLE, closed_at=NOON, coverage=0.5, is_full=True),
        RecordingChanges(status=RecordingStatus.DONE),
    ):
        recordings.update("chzzk:c1:1001", changes, {})
    home.rounds()
    assert home.told() == ["recording.started", "recording.ended"]
    end = json.loads(home.server.seen[-1].body)["data"]
    assert (end["title"], end["duration_s"], end["coverage"]) == ("첫 방송", 18.5, 0.5)


def test_streamers_and_platforms_are_told_of_too(home: Home) -> None:
    SqliteMonitors(home.database).add(a_streamer())
    adult: Any = {"unrecordable_since": NOON, "problem": "for adults only"}
    SqliteMonitors(home.database).update("chzzk:c1", adult, {})
    SqliteMonitors(home.database).update("chzzk:c1", {"miss_count": 1}, {})
    states = SqlitePlatformStates(home.database)
    states.get("chzzk")
    for blocks in (1, 2, 0):
        states.update("chzzk", {"blocks": blocks, "reason": "HTTP 429"}, {})
    home.rounds()
    assert home.told() == ["streamer.not_recordable", "platform.blocked", "platform.unblocked"]


def test_a_change_that_was_taken_back_is_not_told_of(home: Home) -> None:
    recordings = SqliteRecordings(home.database)
    recordings.open(a_recording(), NOON.date())
    assert recordings.update("chzzk:c1:1001", FLOWS, {"generation": 7}) is None
    home.rounds()
    assert home.told() == []


def test_what_does_not_arrive_waits_through_restarts_and_arrives_once(home: Home) -> None:
    home.server.replies["/mine"] = HANG_UP
    home.begin_recording()
    home.rounds()
    assert len(home.server.seen) == 1
    home.server.replies["/mine"] = Reply(status=204)
    home.rounds(timedelta(seconds=5))
    assert len(home.server.seen) == 1
    home.rounds(timedelta(seconds=6))
    home.rounds(timedelta(days=1))
    once, again = [seen.headers["webhook-id"] for seen in home.server.seen]
    assert once == again


def test_it_is_left_alone_for_as_long_as_it_asks_for(home: Home) -> None:
    home.server.replies["/mine"] = Reply(status=429, headers={"Retry-After": "3600"})
    home.begin_recording()
    home.rounds()
    home.rounds(timedelta(seconds=3599))
    assert len(home.server.seen) == 1
    home.rounds(timedelta(seconds=2))
    assert len(home.server.seen) == 2


def test_what_is_refused_for_good_is_given_up_and_said(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    home.server.replies["/mine"] = Reply(status=404)
    home.begin_recording()
    home.rounds()
    home.rounds(timedelta(days=1))
    assert len(home.server.seen) == 1
    assert "a notice is given up: webhook mine answered HTTP 404" in caplog.text
    assert "/mine" not in caplog.text


def test_what_is_down_for_good_is_given_up_after_a_while(home: Home) -> None:
    home.server.replies["/mine"] = Reply(status=500)
    home.begin_recording()
    for _ in range(20):
        home.rounds(timedelta(hours=7))
    assert len(home.server.seen) == 7
    home.server.replies["/mine"] = Reply(status=204)
    home.rounds(timedelta(hours=7))
    assert len(home.server.seen) == 7


def test_one_that_is_down_holds_up_no_other(home: Home) -> None:
    home.list_webhooks("down", "mine")
    home.server.replies["/down"] = Reply(status=500)
    home.begin_recording()
    home.rounds()
    assert home.told("/mine") == ["recording.started"]
    assert home.told("/down") == ["recording.started"]


def test_one_is_told_only_what_it_wants(home: Home) -> None:
    home.list_webhooks("mine", types=["recording.failed"])
    home.begin_recording()
    home.rounds()
    assert home.told() == []


def test_a_webhook_that_comes_later_is_not_told_what_was(home: Home) -> None:
    (home.folder / "webhooks.json").unlink()
    home.begin_recording()
    home.rounds()
    home.list_webhooks("mine")
    home.rounds()
    assert home.told() == []


def test_one_that_is_taken_off_the_list_is_told_no_more(home: Home) -> None:
    home.server.replies["/mine"] = Reply(status=500)
    home.begin_recording()
    home.rounds()
    home.write("[]")
    home.rounds(timedelta(minutes=1))
    home.list_webhooks("mine")
    home.rounds(timedelta(days=1))
    assert len(home.server.seen) == 1


def test_while_the_file_is_wrong_everything_waits(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    home.write("not-to-be-told")
    home.begin_recording()
    home.rounds()
    assert "what there is to tell waits" in caplog.text
    assert "not-to-be-told" not in caplog.text
    home.list_webhooks("mine")
    home.rounds()
    assert home.told() == ["recording.started"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(lambda path: path.chmod(0o644), "chmod 600"), (lambda path: path.write_text("{}"), "no list of webhooks")],
)
def test_a_server_does_not_start_with_a_list_that_is_wrong(
    home: Home, spoil: Callable[[Path], object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MNTREAMER_ALLOWED_HOSTS", "127.0.0.1")
    composition.open_machine(home.folder).webhooks()
    spoil(home.folder / "webhooks.json")
    with pytest.raises(BadInput, match=said):
        serve.serve(home.folder, "127.0.0.1", 0, asks_token=False, say=print)


class TestCommand:
    def test_each_is_told_and_who_did_not_take_it_is_named(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MNTREAMER_ALLOWED_HOSTS", "127.0.0.1")
        home.list_webhooks("mine", "gone")
        ran = CliRunner().invoke(app, ["notify", "test", "--data", str(home.folder)])
        assert ran.exit_code == 1
        assert ran.stdout == "webhook mine took it\n"
        assert "webhook gone answered HTTP 404" in ran.stderr
        assert home.told() == ["test"]

    def test_all_is_well_where_all_took_it(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MNTREAMER_ALLOWED_HOSTS", "127.0.0.1")
        assert CliRunner().invoke(app, ["notify", "test", "--data", str(home.folder)]).exit_code == 0

    def test_without_webhooks_it_says_so(self, tmp_path: Path) -> None:
        ran = CliRunner().invoke(app, ["notify", "test", "--data", str(tmp_path)])
        assert ran.exit_code == 1
        assert "lists no webhooks" in str(ran.exception)
