"""The one-machine server that asks for its token: changing it under way, and a proxy in front that speaks TLS."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from mntreamer.domain.guessing import AT_ONCE
from mntreamer_local.files.token_file import api_token, replace_token
from tests.integration.local.test_serve import _read_until, _server, free_port

__all__ = ["free_port"]
_WITHIN_S = 30
_THROUGH_TLS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


@pytest.fixture
def url(tmp_path: Path, free_port: int) -> Iterator[str]:
    with _server(free_port, tmp_path, dict(os.environ), "--token") as process:
        _read_until("Ctrl-C stops it", process.stdout)
        yield f"http://127.0.0.1:{free_port}/api/v1"


def _log_in(url: str, token: str, **headers: str) -> requests.Response:
    return requests.post(f"{url}/session", json={"token": token}, headers=headers, timeout=_WITHIN_S)


def _status(url: str, token: str, cookies: dict[str, str] | None = None) -> int:
    bearer = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.get(f"{url}/recordings", headers=bearer, cookies=cookies, timeout=_WITHIN_S).status_code


def test_a_new_token_counts_at_once_and_ends_the_sessions_of_the_old_one(url: str, tmp_path: Path) -> None:
    old = api_token(tmp_path / "token")
    session = _log_in(url, old).cookies.get_dict()
    assert _status(url, "", session) == 200

    new = replace_token(tmp_path / "token")

    assert _status(url, new) == 200
    assert _status(url, old) == 401
    assert _status(url, "", session) == 401


def test_behind_a_proxy_that_speaks_tls_the_session_is_of_tls_alone(url: str, tmp_path: Path) -> None:
    cookie = _log_in(url, api_token(tmp_path / "token"), **_THROUGH_TLS).headers["Set-Cookie"]

    assert cookie.startswith("__Host-mntreamer=")
    assert "; Secure" in cookie


def test_behind_a_proxy_one_who_guesses_keeps_nobody_else_out(url: str, tmp_path: Path) -> None:
    token = api_token(tmp_path / "token")
    guessed = {_log_in(url, f"guess {number}", **_THROUGH_TLS).status_code for number in range(AT_ONCE + 1)}

    assert guessed == {401, 429}
    assert _log_in(url, token, **_THROUGH_TLS).status_code == 429
    assert _log_in(url, token, **_THROUGH_TLS | {"X-Forwarded-For": "198.51.100.1"}).status_code == 201
    # What a stranger says of himself stands before what the proxy says of him.
    pretends = _THROUGH_TLS | {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
    assert _log_in(url, token, **pretends).status_code == 429
