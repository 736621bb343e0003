"""Posters and thumbnails, as a recording's owner and as somebody who was sent a link see them."""

from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from mntreamer.domain.pictures.poster import Poster
from mntreamer.domain.pictures.storyboard import Storyboard
from mntreamer.domain.pictures.thumbnail_track import render_track
from mntreamer.domain.recordings.recording import RecordingChanges
from tests.integration.local.refined import LOCAL, RECORDING, call, end, name, record
from tests.integration.local.test_web import Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
SHOWN = 4
BOARD = Storyboard(Poster(name(SHOWN), is_good=True)).with_picture(name(0), 160, 90)
TRACK = render_track(BOARD, {name(0): 0})


@pytest.fixture
def client(web: Web, world: World) -> Client:
    """Of a server that holds a recording of ten segments, whose poster is of the fifth."""
    record(world, *range(10))
    return web()


def _illustrated(world: World) -> None:
    store, recording = world.ports.store, world.recording
    for file, body in {
        "poster.jpg": b"poster",
        "thumbnails/0001.jpg": b"sheet",
        "thumbnails.vtt": TRACK.encode(),
    }.items():
        store.put(recording.prefix + file, body, "", None)
    told = RecordingChanges(has_poster=True, has_thumbnails=True)
    assert world.ports.recordings.update(recording.recording_id, told, {"generation": recording.generation})


def _get(client: Client, url: str) -> TestResponse:
    return client.get(url.removeprefix(LOCAL), base_url=LOCAL)


def _beside(url: str, file: str) -> str:
    return f"{url.rpartition('/')[0]}/{file}"


def _share(client: Client, **more: Any) -> str:
    share = call(client, "POST", f"{RECORDING}/shares", {"expires_in_s": 3600, **more})
    return str(share["url"])


def test_a_recording_without_pictures_has_no_urls_of_them(client: Client) -> None:
    shown = call(client, "GET", RECORDING)

    assert (shown["poster_url"], shown["thumbnails_url"]) == (None, None)
    for file in ("poster.jpg", "thumbnails.vtt"):
        assert _get(client, _beside(shown["playlist_url"], file)).status_code == 404


def test_the_owner_sees_the_poster_in_the_list_and_the_thumbnails_while_it_is_recorded(
    client: Client, world: World
) -> None:
    _illustrated(world)
    [listed] = call(client, "GET", "/api/v1/recordings")["recordings"]
    shown = call(client, "GET", RECORDING)

    poster = _get(client, listed["poster_url"])
    track = _get(client, shown["thumbnails_url"])
    sheet = _get(client, _beside(shown["thumbnails_url"], "thumbnails/0001.jpg?1"))

    assert (poster.status_code, sheet.status_code) == (302, 302)
    given = _get(client, poster.headers["Location"])
    assert (given.data, given.mimetype) == (b"poster", "image/jpeg")
    assert _get(client, sheet.headers["Location"]).data == b"sheet"
    assert (track.text, track.mimetype) == (TRACK, "text/vtt")
    assert track.headers["Cache-Control"] == "no-cache"
    assert track.headers["Access-Control-Allow-Origin"] == "*"


def test_a_pictures_url_stays_the_same_for_a_day_and_ends_on_the_next(client: Client, world: World) -> None:
    _illustrated(world)
    url = call(client, "GET", RECORDING)["poster_url"]
    world.later(hours=3)
    assert call(client, "GET", RECORDING)["poster_url"] == url

    world.later(hours=24)

    assert _get(client, url).status_code == 302
    assert call(client, "GET", RECORDING)["poster_url"] != url
    world.later(hours=24)
    assert _get(client, url).status_code == 410


def test_a_share_shows_the_poster_until_it_is_cut_out_and_never_the_thumbnails(client: Client, world: World) -> None:
    _illustrated(world)
    end(world)
    url = _share(client)
    assert _get(client, _beside(url, "poster.jpg")).status_code == 302
    for file in ("thumbnails.vtt", "thumbnails/0001.jpg"):
        assert _get(client, _beside(url, file)).status_code == 404

    call(client, "POST", f"{RECORDING}/cuts", {"begin": SHOWN * 6.0, "end": SHOWN * 6.0 + 1, "timeline": "source"})

    assert _get(client, _beside(url, "poster.jpg")).status_code == 404
    assert _get(client, call(client, "GET", RECORDING)["poster_url"]).status_code == 302


@pytest.mark.parametrize(("begin", "status"), [(SHOWN * 6.0, 302), (SHOWN * 6.0 + 6.0, 404)])
def test_a_clip_shows_the_poster_if_it_is_of_it(client: Client, world: World, begin: float, status: int) -> None:
    _illustrated(world)
    clip = call(client, "POST", f"{RECORDING}/clips", {"begin": begin, "end": begin + 6.0, "title": "The goal"})

    assert _get(client, _beside(clip["playlist_url"], "poster.jpg")).status_code == status
    assert _get(client, _beside(clip["playlist_url"], "thumbnails.vtt")).status_code == 404
    assert _get(client, _beside(clip["playlist_url"], "thumbnails/0001.jpg")).status_code == 404


@pytest.mark.parametrize(
    "file", ["0001.png", "..%2fposter.jpg", "..%2f..%2fsource.m3u8", "1.jpg", "0002.jpg.metadata"]
)
def test_no_other_file_is_given_out_as_a_sheet(client: Client, world: World, file: str) -> None:
    _illustrated(world)
    url = call(client, "GET", RECORDING)["thumbnails_url"]

    assert _get(client, _beside(url, f"thumbnails/{file}")).status_code == 404


def test_a_deleted_recording_shows_nothing(client: Client, world: World) -> None:
    _illustrated(world)
    end(world)
    before = call(client, "GET", RECORDING)
    call(client, "DELETE", RECORDING)

    after = call(client, "GET", RECORDING)

    assert (after["poster_url"], after["thumbnails_url"]) == (None, None)
    for url in (before["poster_url"], before["thumbnails_url"]):
        assert _get(client, url).status_code == 404
