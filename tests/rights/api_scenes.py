"""All that people ask of the API, one after another."""

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from benchmarks.platform_answers import channel_id_of
from functions.api import app as api
from mntreamer.aws.composition import media_store, serving_ports
from mntreamer.clock import utc_now
from mntreamer.domain.exports.export import ExportedFile, done
from mntreamer.domain.exports.export_file import parse_export, render_export
from mntreamer.domain.exports.export_path import export_key
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from tests.integration.aws.conftest import TOKEN
from tests.integration.aws.test_handlers import context, event
from tests.rights.recordings import SEGMENTS, lay_down, watch
from tests.rights.witness import Witness

_NEW, _REFINED, _STOPPED, _REMOVED = range(4)
_STREAMERS, _RECORDINGS = "/api/v1/streamers", "/api/v1/recordings"
_LONG_AGO = timedelta(hours=3)
_RANGE = {"begin": 0.0, "end": 6.0}


def serve(witness: Witness) -> None:
    ports = serving_ports()
    refined = lay_down(ports, _REFINED, status=RecordingStatus.IDLE, closed_at=ports.clock() - _LONG_AGO)
    stopped, removed = lay_down(ports, _STOPPED), lay_down(ports, _REMOVED)
    watch(ports, _STOPPED, stopped)
    watch(ports, _REMOVED, removed)
    with witness.watching():
        _streamers()
        _lists()
        _edits(refined)
        _played(refined)
        _exports(witness, refined)
        _given_up(refined)
        _asked("POST", f"{_RECORDINGS}/{stopped.recording_id}/stop")


def _streamers() -> None:
    new, removed = (f"{_STREAMERS}/chzzk/{channel_id_of(number)}" for number in (_NEW, _REMOVED))
    _asked("POST", _STREAMERS, {"platform": "chzzk", "channel_id": channel_id_of(_NEW)})
    _asked("GET", _STREAMERS)
    _asked("PATCH", new, {"priority": 2})
    _asked("POST", f"{new}/check")
    _asked("DELETE", removed)


def _lists() -> None:
    for path in ("/api/v1/health", "/api/v1/platforms", _RECORDINGS, "/api/v1/library"):
        _asked("GET", path)


def _edits(recording: Recording) -> None:
    at = f"{_RECORDINGS}/{recording.recording_id}"
    cut = _asked("POST", f"{at}/cuts", _RANGE)
    _asked("DELETE", f"{at}/cuts/{cut['cut_id']}")
    _asked("POST", f"{at}/clips", {"title": "The goal", **_RANGE})
    _asked("POST", f"{at}/markers", {"at": 6.0, "label": "kick-off"})
    share = _asked("POST", f"{at}/shares", {"expires_in_s": 3600})
    _answered("GET", urlsplit(share["url"]).path)
    _asked("GET", f"{at}/gaps")


def _played(recording: Recording) -> None:
    public = _asked("GET", f"{_RECORDINGS}/{recording.recording_id}")
    assert urlsplit(public["playlist_url"]).path.endswith("index.m3u8")
    _answered("GET", urlsplit(public["source_url"]).path)
    clip = urlsplit(public["clips"][0]["playlist_url"]).path
    _answered("GET", clip)
    link = _answered("GET", clip.replace("index.m3u8", f"segments/{SEGMENTS[0].file}"))
    assert link["statusCode"] == HTTPStatus.FOUND
    track = urlsplit(public["thumbnails_url"]).path
    _answered("GET", urlsplit(public["poster_url"]).path)
    _answered("GET", track)
    _answered("GET", track.replace(".vtt", "/0001.jpg"))


def _exports(witness: Witness, recording: Recording) -> None:
    at = f"{_RECORDINGS}/{recording.recording_id}/exports"
    export = _asked("POST", at, {"format": "ts"})
    with witness.looking_away():
        _is_done(export_key(recording.recording_id, export["export_id"]))
    [told] = _asked("GET", at)["exports"]
    assert told["files"][0]["url"]
    _asked("DELETE", f"{at}/{export['export_id']}")


def _is_done(key: str) -> None:
    store = media_store()
    stored = store.get(key)
    assert stored
    finished = done(parse_export(stored.body.decode()), (ExportedFile(1, 6.0, "h264"),), utc_now())
    store.put(key, render_export(finished).encode(), "application/json", stored.version)


def _given_up(recording: Recording) -> None:
    at = f"{_RECORDINGS}/{recording.recording_id}"
    _asked("POST", f"{at}/confirm")
    _asked("DELETE", at)
    _asked("POST", f"{at}/restore")


def _asked(method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    text = _answered(method, path, body).get("body")
    return json.loads(text) if text else None


def _answered(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    request = event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = path
    request["requestContext"]["http"]["method"] = method
    request["headers"] |= {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    request["body"] = json.dumps(body) if body else None
    answer = api.handler(request, context())
    assert answer["statusCode"] < HTTPStatus.BAD_REQUEST, answer["body"]
    return answer
