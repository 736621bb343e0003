"""The API as the command line calls it: on this machine or on AWS."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests

from mntreamer_local.hosts import is_loopback

_TIMEOUT_S = 30.0


class CallFailed(Exception):
    """The API refused, or could not be reached. `exit_code` is what the command line ends with."""

    def __init__(self, message: str, exit_code: int, candidates: list[dict[str, str]] | None = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.candidates = candidates or []


@dataclass(frozen=True, slots=True)
class ApiClient:
    """`url` is the API's origin; `token` is empty where none is asked for. Raises CallFailed for what is no URL."""

    url: str
    token: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _is_web_url(self.url):
            raise CallFailed(f"MNTREAMER_URL is not a URL: {self.url!r}; one looks like http://127.0.0.1:8080", 2)

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The answer's JSON, None for an empty one. Raises CallFailed."""
        headers = {"Authorization": f"Bearer {self.token}".encode()} if self.token else {}
        with requests.Session() as session:
            session.trust_env = not is_loopback(urlsplit(self.url).netloc)  # a proxy does not lead to this machine
            try:
                response = session.request(
                    method, f"{self.url}/api/v1{path}", json=body, headers=headers, timeout=_TIMEOUT_S
                )
            except requests.RequestException as error:
                reason = f"no server answers at {self.url}; start one with 'make run' ({type(error).__name__})"
                raise CallFailed(reason, exit_code=3) from None
        return _read(response)


def api_of_environment() -> ApiClient:
    """The API that MNTREAMER_URL names, with MNTREAMER_TOKEN; else the one of this machine. Raises CallFailed."""
    url = os.environ.get("MNTREAMER_URL", "http://127.0.0.1:8080").rstrip("/")
    return ApiClient(url, os.environ.get("MNTREAMER_TOKEN", ""))


def _is_web_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _read(response: requests.Response) -> Any:
    if response.status_code == requests.codes.no_content:
        return None
    if response.status_code == requests.codes.unauthorized:
        raise CallFailed("the server asks for its token: set MNTREAMER_TOKEN to what is in DATA/token", exit_code=1)
    try:
        answer = response.json()
    except requests.JSONDecodeError:
        raise CallFailed(f"the server answered HTTP {response.status_code} without JSON", exit_code=3) from None
    if response.ok:
        return answer
    error = answer.get("error", {})
    message = error.get("message", f"the server answered HTTP {response.status_code}")
    raise CallFailed(message, exit_code=1, candidates=error.get("candidates"))
