"""A recording in the bucket is played through the API, or from the bucket itself where that is open."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.api import app as api
from functions.publish_playlist import app as publish_playlist
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName, SourcePlaylist, render_source
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.domain.refining.edits import Clip, Edits, Span
from mntreamer.domain.refining.edits_file import render_edits
from mntreamer.usecases.recordings.stored.source import PLAYLIST_TYPE
from tests.contract.records import NOON, a_recording
from tests.integration.aws.conftest import BUCKET, TOKEN
from tests.integration.aws.test_handlers import context, event

if TYPE_CHECKING:
    from mntreamer.ports import Ports

HOST = "abc.execute-api.ap-northeast-2.amazonaws.com"
SEGMENT = SegmentName(0, 9, 11)
CLIP = Clip("c1", "The goal", Span(SEGMENT, SEGMENT), NOON)


@pytest.fixture
def recorded(ports: "Ports") -> str:
    """A recording with one segment, published by the bucket's event; its prefix."""
    recording = a_recording(status=RecordingStatus.IDLE)
    ports.recordings.open(recording, datetime(2026, 11, 22, tzinfo=UTC).date())
    source = render_source(SourcePlaylist(6, (Segment(SEGMENT, 6.0),), ended=True))
    key = f"{recording.prefix}source.m3u8"
    ports.store.put(key, source.encode(), PLAYLIST_TYPE, None)
    ports.store.put_new(f"{recording.prefix}segments/{SEGMENT.file}", b"media", "video/mp2t", {})
    written = event("source_written")
    written["detail"]["object"]["key"] = key
    publish_playlist.handler(written, context())
    return recording.prefix


def _get(path: str) -> dict[str, Any]:
    request = event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = path
    request["headers"] |= {"authorization": f"Bearer {TOKEN}", "host": HOST, "x-forwarded-proto": "https"}
    return api.handler(request, context())


def _playlist_url() -> str:
    body: dict[str, str] = json.loads(_get("/api/v1/recordings/chzzk:c1:1001")["body"])
    return body["playlist_url"]


@pytest.mark.usefixtures("recorded")
def test_the_playlist_is_served_and_its_segments_are_redirected_to_the_bucket(recorded: str) -> None:
    url = _playlist_url()
    playlist = _get(urlsplit(url).path)
    segment = _get(urlsplit(url).path.replace("index.m3u8", f"segments/{SEGMENT.file}"))
    location = urlsplit(segment["headers"]["Location"])

    assert url.startswith(f"https://{HOST}/play/")
    assert playlist["statusCode"] == 200
    assert playlist["body"].endswith("#EXT-X-ENDLIST\n")
    assert segment["statusCode"] == 302
    assert BUCKET in location.netloc + location.path
    assert "X-Amz-Signature" in parse_qs(location.query)
    assert recorded.split("/")[1] in location.path


def test_who_watches_live_and_who_holds_a_clip_s_link_is_served(ports: "Ports", recorded: str) -> None:
    text = render_edits(Edits(clips=(CLIP,)))
    ports.store.put(f"{recorded}edits.json", text.encode(), "application/json", None)
    live = _get(urlsplit(_playlist_url()).path.replace("index.m3u8", "live.m3u8"))
    [clip] = json.loads(_get("/api/v1/recordings/chzzk:c1:1001")["body"])["clips"]
    path = urlsplit(clip["playlist_url"]).path

    assert "#EXT-X-PLAYLIST-TYPE:EVENT" in live["body"]
    assert SEGMENT.file in _get(path)["body"]
    assert _get(path.replace("index.m3u8", f"segments/{SEGMENT.file}"))["statusCode"] == 302
    assert _get(path.replace("index.m3u8", f"segments/{SegmentName(0, 12, 14).file}"))["statusCode"] == 404


def test_with_public_playback_it_is_the_buckets_own_url(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("MNTREAMER_PUBLIC_PLAYBACK", "true")
    request.getfixturevalue("recorded")
    url = urlsplit(_playlist_url())

    assert BUCKET in url.netloc
    assert url.path.endswith("/2026/11/22/1/index.m3u8")
    assert url.query == ""


def test_with_public_playback_a_growing_recording_is_live_in_the_bucket(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("MNTREAMER_PUBLIC_PLAYBACK", "true")
    prefix = request.getfixturevalue("recorded")
    ports: Ports = request.getfixturevalue("ports")
    ports.recordings.update("chzzk:c1:1001", {"status": RecordingStatus.RECORDING}, {})

    assert urlsplit(_playlist_url()).path.endswith("/2026/11/22/1/live.m3u8")
    assert ports.store.get(f"{prefix}live.m3u8")
