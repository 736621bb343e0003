"""Sharing, as its owner and as somebody who was sent the link see it."""

from typing import Any

import pytest
from werkzeug.test import Client

from tests.integration.local.refined import LOCAL, RECORDING, call, end, files, name, played, record
from tests.integration.local.test_web import TOKEN, Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
SHARES = f"{RECORDING}/shares"
OWNER = {"Authorization": f"Bearer {TOKEN}"}
DAY_S = 86_400


@pytest.fixture
def stranger(web: Web, world: World) -> Client:
    """Who has no token, at a server that asks for one and holds a recording of ten segments."""
    record(world, *range(10))
    end(world)
    return web(asks_token=True)


def _owner(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    return call(client, method, path, body, **OWNER, **headers)


def _share(client: Client, expires_in_s: int = DAY_S, **more: Any) -> Any:
    return _owner(client, "POST", SHARES, {"expires_in_s": expires_in_s, **more})


def _status(client: Client, url: str) -> int:
    return client.get(url.removeprefix(LOCAL), base_url=LOCAL).status_code


def _segment(url: str, position: int) -> str:
    return url.rpartition("/")[0] + f"/segments/{name(position).file}"


def test_a_stranger_plays_what_was_shared_and_nothing_else(stranger: Client) -> None:
    share = _share(stranger)

    assert share["url"].startswith(f"{LOCAL}/play/")
    assert share["expires_at"] == "2026-11-23T03:00:00.000Z"
    assert share["clip_id"] is None
    assert played(stranger, share["url"]) == files(*range(10))
    assert _status(stranger, _segment(share["url"], 3)) == 302
    assert _status(stranger, RECORDING) == 401
    assert _status(stranger, SHARES) == 401


def test_its_segment_is_the_file_itself(stranger: Client) -> None:
    segment = stranger.get(_segment(_share(stranger)["url"], 3).removeprefix(LOCAL), base_url=LOCAL)

    assert stranger.get(segment.headers["Location"], base_url=LOCAL).data == name(3).file.encode()
    assert segment.headers["Cache-Control"] == "private, max-age=60"


def test_it_ends_when_it_was_said_to(stranger: Client, world: World) -> None:
    url = _share(stranger, 3600)["url"]
    world.later(minutes=59)
    assert _status(stranger, url) == 200
    world.later(minutes=2)

    assert _status(stranger, url) == 410
    assert _status(stranger, _segment(url, 3)) == 410
    assert _owner(stranger, "GET", SHARES) == {"shares": []}


def test_one_is_revoked_and_the_others_go_on(stranger: Client) -> None:
    mine, other = _share(stranger), _share(stranger)

    assert _owner(stranger, "DELETE", f"{SHARES}/{mine['share_id']}") is None

    assert _status(stranger, mine["url"]) == 410
    assert _status(stranger, mine["url"].replace("index", "live")) == 410
    assert _status(stranger, _segment(mine["url"], 3)) == 410
    assert played(stranger, other["url"]) == files(*range(10))
    assert _owner(stranger, "GET", SHARES) == {"shares": [other]}
    gone = stranger.delete(f"{SHARES}/{mine['share_id']}", base_url=LOCAL, headers=OWNER)
    assert gone.status_code == 404


def test_the_list_tells_the_same_url_to_be_copied_again(stranger: Client) -> None:
    shares = [_share(stranger), _share(stranger, 60)]

    assert _owner(stranger, "GET", SHARES) == {"shares": shares}


def test_the_url_is_not_kept_beside_the_recording(stranger: Client, world: World) -> None:
    token = _share(stranger)["url"].split("/")[4]

    kept = world.ports.store.get(f"{world.recording.prefix}edits.json")
    assert kept
    assert token not in kept.body.decode()


def test_a_clip_is_shared_by_itself_and_ends_with_it(stranger: Client) -> None:
    wish = {"begin": 12, "end": 24, "title": "The goal"}
    clip = _owner(stranger, "POST", f"{RECORDING}/clips", wish)["clip_id"]
    share = _share(stranger, clip_id=clip)

    assert share["clip_id"] == clip
    assert played(stranger, share["url"]) == files(2, 3)
    assert _status(stranger, _segment(share["url"], 4)) == 404
    assert _status(stranger, share["url"].replace("index", "live")) == 404
    _owner(stranger, "DELETE", f"{SHARES}/{share['share_id']}")
    assert _status(stranger, share["url"]) == 410

    other = _share(stranger, clip_id=clip)
    _owner(stranger, "DELETE", f"{RECORDING}/clips/{clip}")
    assert _status(stranger, other["url"]) == 404
    assert _owner(stranger, "GET", SHARES) == {"shares": []}


def test_what_is_cut_out_is_shown_to_nobody_who_guesses_its_name(stranger: Client) -> None:
    url = _share(stranger)["url"]
    cut = _owner(stranger, "POST", f"{RECORDING}/cuts", {"begin": 12, "end": 24})

    assert played(stranger, url) == files(0, 1, *range(4, 10))
    assert _status(stranger, _segment(url, 2)) == 404
    assert _status(stranger, _segment(url, 4)) == 302
    _owner(stranger, "DELETE", f"{RECORDING}/cuts/{cut['cut_id']}")
    assert _status(stranger, _segment(url, 2)) == 302


def test_while_it_is_recorded_the_link_is_live_and_goes_on_after_the_end(web: Web, world: World) -> None:
    record(world, *range(3))
    client = web(asks_token=True)
    url = _share(client)["url"]

    assert url.endswith("/live.m3u8")
    assert played(client, url) == files(0, 1, 2)
    record(world, 3)
    end(world)
    assert played(client, url) == files(0, 1, 2, 3)
    [share] = _owner(client, "GET", SHARES)["shares"]
    assert share["url"] == url.replace("live", "index")


def test_a_deleted_recording_s_link_opens_nothing_until_it_is_restored(stranger: Client) -> None:
    url = _share(stranger)["url"]
    _owner(stranger, "DELETE", RECORDING)
    assert _status(stranger, url) == 404
    refused = stranger.post(SHARES, base_url=LOCAL, json={"expires_in_s": 60}, headers=OWNER)
    assert refused.status_code == 409

    _owner(stranger, "POST", f"{RECORDING}/restore")
    assert played(stranger, url) == files(*range(10))


def test_a_request_that_comes_twice_shares_once(stranger: Client) -> None:
    body = {"expires_in_s": DAY_S}
    first, again = (_owner(stranger, "POST", SHARES, body, **{"Idempotency-Key": "k"}) for _ in range(2))

    assert first == again
    assert _owner(stranger, "GET", SHARES) == {"shares": [first]}
    _owner(stranger, "DELETE", f"{SHARES}/{first['share_id']}")
    revoked = stranger.post(SHARES, base_url=LOCAL, json=body, headers=OWNER | {"Idempotency-Key": "k"})
    assert revoked.status_code == 410


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({}, 422),
        ({"expires_in_s": 59}, 422),
        ({"expires_in_s": 366 * DAY_S + 1}, 422),
        ({"expires_in_s": 1e300}, 422),
        ({"expires_in_s": float("nan")}, 422),
        ({"expires_in_s": "3600"}, 422),
        ({"expires_in_s": True}, 422),
        ({"expires_in_s": 3600.5}, 422),
        ({"expires_in_s": 3600, "more": 1}, 422),
        ({"expires_in_s": 3600, "clip_id": ""}, 422),
        ({"expires_in_s": 3600, "clip_id": "x" * 101}, 422),
        ({"expires_in_s": 3600, "clip_id": "none"}, 404),
        ({"expires_in_s": 3600, "clip_id": "../../x"}, 404),
    ],
)
def test_what_can_be_no_share_is_refused_with_the_reason(stranger: Client, wish: dict[str, Any], status: int) -> None:
    answer = stranger.post(SHARES, base_url=LOCAL, json=wish, headers=OWNER)

    assert answer.status_code == status
    assert (answer.json or {})["error"]["message"]
    assert _owner(stranger, "GET", SHARES) == {"shares": []}


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", ""), ("DELETE", "/x")])
def test_nobody_shares_without_the_token(stranger: Client, method: str, path: str) -> None:
    body = {"expires_in_s": 60} if method == "POST" else None
    assert stranger.open(SHARES + path, method=method, base_url=LOCAL, json=body).status_code == 401


def test_there_is_nothing_to_share_of_what_is_not_there(web: Web, world: World) -> None:
    client = web()
    body = {"expires_in_s": 60}
    assert client.get(SHARES, base_url=LOCAL).status_code == 404
    world.goes_live()
    world.tick()
    assert call(client, "GET", SHARES) == {"shares": []}
    assert client.post(SHARES, base_url=LOCAL, json=body).status_code == 404
