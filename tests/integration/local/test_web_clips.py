"""Clips, as a client of the API and a player see them."""

from typing import Any

import pytest
from werkzeug.test import Client

from mntreamer.domain.recordings.recording import RecordingStatus
from tests.integration.local.refined import LOCAL, RECORDING, call, end, files, name, played, record
from tests.integration.local.test_web import Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
CLIPS = f"{RECORDING}/clips"


@pytest.fixture
def client(web: Web, world: World) -> Client:
    """Of a recording of ten segments that has ended."""
    record(world, *range(10))
    end(world)
    return web()


def _clip(client: Client, begin: float = 12, end: float = 24, **more: Any) -> Any:
    return call(client, "POST", CLIPS, {"begin": begin, "end": end, "title": "The goal", **more})


def _status(client: Client, url: str) -> int:
    return client.get(url.removeprefix(LOCAL), base_url=LOCAL).status_code


def _segment(playlist_url: str, position: int) -> str:
    return playlist_url.replace("index.m3u8", f"segments/{name(position).file}")


def test_a_clip_is_played_by_a_link_of_its_own(client: Client) -> None:
    clip = _clip(client)

    assert clip["title"] == "The goal"
    assert clip["source"] == clip["published"] == {"begin": 12.0, "end": 24.0}
    assert clip["duration_s"] == 12.0
    assert played(client, clip["playlist_url"]) == files(2, 3)
    text = client.get(clip["playlist_url"].removeprefix(LOCAL), base_url=LOCAL).text
    assert "#EXT-X-PLAYLIST-TYPE:VOD\n" in text
    assert text.endswith("#EXT-X-ENDLIST\n")
    assert client.get(_segment(clip["playlist_url"], 2).removeprefix(LOCAL), base_url=LOCAL).status_code == 302


def test_the_link_opens_nothing_but_the_clip(client: Client) -> None:
    url = _clip(client)["playlist_url"]

    for position in (2, 3):
        assert _status(client, _segment(url, position)) == 302
    for position in (0, 1, 4, 9):
        assert _status(client, _segment(url, position)) == 404
    assert _status(client, url.replace("index.m3u8", "live.m3u8")) == 404


def test_a_deleted_clip_s_link_opens_nothing(client: Client) -> None:
    clip, other = _clip(client), _clip(client, 0, 6)

    assert call(client, "DELETE", f"{CLIPS}/{clip['clip_id']}") is None

    assert _status(client, clip["playlist_url"]) == 404
    assert _status(client, _segment(clip["playlist_url"], 2)) == 404
    assert [left["clip_id"] for left in call(client, "GET", CLIPS)["clips"]] == [other["clip_id"]]
    assert client.delete(f"{CLIPS}/{clip['clip_id']}", base_url=LOCAL).status_code == 404
    assert played(client, other["playlist_url"]) == files(0)


def test_a_deleted_recording_s_clips_open_nothing(client: Client, world: World) -> None:
    url = _clip(client)["playlist_url"]
    world.ports.recordings.update(world.recording.recording_id, {"status": RecordingStatus.TERMINATED}, {})

    assert _status(client, url) == 404
    assert _status(client, _segment(url, 2)) == 404


def test_what_is_cut_out_of_the_recording_is_cut_out_of_its_clips(client: Client) -> None:
    clip = _clip(client, 6, 36)
    call(client, "POST", f"{RECORDING}/cuts", {"begin": 12, "end": 24})

    [told] = call(client, "GET", CLIPS)["clips"]
    assert told["source"] == {"begin": 6.0, "end": 36.0}
    assert told["published"] == {"begin": 6.0, "end": 24.0}
    assert told["duration_s"] == 18.0
    assert played(client, clip["playlist_url"]) == files(1, 4, 5)

    call(client, "POST", f"{RECORDING}/cuts", {"begin": 0, "end": 48, "timeline": "published"})
    assert _status(client, clip["playlist_url"]) == 404
    call(client, "DELETE", f"{RECORDING}/cuts")
    assert played(client, clip["playlist_url"]) == files(1, 2, 3, 4, 5)


def test_of_a_growing_recording_a_clip_is_complete_at_once(web: Web, world: World) -> None:
    record(world, *range(5))
    client = web()

    clip = _clip(client)
    assert played(client, clip["playlist_url"]) == files(2, 3)
    record(world, 5, 6)
    assert played(client, clip["playlist_url"]) == files(2, 3)


def test_a_request_that_comes_twice_makes_one_clip(client: Client) -> None:
    body = {"begin": 12, "end": 24, "title": "once"}
    first, again = (call(client, "POST", CLIPS, body, **{"Idempotency-Key": "k"}) for _ in range(2))

    assert first == again
    assert len(call(client, "GET", CLIPS)["clips"]) == 1
    other = client.post(CLIPS, base_url=LOCAL, json=body | {"end": 30}, headers={"Idempotency-Key": "k"})
    assert other.status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"begin": 24},
        {"begin": 60, "end": 66},
        {"begin": -1},
        {"end": float("nan")},
        {"end": 1e308},
        {"begin": "12"},
        {"timeline": "mine"},
        {"title": ""},
        {"title": "  "},
        {"title": "x" * 201},
        {"more": 1},
    ],
)
def test_what_can_be_no_clip_is_refused_with_the_reason(client: Client, wrong: dict[str, Any]) -> None:
    answer = client.post(CLIPS, base_url=LOCAL, json={"begin": 12, "end": 24, "title": "The goal"} | wrong)

    assert answer.status_code == 422
    assert (answer.json or {})["error"]["message"]
    assert call(client, "GET", CLIPS) == {"clips": []}


def test_there_are_no_clips_of_what_is_not_there(web: Web, world: World) -> None:
    assert web().get(CLIPS, base_url=LOCAL).status_code == 404
    world.goes_live()
    world.tick()
    assert call(web(), "GET", CLIPS) == {"clips": []}
    body = {"begin": 0, "end": 6, "title": "too early"}
    assert web().post(CLIPS, base_url=LOCAL, json=body).status_code == 404
