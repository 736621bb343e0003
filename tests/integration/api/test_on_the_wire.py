"""What no well-behaved client sends, as bytes to the running server."""

import socket
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from mntreamer.api.wire.body import MAX_BODY_BYTES
from tests.integration.api.running import Running

pytestmark = pytest.mark.xdist_group("running server")
_WITHIN_S = 30
TARGETS = [
    "/../etc/passwd",
    "/files/../token",
    "/files/%2e%2e/token",
    "/files/media/%2e%2e/%2e%2e/token",
    "http://evil.example/api/v1/recordings",
    "*",
    "/%",
    "/%zz",
    "/\x00",
    "/api/v1//recordings",
    "/API/V1/RECORDINGS",
    "/api/v1/recordings/",
    "/play/../api/v1/recordings",
    "/api/v1/docs/../recordings",
    "/api/v1/health/../recordings",
    "/api/v1/health%2f..%2frecordings",
    "/api/v1/docs%2f..%2f..%2fstreamers",
]
GET = "GET /api/v1/recordings HTTP/1.1"
POST = "POST /api/v1/streamers HTTP/1.1"


def sent(server: Running, request: bytes) -> tuple[int, str]:
    """The status and all of the answer; 0 where the connection was closed without one."""
    url = urlsplit(server.url)
    with socket.create_connection((url.hostname, url.port or 0), timeout=_WITHIN_S) as connection:
        answer = b""
        with suppress(ConnectionError):  # what is not read to its end is broken off
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while more := connection.recv(65536):
                answer += more
    return int(answer.split(b" ", 2)[1]) if answer else 0, answer.decode()


def authorized(server: Running, *lines: str, body: str = "") -> bytes:
    head = [lines[0], f"Authorization: Bearer {server.token}", *lines[1:]]
    return "\r\n".join([*head, "Connection: close", "", body]).encode("latin-1")


def test_a_request_of_http_1_0_needs_no_host(server: Running) -> None:
    status, answer = sent(server, authorized(server, "GET /api/v1/recordings?limit=1 HTTP/1.0"))
    assert (status, "/play/" in answer) == (200, True)


@pytest.mark.parametrize(
    "lines",
    [
        ("Host: x", "X-A: a\nX-Injected: yes"),
        ("Host: x", "X-A: a\rX-Injected: yes"),
        ("Host: x", " folded: yes"),
        ("Host: x", "X A: a"),
        ("Host: x", "Content-Length: -1"),
        ("Host: x", "Content-Length: 1", "Content-Length: 2"),
        ("Host: x", "Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Host: x", "Transfer-Encoding: identity, chunked"),
        ("Host: x", "X-A: \x00"),
        ("Host: x\\y",),
        ("Host: x", "X-A: " + "a" * 300_000),
        ("Host: x", *(f"X-{number}: a" for number in range(20_000))),
    ],
)
def test_headers_that_are_none_break_nothing(server: Running, lines: tuple[str, ...]) -> None:
    status, answer = sent(server, authorized(server, GET, *lines))
    assert status < 600
    assert status not in (500, 502, 503)
    assert "X-Injected" not in answer.partition("\r\n\r\n")[0]


@pytest.mark.parametrize("target", TARGETS)
def test_no_way_of_writing_a_path_gets_past_the_door(server: Running, target: str) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    status, answer = sent(server, request)
    assert 400 <= status < 500
    assert "chzzk" not in answer


def test_a_body_that_is_much_too_large_is_not_waited_for(server: Running) -> None:
    lines = ("Host: x", "Content-Type: application/json", f"Content-Length: {MAX_BODY_BYTES * 1000}")
    assert sent(server, authorized(server, POST, *lines))[0] == 413
