"""mntreamer's own API, as a person's tools would call it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urljoin

import requests

from demo.failures import DidNotHappen

Json = dict[str, Any]

_TIMEOUT_S = 10


class Api:
    """Every call raises DidNotHappen unless the answer is 2xx. `check_running` is asked when none comes at all."""

    def __init__(self, server_url: str, check_running: Callable[[], None]) -> None:
        self._server_url = server_url
        self._check_running = check_running
        self._session = requests.Session()

    def add_streamer(self, nickname: str) -> Json:
        return self._call("POST", "streamers", {"platform": "chzzk", "nickname": nickname})

    def streamer(self, channel_id: str) -> Json:
        return self._call("GET", f"streamers/chzzk/{channel_id}")

    def recording(self, recording_id: str) -> Json:
        return self._call("GET", f"recordings/{quote(recording_id, safe='')}")

    def absolute(self, url: str) -> str:
        return urljoin(self._server_url, url)

    def _call(self, method: str, path: str, body: Json | None = None) -> Json:
        url = f"{self._server_url}/api/v1/{path}"
        try:
            answer = self._session.request(method, url, json=body, timeout=_TIMEOUT_S)
        except requests.RequestException as error:
            self._check_running()
            raise DidNotHappen(f"{method} {path}: no answer ({type(error).__name__})") from error
        if not answer.ok:
            raise DidNotHappen(f"{method} {path}: answered {answer.status_code} {answer.text[:300]}")
        told: Json = answer.json()
        return told
