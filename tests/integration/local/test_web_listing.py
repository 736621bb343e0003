"""Lists and the library, as a client of the API goes through them."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
from werkzeug.test import Client

from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from tests.contract.records import NOON, a_recording, a_streamer, minutes
from tests.integration.local.refined import LOCAL, call
from tests.integration.local.test_web import Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
DAY = NOON.date()
LIBRARY = "/api/v1/library"
# Half of a surrogate pair, which JSON can hold and UTF-8 cannot.
NO_TEXT = b64encode(rb'["2026-11-22T00:00:00Z", "\ud800"]').decode(), b64encode(rb'["media/chzzk/\ud800"]').decode()
NO_STREAMER = [f"cursor={b64encode(text).decode()}" for text in (b'[""]', rb'["\ud800"]', b'["%s"]' % (b"x" * 2049))]
IDLE, DONE, TERMINATED = RecordingStatus.IDLE, RecordingStatus.DONE, RecordingStatus.TERMINATED


def _open(world: World, channel: str, day: str, **facts: Any) -> Recording:
    """A recording at `chzzk/{channel}/{day}`, which ends with a number: each counted on a day of its own."""
    facts = {"status": IDLE} | facts
    recording = a_recording(day, channel_id=channel, prefix=f"media/chzzk/{channel}/{day}/", **facts)
    assert world.ports.recordings.open(recording, NOON.date() + timedelta(days=crc32(day.encode()) % 100_000))
    return recording


def _watch(world: World, count: int) -> list[str]:
    """The channels' ids; who was added last is first in the order of names."""
    channel_ids = [f"c{count - number:03}" for number in range(count)]
    for number, channel_id in enumerate(channel_ids):
        world.ports.monitors.add(a_streamer(channel_id, added_at=NOON + minutes(number)))
    return channel_ids


def _pages(client: Client, path: str, what: str) -> Iterator[list[str]]:
    cursor = ""
    while True:
        page = call(client, "GET", f"{path}{cursor}")
        yield [entry.get("name") or entry.get("recording_id") or entry["channel_id"] for entry in page[what]]
        if page["next"] is None:
            return
        cursor = f"&cursor={page['next']}"


def _all(client: Client, path: str, what: str) -> list[str]:
    return [entry for page in _pages(client, path, what) for entry in page]


@pytest.fixture
def client(web: Web) -> Client:
    return web()


class TestStreamers:
    def test_without_a_limit_all_are_on_one_page_the_first_added_first(self, client: Client, world: World) -> None:
        added = _watch(world, 60)
        assert list(_pages(client, "/api/v1/streamers", "streamers")) == [["c1", *added]]

    @pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
    def test_page_by_page_each_is_listed_once(self, client: Client, world: World, limit: int) -> None:
        added = _watch(world, 7)
        assert sorted(_all(client, f"/api/v1/streamers?limit={limit}", "streamers")) == sorted(["c1", *added])

    @pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=x", "cursor=x", *NO_STREAMER])
    def test_what_cannot_be_meant_is_refused(self, client: Client, query: str) -> None:
        assert client.get(f"/api/v1/streamers?{query}", base_url=LOCAL).status_code == 422


class TestRecordings:
    @pytest.mark.parametrize("limit", [1, 2, 3, 7])
    def test_those_that_started_at_once_are_all_listed_once(self, client: Client, world: World, limit: int) -> None:
        opened = [_open(world, f"c{number}", "2026/11/22/1").recording_id for number in range(7)]

        pages = list(_pages(client, f"/api/v1/recordings?limit={limit}", "recordings"))

        assert [entry for page in pages for entry in page] == opened
        assert all(pages)

    def test_what_is_to_refine_is_listed_by_its_state_in_either_case(self, client: Client, world: World) -> None:
        idle, done, _ = (
            _open(world, f"c{number}", "2026/11/22/1", status=status, started_at=NOON - minutes(number)).recording_id
            for number, status in enumerate([IDLE, DONE, TERMINATED])
        )
        for query, listed in {
            "?status=idle": [idle],
            "?status=IDLE": [idle],
            "?status=done&status=Idle": [idle, done],
            "?status=done,idle,done": [idle, done],
            "?status=recording": [],
            "": [idle, done],
        }.items():
            assert _all(client, f"/api/v1/recordings{query or '?'}", "recordings") == listed, query


class TestLibrary:
    def test_it_is_gone_through_as_folders_are(self, client: Client, world: World) -> None:
        first = _open(world, "이름.1", "2026/11/22/1")
        second = _open(world, "이름.1", "2026/11/22/2")
        _open(world, "이름.1", "2026/11/23/1")
        _open(world, "이름.1", "2026/12/01/1")
        _open(world, "other.2", "2025/01/01/1")

        for path, folders in {
            "": ["chzzk"],
            "chzzk": ["other.2", "이름.1"],
            "chzzk/이름.1": ["2026"],
            "chzzk/이름.1/2026": ["11", "12"],
            "/chzzk/이름.1/2026/11/": ["22", "23"],
        }.items():
            page = call(client, "GET", f"{LIBRARY}?path={path}")
            assert page["path"] == path.strip("/")
            assert [folder["name"] for folder in page["folders"]] == folders
            assert [folder["path"] for folder in page["folders"]] == [
                f"{page['path']}/{name}".strip("/") for name in folders
            ]
            assert (page["recordings"], page["next"]) == ([], None)
        day = call(client, "GET", f"{LIBRARY}?path=chzzk/이름.1/2026/11/22")
        assert day["folders"] == []
        assert [entry["recording_id"] for entry in day["recordings"]] == [first.recording_id, second.recording_id]
        assert day["recordings"][0]["playlist_url"].startswith(f"{LOCAL}/play/")

    @pytest.mark.parametrize("limit", [1, 2, 3, 5])
    def test_page_by_page_nothing_is_skipped_or_repeated(self, client: Client, world: World, limit: int) -> None:
        names = ["a.1", "a.10", "a.2", "b_.1", "가.1"]
        for name in names:
            _open(world, name, "2026/11/22/1")
            _open(world, name, "2026/11/23/1")
        numbers = [_open(world, "z.1", f"2026/11/22/{number}").recording_id for number in range(1, 6)]

        assert _all(client, f"{LIBRARY}?path=chzzk&limit={limit}", "folders") == [*names[:4], "z.1", names[4]]
        assert _all(client, f"{LIBRARY}?path=chzzk/z.1/2026/11/22&limit={limit}", "recordings") == numbers

    def test_the_recordings_of_a_long_day_are_in_the_order_of_their_numbers(
        self, client: Client, world: World
    ) -> None:
        for number in range(1, 12):
            recording = a_recording(
                str(number), n=number, status=IDLE, prefix=f"media/chzzk/a.1/2026/11/22/{number}/"
            )
            assert world.ports.recordings.open(recording, DAY)
        listed = call(client, "GET", f"{LIBRARY}?path=chzzk/a.1/2026/11/22")["recordings"]
        assert [recording["n"] for recording in listed] == list(range(1, 12))

    def test_what_was_deleted_and_folders_of_nothing_else_are_not_in_it(self, client: Client, world: World) -> None:
        kept = _open(world, "a.1", "2026/11/22/1")
        for channel, day in (("a.1", "2026/11/22/2"), ("a.1", "2026/10/01/1"), ("b.1", "2026/11/22/1")):
            gone = _open(world, channel, day)
            world.ports.recordings.update(gone.recording_id, {"status": TERMINATED}, {})

        assert _all(client, f"{LIBRARY}?path=chzzk", "folders") == ["a.1"]
        assert _all(client, f"{LIBRARY}?path=chzzk/a.1/2026", "folders") == ["11"]
        assert _all(client, f"{LIBRARY}?path=chzzk/a.1/2026/11/22", "recordings") == [kept.recording_id]
        assert client.get(f"{LIBRARY}?path=chzzk/b.1", base_url=LOCAL).status_code == 404

    def test_an_empty_one_is_empty(self, client: Client) -> None:
        assert call(client, "GET", LIBRARY) == {"path": "", "folders": [], "recordings": [], "next": None}

    @pytest.mark.parametrize("path", ["chzzk", "nowhere", "chzzk/..", "..", "chzzk//a.1", "chzzk/a"])
    def test_a_folder_that_is_not_there_is_not_found(self, client: Client, world: World, path: str) -> None:
        if path != "chzzk":
            _open(world, "a.1", "2026/11/22/1")
        assert client.get(f"{LIBRARY}?path={path}", base_url=LOCAL).status_code == 404

    def test_a_cursor_of_elsewhere_is_refused(self, client: Client, world: World) -> None:
        for name in ("a.1", "b.1"):
            _open(world, name, "2026/11/22/1")
        cursor = call(client, "GET", f"{LIBRARY}?path=chzzk&limit=1")["next"]
        listed = call(client, "GET", "/api/v1/recordings?limit=1")["next"]

        for query in (
            f"path=chzzk/a.1&cursor={cursor}",
            f"path=chzzk&cursor={listed}",
            "cursor=x",
            "limit=0",
            f"path={'x' * 251}",
        ):
            answer = client.get(f"{LIBRARY}?{query}", base_url=LOCAL)
            assert answer.status_code == 422, query
        for key in (cursor, listed[:-4]):
            assert client.get(f"/api/v1/recordings?cursor={key}", base_url=LOCAL).status_code == 422

    def test_a_cursor_that_is_no_text_is_refused(self, client: Client) -> None:
        for path in (f"/api/v1/recordings?cursor={NO_TEXT[0]}", f"{LIBRARY}?path=chzzk&cursor={NO_TEXT[1]}"):
            answer = client.get(path, base_url=LOCAL)
            assert (answer.status_code, "no cursor" in answer.text) == (422, True)
