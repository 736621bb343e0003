"""The deployed API, as a person's tools call it."""

from typing import Any
from urllib.parse import quote, urlsplit

import requests

Json = dict[str, Any]
_WITHIN_S = 30


class Caller:
    """`url` is where the API's stage is reached. Every answer but the expected status is an AssertionError."""

    def __init__(self, url: str, token: str | None) -> None:
        self._url = url
        self._session = requests.Session()
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str) -> Json:
        return self._call("GET", path, 200)

    def post(self, path: str, body: Json, status: int = 201) -> Json:
        return self._call("POST", path, status, body)

    def delete(self, path: str) -> Json:
        return self._call("DELETE", path, 200)

    def refused(self, path: str) -> str:
        """The error's code, where the API lets nobody in."""
        code: str = self._call("GET", path, 401)["error"]["code"]
        return code

    def recording(self, recording_id: str) -> Json:
        return self.get(recording_path(recording_id))

    def here(self, url: str) -> str:
        """A link of the API's, which holds the API's own host, as it is reached on an emulator."""
        return self._url + urlsplit(url).path

    def _call(self, method: str, path: str, status: int, body: Json | None = None) -> Json:
        answer = self._session.request(method, f"{self._url}/api/v1/{path}", json=body, timeout=_WITHIN_S)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        told: Json = answer.json()
        return told


def recording_path(recording_id: str) -> str:
    return f"recordings/{quote(recording_id, safe='')}"
