"""Logging in and sharing behind API Gateway, which has cookies in a place of their own in events and in answers."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from functions.api import app as api
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName, SourcePlaylist, render_source
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.recordings.stored.source import PLAYLIST_TYPE
from tests.contract.records import NOON, a_recording
from tests.integration.aws.conftest import BUCKET, TOKEN
from tests.integration.aws.test_handlers import context, event

SESSION = "/api/v1/session"
SEGMENT = SegmentName(0, 9, 11)
OWN_PAGE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def recording(ports: Ports) -> str:
    """The path of one that has ended, of one segment."""
    recorded = a_recording(status=RecordingStatus.IDLE)
    ports.recordings.open(recorded, NOON.date())
    source = render_source(SourcePlaylist(6, (Segment(SEGMENT, 6.0),), ended=True))
    ports.store.put(f"{recorded.prefix}source.m3u8", source.encode(), PLAYLIST_TYPE, None)
    publish_playlist(ports.store, recorded.prefix, openly=False)
    return f"/api/v1/recordings/{recorded.recording_id}"


def ask(
    path: str, method: str = "GET", body: Any = None, cookies: list[str] | None = None, **headers: str
) -> dict[str, Any]:
    request = event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = path
    request["requestContext"]["http"]["method"] = method
    request["headers"] |= headers | {"content-type": "application/json"}
    request["body"] = json.dumps(body) if body else None
    return api.handler(request | ({"cookies": cookies} if cookies else {}), context())


def log_in() -> list[str]:
    """The cookies that a browser sends from then on."""
    [cookie] = ask(SESSION, "POST", {"token": TOKEN})["cookies"]
    assert cookie.endswith("; HttpOnly; Secure; SameSite=Strict")
    return ["a=1", cookie.partition(";")[0]]


@pytest.mark.usefixtures("ports")
def test_a_session_opens_the_api_to_its_own_pages() -> None:
    cookies = log_in()

    assert ask("/api/v1/recordings")["statusCode"] == 401
    assert ask("/api/v1/recordings", cookies=cookies)["statusCode"] == 200
    assert ask("/api/v1/streamers/chzzk/x", "DELETE", cookies=cookies)["statusCode"] == 403
    assert ask("/api/v1/streamers/chzzk/x", "DELETE", cookies=cookies, **OWN_PAGE)["statusCode"] == 404
    assert "Max-Age=0" in ask(SESSION, "DELETE", cookies=cookies)["cookies"][0]


def test_what_is_shared_is_played_from_the_bucket_until_it_is_revoked(recording: str) -> None:
    cookies = log_in()
    made = ask(f"{recording}/shares", "POST", {"expires_in_s": 3600}, cookies, **OWN_PAGE)
    share = json.loads(made["body"])
    path = urlsplit(share["url"]).path

    assert SEGMENT.file in ask(path)["body"]
    segment = ask(path.replace("index.m3u8", f"segments/{SEGMENT.file}"))
    assert "X-Amz-Signature=" in segment["headers"]["Location"]

    ask(f"{recording}/shares/{share['share_id']}", "DELETE", None, cookies, **OWN_PAGE)
    assert ask(path)["statusCode"] == 410
    assert ask(path.replace("index.m3u8", f"segments/{SEGMENT.file}"))["statusCode"] == 410


@pytest.mark.usefixtures("ports")
def test_the_page_may_load_from_its_own_server_and_the_bucket_alone() -> None:
    policy = ask("/api/v1/health")["headers"]["Content-Security-Policy"]

    sources = dict(directive.split(" ", 1) for directive in policy.split("; "))
    bucket = f"https://{BUCKET}.s3.ap-northeast-2.amazonaws.com"
    assert sources["connect-src"] == f"'self' {bucket}"
    assert sources["media-src"] == f"'self' data: blob: {bucket}"
    assert sources["default-src"] == "'self'"
    assert sources["frame-ancestors"] == "'none'"
