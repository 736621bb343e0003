"""Whole answers on real sockets: all that a peer sends, in time, or a reason that gives nothing away."""

import gzip
import socket
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from unittest.mock import Mock

import pytest
import requests

from mntreamer.domain.errors import NotFetched
from mntreamer.public_http.deadline import Deadline
from mntreamer.public_http.failures import UNFETCHABLE
from mntreamer.public_http.session import public_session
from mntreamer.public_http.whole_answer import WholeAnswer, get_whole
from tests.integration.loopback_server import HANG_UP, SILENCE, LoopbackServer, Reply

SECRET = "hdnts=secret-of-the-url"
THREADS = 32


def whole(server: LoopbackServer, session: requests.Session, path: str = "/", within_s: float = 10) -> WholeAnswer:
    return get_whole(session, f"{server.url}{path}?{SECRET}", {"X-Said": "so"}, max_bytes=10, within_s=within_s)


def raw(text: str, *, drips: bool = False) -> Reply:
    return Reply(text.replace("\n", "\r\n").encode(), raw=True, drips=drips)


DRIPPING = {
    "headers": raw("HTTP/1.1 200 OK\nX-Long: ", drips=True),
    "a body with a length": raw("HTTP/1.1 200 OK\nContent-Length: 10\n\n", drips=True),
    "a body without a length": raw("HTTP/1.1 200 OK\n\n", drips=True),
    "a chunk's length": raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1;", drips=True),
}


def test_a_whole_answer_is_of_any_status(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = Reply(b"0123456789", 503, {"X-Why": "tired"})
    answer = whole(server, session)
    assert (answer.status, answer.headers["x-why"], answer.body) == (503, "tired", b"0123456789")
    assert server.seen[0].headers["X-Said"] == "so"
    assert "secret" not in repr(answer)


def test_a_whole_answer_knows_where_it_came_from(server: LoopbackServer, session: requests.Session) -> None:
    server.replies |= {"/": Reply(status=302, headers={"Location": "/there"}), "/there": Reply(b"here")}
    answer = whole(server, session)
    assert (answer.url, answer.body) == (f"{server.url}/there", b"here")


def test_whole_answers_share_a_connection(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = Reply(b"0123456789")
    assert [whole(server, session).body for _ in range(3)] == [b"0123456789"] * 3
    assert server.connections == 1


def test_a_body_that_is_too_long_is_given_up(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = Reply(b"0123456789+")
    with pytest.raises(NotFetched, match=r"127\.0\.0\.1 answered more than 10 bytes"):
        whole(server, session)


@pytest.mark.parametrize(
    "short",
    [
        raw("HTTP/1.1 200 OK\nContent-Length: 9\n\nshort"),
        raw("HTTP/1.1 200 OK\nContent-Length: 9\n\n"),
        raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n9\nshort"),
        raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nshort\n"),
    ],
)
def test_a_body_that_is_shorter_than_announced_is_none(
    server: LoopbackServer, session: requests.Session, short: Reply
) -> None:
    server.replies["/"] = short
    with pytest.raises(NotFetched):
        whole(server, session)


@pytest.mark.parametrize("what", DRIPPING)
@pytest.mark.parametrize("before", [[], ["/before"]], ids=["new connection", "used connection"])
def test_what_drips_is_given_up_in_time(
    server: LoopbackServer, session: requests.Session, what: str, before: list[str]
) -> None:
    server.replies |= {"/": DRIPPING[what], "/before": Reply()}
    for path in before:
        whole(server, session, path)
    with pytest.raises(NotFetched, match=r"^127\.0\.0\.1 did not answer: not within 0\.05 s$"):
        whole(server, session, within_s=0.05)
    assert server.connections == 1


BROKEN_OFF = {
    "before its answer": HANG_UP,
    "in its body": raw("HTTP/1.1 200 OK\nContent-Length: 9\n\nshort"),
    "in a chunk": raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n9\nshort"),
}
NOT_GZIP = Reply(b"text", headers={"Content-Encoding": "gzip"})


def why_not(session: requests.Session, url: str) -> str:
    """What people read of a URL that cannot be fetched."""
    with pytest.raises(NotFetched) as raised:
        get_whole(session, f"{url}/?{SECRET}", {}, max_bytes=10, within_s=10)
    return str(raised.value)


@pytest.mark.parametrize("where", BROKEN_OFF)
def test_a_connection_that_broke_off_is_told_so(
    server: LoopbackServer, session: requests.Session, where: str
) -> None:
    server.replies["/"] = BROKEN_OFF[where]
    assert why_not(session, server.url) == "127.0.0.1 did not answer: the connection broke off"


def test_a_refused_connection_is_told_so(session: requests.Session) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        url = f"http://127.0.0.1:{closing.getsockname()[1]}"
    assert why_not(session, url) == "127.0.0.1 did not answer: the connection was refused"


def test_silence_is_told_so(server: LoopbackServer) -> None:
    server.replies["/"] = SILENCE
    with public_session(frozenset({"127.0.0.1"}), timeouts_s=(5, 0.05)) as session:
        assert why_not(session, server.url) == "127.0.0.1 did not answer: it was silent for too long"


def test_silence_within_a_body_is_told_so(server: LoopbackServer) -> None:
    server.replies["/"] = Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", raw=True, stays=True)
    with public_session(frozenset({"127.0.0.1"}), timeouts_s=(5, 0.05)) as session:
        assert why_not(session, server.url) == "127.0.0.1 did not answer: it was silent for too long"


def test_a_name_without_an_address_is_told_so(session: requests.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Mock(side_effect=socket.gaierror))
    assert why_not(session, "http://media.example") == "media.example did not answer: its name leads to no address"


def test_a_peer_that_does_not_speak_tls_is_told_so(server: LoopbackServer, session: requests.Session) -> None:
    url = server.url.replace("http:", "https:")
    assert why_not(session, url) == "127.0.0.1 did not answer: no trusted TLS connection came about"


def test_what_cannot_be_decoded_is_told_so(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = NOT_GZIP
    assert why_not(session, server.url) == "127.0.0.1 did not answer: its body cannot be decoded"


def test_redirects_without_an_end_are_told_so(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = Reply(status=302, headers={"Location": "/"})
    assert why_not(session, server.url) == "127.0.0.1 did not answer: it redirected too often"


def test_a_packed_body_is_unpacked_and_no_longer_than_allowed(
    server: LoopbackServer, session: requests.Session
) -> None:
    packed = {"Content-Encoding": "gzip"}
    server.replies["/"] = Reply(gzip.compress(b"0123456789"), headers=packed)
    assert whole(server, session).body == b"0123456789"
    server.replies["/"] = Reply(gzip.compress(b"0123456789+"), headers=packed)
    with pytest.raises(NotFetched, match="answered more than 10 bytes"):
        whole(server, session)


def test_time_goes_on_through_redirects(server: LoopbackServer, session: requests.Session) -> None:
    server.replies |= {"/": Reply(status=302, headers={"Location": "/there"}), "/there": SILENCE}
    with pytest.raises(NotFetched, match="not within"):
        whole(server, session, within_s=0.1)


def given_up(server: LoopbackServer, session: requests.Session, within_s: float) -> None:
    """Returns after `within_s`, and thus after every deadline that would have come before."""
    server.replies["/silence"] = SILENCE
    with pytest.raises(NotFetched, match="not within"):
        whole(server, session, "/silence", within_s=within_s)


def test_many_are_given_up_at_once(server: LoopbackServer, session: requests.Session) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        for waiting in [pool.submit(given_up, server, session, 0.3) for _ in range(THREADS)]:
            waiting.result()


def test_a_connection_outlives_the_deadlines_of_the_answers_that_came(
    server: LoopbackServer, session: requests.Session
) -> None:
    server.replies["/"] = Reply()
    whole(server, session, within_s=0.2)
    with public_session(frozenset({"127.0.0.1"})) as another:
        given_up(server, another, within_s=0.3)
    whole(server, session)
    assert server.connections == 2


def test_a_connection_that_was_given_back_is_let_go(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/"] = Reply()
    with public_session(frozenset({"127.0.0.1"})) as another, Deadline(0.2):
        session.get(server.url)
        given_up(server, another, within_s=0.3)
    session.get(server.url)
    assert server.connections == 2


def test_a_forked_process_gives_up_in_time_too(server: LoopbackServer, session: requests.Session) -> None:
    given_up(server, session, within_s=0.05)
    forked = get_context("fork").Process(target=given_up, args=(server, session, 0.05), daemon=True)
    forked.start()
    forked.join(timeout=8)  # before the session's own time-out
    assert forked.exitcode == 0


def test_a_cookie_is_not_even_sent_where_its_redirect_leads(
    server: LoopbackServer, session: requests.Session
) -> None:
    headers = {"Location": "/there", "Set-Cookie": "session=secret; Path=/"}
    server.replies |= {"/": Reply(status=302, headers=headers), "/there": Reply(b"here")}
    whole(server, session)
    assert [seen.headers["Cookie"] for seen in server.seen] == [None, None]


def test_the_body_of_a_redirect_is_not_waited_for(server: LoopbackServer, session: requests.Session) -> None:
    redirect = "HTTP/1.1 302 Found\nLocation: /there\n\n"
    server.replies |= {"/": raw(redirect, drips=True), "/there": Reply(b"here")}
    assert whole(server, session).body == b"here"


@pytest.mark.parametrize("url", ["http://a..b/", "http://[::1/x", "http://", "http://a:b/", "file:///etc/passwd"])
def test_what_cannot_be_fetched_is_one_kind_of_error_without_the_url(
    server: LoopbackServer, session: requests.Session, url: str
) -> None:
    server.replies["/"] = Reply(status=302, headers={"Location": url})
    for start in (f"{url}?{SECRET}", f"{server.url}/?{SECRET}"):
        with pytest.raises(UNFETCHABLE):
            session.get(start)
        with pytest.raises(NotFetched) as raised:
            get_whole(session, start, {}, max_bytes=10, within_s=10)
        assert "secret" not in str(raised.value)
        assert "passwd" not in str(raised.value)
        assert raised.value.__cause__ is None


def test_a_forbidden_address_says_how_to_allow_it(server: LoopbackServer) -> None:
    with public_session(frozenset()) as session, pytest.raises(NotFetched, match="MNTREAMER_ALLOWED_HOSTS"):
        whole(server, session)
