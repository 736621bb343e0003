"""A console with something to see: streamers in several states, and recordings that were made of real streams."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests

from demo.waiting import wait_for
from tests.console.conftest import Site

Json = dict[str, Any]
_TIMEOUT_S = 30
_RECORDED_WITHIN_S = 90.0
_ENOUGH_SEGMENTS = 4
_SHOWS = {
    "데모": ("mntreamer 데모 방송", "talk"),
    "그림 그리는 곰": ("비 오는 날의 수채화", "art"),
    "느린 게이머": ("처음부터 다시: 3일째", "어드벤처"),
}
_QUIET = ("밤에 오는 사람", "잠시 쉬는 사람")
_REFINED: dict[str, Json] = {
    "cuts": {"begin": 6, "end": 9},
    "markers": {"at": 3, "label": "goal"},
    "clips": {"begin": 0, "end": 5, "title": "The beginning"},
}


@dataclass(frozen=True)
class Staged:
    """What is there, by recording id: one that is still recorded, and edited; one to refine; one that is confirmed.

    `page_url` is where the first one is shared.
    """

    live: str
    to_refine: str
    confirmed: str
    page_url: str


def staged(site: Site) -> Staged:
    """Takes as long as streams need to be recorded: half a minute."""
    channels = {name: _added(site, name) for name in (*_SHOWS, *_QUIET)}
    for name, (title, category) in _SHOWS.items():
        site.chzzk.go_live(channels[name], title, category)
        call(site, "POST", f"streamers/chzzk/{channels[name]}/check")
    live, to_refine, confirmed = (recorded(site, channels[name]) for name in _SHOWS)
    for recording_id, name in ((to_refine, "그림 그리는 곰"), (confirmed, "느린 게이머")):
        site.chzzk.go_offline(channels[name])
        _wait_until(site, recording_id, "it is over", lambda recording: recording["status"] == "IDLE")
    call(site, "POST", f"{path_of(confirmed)}/confirm")
    call(site, "PATCH", f"streamers/chzzk/{channels[_QUIET[1]]}", {"paused": True})
    for what, body in _REFINED.items():
        call(site, "POST", f"{path_of(live)}/{what}", body)
    share = call(site, "POST", f"{path_of(live)}/shares", {"expires_in_s": 604_800})
    return Staged(live, to_refine, confirmed, share["page_url"])


def recorded(site: Site, channel_id: str) -> str:
    """The id of the recording that is being made of a channel that is live, once there is something to cut."""
    streamer = f"streamers/chzzk/{channel_id}"
    recording_id = wait_for(
        "a live channel is noticed", lambda: call(site, "GET", streamer)["recording_id"], _RECORDED_WITHIN_S
    )
    _wait_until(site, recording_id, "segments are stored", lambda one: one["segments"] >= _ENOUGH_SEGMENTS)
    return str(recording_id)


def _added(site: Site, name: str) -> str:
    channel_id = site.chzzk.add_channel(name)
    call(site, "POST", "streamers", {"platform": "chzzk", "channel_id": channel_id})
    return channel_id


def _wait_until(site: Site, recording_id: str, what: str, holds: Callable[[Json], bool]) -> None:
    wait_for(what, lambda: holds(call(site, "GET", path_of(recording_id))) or None, _RECORDED_WITHIN_S)


def path_of(recording_id: str) -> str:
    """Of a recording, below the API's own."""
    return f"recordings/{quote(recording_id, safe='')}"


def call(site: Site, method: str, path: str, body: Json | None = None) -> Json:
    """What the API answers; a refusal is an error."""
    answer = requests.request(method, f"{site.url}/api/v1/{path}", json=body, timeout=_TIMEOUT_S)
    answer.raise_for_status()
    answered: Json = answer.json()
    return answered
