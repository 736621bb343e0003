"""The session on real sockets: whom it talks to, and what it gives away."""

import logging
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import requests

from mntreamer.domain.errors import ForbiddenAddress
from mntreamer.public_http.session import MAX_REDIRECTS, public_session
from tests.integration.loopback_server import HANG_UP, SILENCE, LoopbackServer, Reply

SECRET = "hdnts=secret-of-the-url"
THREADS = 128


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        yield listening


def port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


def first_bytes(listener: socket.socket) -> bytes:
    """What the next peer says first; empty if it left without a word."""
    connection, _ = listener.accept()
    with connection:
        connection.settimeout(5)
        return connection.recv(4096)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_local_peer_is_refused_before_a_byte_is_sent(listener: socket.socket, scheme: str, host: str) -> None:
    with public_session(frozenset()) as session, pytest.raises(ForbiddenAddress) as raised:
        session.get(f"{scheme}://{host}:{port_of(listener)}/latest/meta-data?{SECRET}")
    assert first_bytes(listener) == b""
    assert host in str(raised.value)
    assert "meta-data" not in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_public_name_that_leads_to_a_local_address_is_refused(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebound = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port_of(listener)))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rebound)
    with public_session(frozenset()) as session, pytest.raises(ForbiddenAddress, match=r"media\.example"):
        session.get(f"https://media.example/segment.m4s?{SECRET}")
    assert first_bytes(listener) == b""


def test_an_allowed_host_is_reached(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = Reply(b"hello")
    assert session.get(server.url).content == b"hello"


def test_an_allowed_name_may_be_written_in_any_case(server: LoopbackServer) -> None:
    server.replies["/"] = Reply(b"hello")
    with public_session(frozenset({"LocalHost"})) as session:
        assert session.get(f"http://LOCALHOST:{server.server_port}/").content == b"hello"


def test_an_allowed_host_is_reached_over_tls_too(listener: socket.socket) -> None:
    session = public_session(frozenset({"127.0.0.1"}), timeouts_s=(0.2, 0.2))
    with session, pytest.raises(requests.RequestException):
        session.get(f"https://127.0.0.1:{port_of(listener)}/")
    assert first_bytes(listener).startswith(b"\x16\x03")  # a TLS handshake's ClientHello


def test_another_name_of_an_allowed_address_is_not_allowed(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = Reply()
    session.get(server.url)
    with pytest.raises(ForbiddenAddress, match="localhost"):
        session.get(f"http://localhost:{server.server_port}/")


def test_a_redirect_to_a_local_address_is_refused(
    server: LoopbackServer, listener: socket.socket, session: requests.Session
) -> None:
    inside = f"http://localhost:{port_of(listener)}/?{SECRET}"
    server.replies["/"] = Reply(status=302, headers={"Location": inside})
    with pytest.raises(ForbiddenAddress, match="localhost") as raised:
        session.get(server.url)
    assert first_bytes(listener) == b""
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/secret", "data:text/plain,secret"])
def test_no_other_scheme_is_opened(server: LoopbackServer, session: requests.Session, url: str) -> None:
    server.replies["/"] = Reply(status=302, headers={"Location": url})
    for start in (url, server.url):
        with pytest.raises(ForbiddenAddress) as raised:
            session.get(start)
        assert str(raised.value).startswith(f"{url.partition(':')[0]}: ")
        assert "secret" not in str(raised.value)
        assert "passwd" not in str(raised.value)


def test_redirects_are_followed_to_an_end(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = Reply(status=302, headers={"Location": "/"})
    with pytest.raises(requests.TooManyRedirects):
        session.get(server.url)
    assert len(server.seen) == 1 + MAX_REDIRECTS


@pytest.mark.parametrize("options", [{}, {"proxies": {"http": "http://127.0.0.1:9"}}])
def test_no_proxy_comes_between(
    server: LoopbackServer, session: requests.Session, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    server.replies["/"] = Reply(b"direct")
    assert session.get(server.url, **options).content == b"direct"


def test_no_password_comes_in_from_a_netrc(
    server: LoopbackServer, session: requests.Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    server.replies["/"] = Reply()
    session.get(server.url)
    assert server.seen[0].headers["Authorization"] is None


def test_every_request_has_time_outs(server: LoopbackServer) -> None:
    server.replies["/"] = SILENCE
    with public_session(frozenset({"127.0.0.1"}), timeouts_s=(5, 0.05)) as session:
        with pytest.raises(requests.ReadTimeout):
            session.get(server.url)
        with pytest.raises(requests.ReadTimeout):
            session.send(requests.Request("GET", server.url).prepare())


def test_a_request_can_have_its_own_time_outs(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = SILENCE
    with pytest.raises(requests.ReadTimeout, match=r"read timeout=0\.05"):
        session.get(server.url, timeout=(5, 0.05))


def test_nothing_is_tried_twice(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = HANG_UP
    with pytest.raises(requests.ConnectionError):
        session.get(server.url)
    assert server.paths_seen() == ["/"]


def test_cookies_are_neither_kept_nor_sent_back(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = Reply(headers={"Set-Cookie": "session=secret; Path=/"})
    session.get(server.url)
    session.get(server.url)
    assert len(session.cookies) == 0
    assert server.seen[-1].headers["Cookie"] is None


def test_many_threads_share_it_and_its_connections(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = Reply(b"together", after=Barrier(THREADS))

    def fetch(_: int) -> bytes:
        return session.get(server.url).content

    with ThreadPoolExecutor(THREADS) as pool:
        assert set(pool.map(fetch, range(THREADS))) == {b"together"}
        assert set(pool.map(fetch, range(THREADS))) == {b"together"}
    assert server.connections == THREADS


def test_no_url_is_logged(
    server: LoopbackServer, session: requests.Session, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.replies["/"] = Reply(headers={"Connection": "close", "A header": "that urllib3 warns of"})
    session.get(f"{server.url}/?{SECRET}")
    server.replies["/"] = HANG_UP
    with pytest.raises(requests.ConnectionError):
        session.get(f"{server.url}/?{SECRET}")
    assert "secret" not in caplog.text
