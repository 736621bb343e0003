"""Recordings are looked for by channel and by words."""

import pytest
from werkzeug.test import Client

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.recordings import search_recordings
from tests.contract.records import NOON, a_recording, minutes
from tests.integration.local.refined import LOCAL, call
from tests.integration.local.test_web import Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
RECORDINGS = "/api/v1/recordings"
TOLD = [
    ("1", "c1", "마인크래프트 건축", "Minecraft"),
    ("2", "c2", "Just chatting", "Talk"),
    ("3", "c1", "New world", "MINECRAFT"),
    ("4", "c2", "world cup", "Sports"),
]


@pytest.fixture
def client(web: Web, world: World) -> Client:
    for number, (live_id, channel, title, category) in enumerate(TOLD):
        recording = a_recording(
            live_id,
            channel_id=channel,
            title=title,
            category=category,
            channel_name=f"Name of {channel}",
            started_at=NOON + minutes(number),
            n=(number // 2) + 1,
            status=RecordingStatus.IDLE,
        )
        assert world.ports.recordings.open(recording, NOON.date())
    return web()


def found(client: Client, query: str) -> list[str]:
    listed = call(client, "GET", f"{RECORDINGS}?{query}")["recordings"]
    return [recording["live_id"] for recording in listed]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("channel=chzzk:c1", ["3", "1"]),
        ("channel=chzzk:c", []),
        ("q=minecraft", ["3", "1"]),
        ("q=WORLD", ["4", "3"]),
        ("q=world%20minecraft", ["3"]),
        ("q=마인", ["1"]),
        ("q=name%20of%20c2", ["4", "2"]),
        ("q=%25", []),
        ("q=%20", ["4", "3", "2", "1"]),
        ("channel=chzzk:c2&q=world", ["4"]),
        ("channel=chzzk:c1&status=DONE", []),
    ],
)
def test_those_that_fit_are_listed_and_no_others(client: Client, query: str, expected: list[str]) -> None:
    assert found(client, query) == expected


def test_korean_is_found_however_it_is_typed(client: Client) -> None:
    decomposed = "%E1%84%86%E1%85%A1%E1%84%8B%E1%85%B5%E1%86%AB"
    assert found(client, f"q={decomposed}") == ["1"]


@pytest.mark.parametrize("most", [1, 2, 3, 1000])
def test_page_by_page_each_is_found_once(client: Client, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_recordings, "MOST_LOOKED_AT", most)
    pages, cursor = [], ""
    while cursor is not None:
        page = call(client, "GET", f"{RECORDINGS}?q=minecraft&limit=1{cursor and f'&cursor={cursor}'}")
        pages.append([recording["live_id"] for recording in page["recordings"]])
        cursor = page["next"]

    assert [live_id for page in pages for live_id in page] == ["3", "1"]
    assert all(len(page) <= 1 for page in pages)


@pytest.mark.parametrize("query", [f"q={'x' * 101}", f"channel={'x' * 201}"])
def test_what_is_too_long_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"{RECORDINGS}?{query}", base_url=LOCAL)
    assert answer.status_code == 422
