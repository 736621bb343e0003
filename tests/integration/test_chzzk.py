"""CHZZK's adapter against a real HTTP server that answers as CHZZK does, or as it should not."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from mntreamer.domain.errors import BadInput, NotFound, NotPlayable, PlatformBlocked, PlatformError
from mntreamer.domain.probe import Channel, Live, NotRecordable, Offline, UnknownChannel
from mntreamer.platforms import json_api
from mntreamer.platforms.chzzk import Chzzk
from mntreamer.platforms.json_api import MAX_BYTES
from mntreamer.ports import Platform
from mntreamer.public_http import public_session
from tests.integration.loopback_server import HANG_UP, SILENCE, LoopbackServer, Reply, loopback_server

SAMPLES = Path(__file__).parents[1] / "samples"
CHANNEL_ID = "0123456789abcdef0123456789abcdef"
CHANNEL = f"/service/v1/channels/{CHANNEL_ID}"
STATUS = f"/polling/v3.1/channels/{CHANNEL_ID}/live-status"
DETAIL = f"/service/v3.3/channels/{CHANNEL_ID}/live-detail"
SEARCH = "/service/v1/search/channels"

CALLS: dict[str, Callable[[Platform], object]] = {
    "channel": lambda chzzk: chzzk.channel(CHANNEL_ID),
    "search": lambda chzzk: chzzk.search("예시스트리머"),
    "probe": lambda chzzk: chzzk.probe(CHANNEL_ID),
    "playback": lambda chzzk: chzzk.playback(CHANNEL_ID),
}
BROKEN = {
    "HTTP 500 with HTML": Reply(b"<html>Oops</html>", 500),
    "HTTP 502 with nothing": Reply(b"", 502),
    "HTTP 500 with an error": Reply((SAMPLES / "chzzk_error_9004_http500_v2_abroad.json").read_bytes(), 500),
    "HTTP 500 with a good body": Reply((SAMPLES / "chzzk_live_status_close.json").read_bytes(), 500),
    "HTTP 400": Reply((SAMPLES / "chzzk_error_400.json").read_bytes(), 400),
    "HTTP 200 with an error": Reply((SAMPLES / "chzzk_error_400.json").read_bytes()),
    "HTTP 200 with HTML": Reply(b"<html>Log in</html>"),
    "HTTP 200 with nothing": Reply(b""),
    "HTTP 200 with another encoding": Reply(b'{"code": 200, "content": null, "message": "\xb0\xa1"}'),
    "HTTP 200 with half a body": Reply(b'{"code": 200, "content": nu'),
    "HTTP 404 with HTML": Reply(b"<html>Not Found</html>", 404),
    "an endless redirect": Reply(status=302, headers={"Location": STATUS}),
    "a redirect to a file": Reply(status=302, headers={"Location": "file:///etc/passwd"}),
    "a redirect to an empty label": Reply(status=302, headers={"Location": "http://a..b/"}),
    "a redirect to no URL": Reply(status=302, headers={"Location": "http://[::1/x"}),
    "an endless answer": Reply(b" " * (MAX_BYTES + 1)),
    "a broken gzip": Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
    "a connection hung up": HANG_UP,
}


def sample(name: str, status: int = 200) -> Reply:
    return Reply((SAMPLES / f"chzzk_{name}.json").read_bytes(), status)


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with public_session(frozenset({"127.0.0.1"})) as allowing:
        yield allowing


@pytest.fixture
def chzzk(server: LoopbackServer, session: requests.Session) -> Platform:
    return Chzzk(session, server.url)


def test_offline_costs_one_call(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[STATUS] = sample("live_status_close")
    assert chzzk.probe(CHANNEL_ID) == Offline()
    assert server.paths_seen() == [STATUS]


def test_never_on_air_is_offline(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[STATUS] = sample("live_status_never_broadcast")
    assert chzzk.probe(CHANNEL_ID) == Offline()


def test_live_costs_two_calls_on_one_connection(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[STATUS] = sample("live_status_open")
    server.replies[DETAIL] = sample("live_detail_open")
    found = chzzk.probe(CHANNEL_ID)
    assert isinstance(found, Live)
    assert found.live_id == "21334000"
    assert server.paths_seen() == [STATUS, DETAIL]
    assert server.connections == 1


def test_the_detail_has_the_last_word(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[STATUS] = sample("live_status_open")
    server.replies[DETAIL] = sample("live_detail_close")
    assert chzzk.probe(CHANNEL_ID) == Offline()


@pytest.mark.parametrize(
    "detail", ["live_detail_adult_nologin", "live_detail_region_blocked", "live_detail_aes_event"]
)
def test_what_may_not_be_recorded_is_neither_live_nor_playable(
    server: LoopbackServer, chzzk: Platform, detail: str
) -> None:
    server.replies[STATUS] = sample("live_status_open")
    server.replies[DETAIL] = sample(detail)
    found = chzzk.probe(CHANNEL_ID)
    assert isinstance(found, NotRecordable)
    with pytest.raises(NotPlayable, match=found.reason):
        chzzk.playback(CHANNEL_ID)


def test_a_blocked_channel_is_not_recordable(server: LoopbackServer, chzzk: Platform) -> None:
    blocked = sample("live_status_close").body.replace(b'"CLOSE"', b'"BLOCK"')
    server.replies[STATUS] = Reply(blocked)
    assert isinstance(chzzk.probe(CHANNEL_ID), NotRecordable)


@pytest.mark.parametrize("answer", [sample("channel_notfound"), sample("error_404_live_detail", 404)])
def test_a_channel_is_unknown_once_both_calls_say_so(server: LoopbackServer, chzzk: Platform, answer: Reply) -> None:
    server.replies[STATUS] = sample("error_404_live_detail", 404)
    server.replies[CHANNEL] = answer
    assert chzzk.probe(CHANNEL_ID) == UnknownChannel()


def test_a_status_call_that_is_gone_makes_no_channel_unknown(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[STATUS] = sample("error_404_live_detail", 404)
    server.replies[CHANNEL] = sample("channel")
    with pytest.raises(PlatformError):
        chzzk.probe(CHANNEL_ID)


@pytest.mark.parametrize("detail", [sample("error_404_live_detail", 404), sample("live_detail_never_broadcast")])
def test_a_live_without_a_detail_is_an_error_and_not_offline(
    server: LoopbackServer, chzzk: Platform, detail: Reply
) -> None:
    server.replies[STATUS] = sample("live_status_open")
    server.replies[DETAIL] = detail
    with pytest.raises(PlatformError):
        chzzk.probe(CHANNEL_ID)


def test_playback_is_one_call(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[DETAIL] = sample("live_detail_open")
    playback = chzzk.playback(CHANNEL_ID)
    assert playback.live_id == "21334000"
    assert "_hls_playlist.m3u8?hdnts=" in playback.url
    assert ("Referer", "https://chzzk.naver.com/") in playback.headers
    assert server.paths_seen() == [DETAIL]


def test_offline_has_no_playback(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[DETAIL] = sample("live_detail_close")
    with pytest.raises(NotPlayable, match="not on air"):
        chzzk.playback(CHANNEL_ID)


def test_a_channel_by_its_id(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[CHANNEL] = sample("channel")
    assert chzzk.channel(CHANNEL_ID) == Channel(CHANNEL_ID, "예시스트리머")


def test_an_unknown_channel_is_not_found(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[CHANNEL] = sample("channel_notfound")
    with pytest.raises(NotFound):
        chzzk.channel(CHANNEL_ID)


def test_what_is_no_id_is_never_asked_for(server: LoopbackServer, chzzk: Platform) -> None:
    with pytest.raises(BadInput):
        chzzk.channel("../search/channels")
    assert server.seen == []


def test_a_search_asks_as_the_site_does(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[SEARCH] = sample("search_channels")
    assert [found.channel_id for found in chzzk.search("예시스트리머")] == [CHANNEL_ID, "3" * 32]
    (request,) = server.seen
    assert request.query["keyword"] == ["예시스트리머"]
    assert request.headers["Origin"] == "https://chzzk.naver.com"
    assert request.headers["Referer"] == "https://chzzk.naver.com/"
    assert request.headers["User-Agent"].startswith("Mozilla/5.0 ")


def test_a_long_keyword_is_cut(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[SEARCH] = sample("search_channels_empty")
    assert chzzk.search("가" * 101) == []
    assert server.seen[0].query["keyword"] == ["가" * 100]


def test_a_search_that_is_gone_is_an_error_of_the_platform(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[SEARCH] = sample("error_404_live_detail", 404)
    with pytest.raises(PlatformError):
        chzzk.search("예시스트리머")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_answer_is_an_error_of_the_platform(
    server: LoopbackServer, chzzk: Platform, call: str, broken: str
) -> None:
    server.replies |= dict.fromkeys((CHANNEL, STATUS, DETAIL, SEARCH), BROKEN[broken])
    with pytest.raises(PlatformError) as raised:
        CALLS[call](chzzk)
    assert not isinstance(raised.value, PlatformBlocked)


@pytest.mark.parametrize("call", CALLS)
def test_silence_is_an_error_of_the_platform(server: LoopbackServer, call: str) -> None:
    server.replies |= dict.fromkeys((CHANNEL, STATUS, DETAIL, SEARCH), SILENCE)
    session = public_session(frozenset({"127.0.0.1"}), timeouts_s=(5, 0.05))
    with session, pytest.raises(PlatformError, match="ReadTimeout"):
        CALLS[call](Chzzk(session, server.url))


@pytest.mark.parametrize("call", CALLS)
def test_an_answer_that_drips_is_an_error_of_the_platform(
    server: LoopbackServer, chzzk: Platform, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    monkeypatch.setattr(json_api, "WITHIN_S", 0.1)
    dripping = Reply(b"HTTP/1.1 200 OK\r\n\r\n", raw=True, drips=True)
    server.replies |= dict.fromkeys((CHANNEL, STATUS, DETAIL, SEARCH), dripping)
    with pytest.raises(PlatformError, match=r"127\.0\.0\.1 did not answer: not within 0\.1 s"):
        CALLS[call](chzzk)


@pytest.mark.parametrize("call", CALLS)
def test_a_refused_connection_is_an_error_of_the_platform(session: requests.Session, call: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]
    with pytest.raises(PlatformError, match=r"127\.0\.0\.1 did not answer"):
        CALLS[call](Chzzk(session, f"http://127.0.0.1:{port}"))


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", [403, 429])
@pytest.mark.parametrize(
    ("headers", "retry_after_s"),
    [
        ({"Retry-After": "90"}, 90.0),
        ({"Retry-After": "Sun, 22 Nov 2026 09:32:00 GMT", "Date": "Sun, 22 Nov 2026 09:30:00 GMT"}, 120.0),
        ({}, None),
    ],
)
def test_a_platform_can_ask_us_to_stay_away(
    server: LoopbackServer,
    chzzk: Platform,
    call: str,
    status: int,
    headers: dict[str, str],
    retry_after_s: float | None,
) -> None:
    reply = Reply(b"<html>no</html>", status, headers)
    server.replies |= dict.fromkeys((CHANNEL, STATUS, DETAIL, SEARCH), reply)
    with pytest.raises(PlatformBlocked) as raised:
        CALLS[call](chzzk)
    assert raised.value.retry_after_s == retry_after_s
    assert len(server.seen) == 1


def test_an_api_at_a_local_address_is_an_error_of_the_platform(server: LoopbackServer) -> None:
    with public_session(frozenset()) as session, pytest.raises(PlatformError, match="MNTREAMER_ALLOWED_HOSTS"):
        Chzzk(session, server.url).probe(CHANNEL_ID)
    assert server.seen == []
