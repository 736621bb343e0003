"""CHZZK's adapter against a real HTTP server that answers as CHZZK does, or as it should not."""

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from mntreamer.clock import utc_now
from mntreamer.domain.errors import (
    BadInput,
    NotFound,
    NotPlayable,
    PlatformBlocked,
    PlatformError,
    PlatformUnavailable,
)
from mntreamer.domain.monitors.probe import Channel, Live, NotRecordable, Offline, UnknownChannel
from mntreamer.platforms import json_api
from mntreamer.platforms.chzzk import Chzzk
from mntreamer.platforms.gate import TROUBLE, Gate
from mntreamer.platforms.json_api import MAX_BYTES
from mntreamer.ports import Platform
from mntreamer.public_http.session import public_session
from tests.contract.memory_platform_states import MemoryPlatformStates
from tests.integration.loopback_server import HANG_UP, SILENCE, LoopbackServer, Reply

SAMPLES = Path(__file__).parents[1] / "samples"
CHANNEL_ID = "0123456789abcdef0123456789abcdef"
CHANNEL = f"/service/v1/channels/{CHANNEL_ID}"
STATUS = f"/polling/v3.1/channels/{CHANNEL_ID}/live-status"
DETAIL = f"/service/v3.3/channels/{CHANNEL_ID}/live-detail"
SEARCH = "/service/v1/search/channels"
VIDEOS = f"{CHANNEL}/videos"
REWIND = f"{CHANNEL}/live-playback-json"

CALLS: dict[str, Callable[[Platform], object]] = {
    "channel": lambda chzzk: chzzk.channel(CHANNEL_ID),
    "search": lambda chzzk: chzzk.search("예시스트리머"),
    "probe": lambda chzzk: chzzk.probe(CHANNEL_ID),
    "past_broadcasts": lambda chzzk: chzzk.past_broadcasts(CHANNEL_ID),
    "topic": lambda chzzk: chzzk.topic(CHANNEL_ID),
    "playback": lambda chzzk: chzzk.playback(CHANNEL_ID),
    "rewind": lambda chzzk: chzzk.rewind(CHANNEL_ID),
}
IN_TROUBLE = {
    "HTTP 500 with HTML": Reply(b"<html>Oops</html>", 500),
    "HTTP 502 with nothing": Reply(b"", 502),
    "HTTP 500 with an error": Reply((SAMPLES / "chzzk_error_9004_http500_v2_abroad.json").read_bytes(), 500),
    "HTTP 500 with a good body": Reply((SAMPLES / "chzzk_live_status_close.json").read_bytes(), 500),
    "HTTP 503 with other JSON": Reply(b'{"status": 503, "error": "Service Unavailable"}', 503),
}
BROKEN = {
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


def sleep_never(seconds: float) -> None:
    raise AssertionError(f"nothing waits where there is no rate, and not {seconds} s")


def chzzk_at(url: str, session: requests.Session) -> Platform:
    return Chzzk(session, url, Gate("chzzk", MemoryPlatformStates(), utc_now, sleep_never, None))


@pytest.fixture
def chzzk(server: LoopbackServer, session: requests.Session) -> Platform:
    return chzzk_at(server.url, session)


def test_replays_tell_when_past_broadcasts_began(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[VIDEOS] = sample("videos")

    newest, oldest = chzzk.past_broadcasts(CHANNEL_ID)

    assert newest.started_at == datetime(2026, 11, 20, 11, 1, tzinfo=UTC)
    assert newest.ended_at == datetime(2026, 11, 20, 14, 4, 11, tzinfo=UTC)
    assert oldest.started_at == datetime(2026, 11, 18, 11, 0, tzinfo=UTC)
    assert server.paths_seen() == [VIDEOS]


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


def test_going_back_is_one_call(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[REWIND] = sample("live_playback_json")

    playback = chzzk.rewind(CHANNEL_ID)

    assert playback
    assert playback.segment_query.startswith("__bgda__=st=")
    assert server.paths_seen() == [REWIND]


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


def test_a_channel_s_name_is_one_line_of_text_whatever_it_is(server: LoopbackServer, chzzk: Platform) -> None:
    named = {"channelId": CHANNEL_ID, "channelName": " half \ud83d\r\nof a\x1b[2J pair "}
    server.replies[CHANNEL] = Reply(json.dumps({"code": 200, "content": named}).encode())

    assert chzzk.channel(CHANNEL_ID) == Channel(CHANNEL_ID, "half  of a[2J pair")


def test_a_search_that_is_gone_is_an_error_of_the_platform(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[SEARCH] = sample("error_404_live_detail", 404)
    with pytest.raises(PlatformError):
        chzzk.search("예시스트리머")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_answer_is_an_error_of_the_platform(
    server: LoopbackServer, chzzk: Platform, call: str, broken: str
) -> None:
    server.replies |= dict.fromkeys((CHANNEL, STATUS, DETAIL, SEARCH, VIDEOS, REWIND), BROKEN[broken])
    with pytest.raises(PlatformError) as raised:
        CALLS[call](chzzk)
    assert not isinstance(raised.value, PlatformBlocked | PlatformUnavailable)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("trouble", IN_TROUBLE)
def test_trouble_is_told_from_other_errors(server: LoopbackServer, chzzk: Platform, call: str, trouble: str) -> None:
    server.replies |= dict.fromkeys((CHANNEL, STATUS, DETAIL, SEARCH, VIDEOS, REWIND), IN_TROUBLE[trouble])
    with pytest.raises(PlatformUnavailable, match=r"127\.0\.0\.1 is in trouble: HTTP 50\d"):
        CALLS[call](chzzk)


def test_trouble_can_say_how_long_it_lasts(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[STATUS] = Reply(b"", 503, {"Retry-After": "120"})
    with pytest.raises(PlatformUnavailable) as raised:
        chzzk.probe(CHANNEL_ID)
    assert raised.value.retry_after_s == 120.0


def test_trouble_again_and_again_closes_the_gate(server: LoopbackServer, chzzk: Platform) -> None:
    server.replies[STATUS] = Reply(b"", 500)
    for _ in range(TROUBLE + 3):
        with pytest.raises(PlatformError):
            chzzk.probe(CHANNEL_ID)
    assert len(server.seen) == TROUBLE
    assert chzzk.closed_until()


@pytest.mark.parametrize("call", CALLS)
def test_silence_is_an_error_of_the_platform(server: LoopbackServer, call: str) -> None:
    server.replies |= dict.fromkeys((CHANNEL, STATUS, DETAIL, SEARCH, VIDEOS, REWIND), SILENCE)
    session = public_session(frozenset({"127.0.0.1"}), timeouts_s=(5, 0.05))
    with session, pytest.raises(PlatformError, match="it was silent for too long"):
        CALLS[call](chzzk_at(server.url, session))


@pytest.mark.parametrize("call", CALLS)
def test_an_answer_that_drips_is_an_error_of_the_platform(
    server: LoopbackServer, chzzk: Platform, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    monkeypatch.setattr(json_api, "WITHIN_S", 0.1)
    dripping = Reply(b"HTTP/1.1 200 OK\r\n\r\n", raw=True, drips=True)
    server.replies |= dict.fromkeys((CHANNEL, STATUS, DETAIL, SEARCH, VIDEOS, REWIND), dripping)
    with pytest.raises(PlatformError, match=r"127\.0\.0\.1 did not answer: not within 0\.1 s"):
        CALLS[call](chzzk)


@pytest.mark.parametrize("call", CALLS)
def test_a_refused_connection_is_an_error_of_the_platform(session: requests.Session, call: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]
    with pytest.raises(PlatformError, match=r"127\.0\.0\.1 did not answer"):
        CALLS[call](chzzk_at(f"http://127.0.0.1:{port}", session))


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", [403, 429])
@pytest.mark.parametrize(
    ("headers", "left_s"),
    [
        ({"Retry-After": "90"}, 90.0),
        ({"Retry-After": "Sun, 22 Nov 2026 09:32:00 GMT", "Date": "Sun, 22 Nov 2026 09:30:00 GMT"}, 120.0),
        ({}, 60.0),
    ],
)
def test_a_platform_can_ask_us_to_stay_away(
    server: LoopbackServer,
    chzzk: Platform,
    call: str,
    status: int,
    headers: dict[str, str],
    left_s: float,
) -> None:
    reply = Reply(b"<html>no</html>", status, headers)
    server.replies |= dict.fromkeys((CHANNEL, STATUS, DETAIL, SEARCH, VIDEOS, REWIND), reply)
    for later in CALLS.values():
        with pytest.raises(PlatformBlocked, match=f"HTTP {status}"):
            CALLS[call](chzzk)
        with pytest.raises(PlatformBlocked) as raised:
            later(chzzk)
        assert raised.value.retry_after_s == pytest.approx(left_s, abs=10)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("polling", "period_s"),
    [
        ('{"callPeriodMilliSecond": 30000}', 30),
        ('{"callPeriodMilliSecond": 10000}', 0),
        ('{"callPeriodMilliSecond": 1000}', 0),
        ('{"callPeriodMilliSecond": 86400000}', 600),
        ('{"callPeriodMilliSecond": "soon"}', 0),
        ("<html>", 0),
    ],
)
def test_a_channel_says_how_rarely_it_wants_to_be_probed_for_itself_alone(
    server: LoopbackServer, chzzk: Platform, polling: str, period_s: int
) -> None:
    body = json.loads(sample("live_status_close").body)
    body["content"]["livePollingStatusJson"] = polling
    server.replies[STATUS] = Reply(json.dumps(body).encode())
    assert chzzk.probe(CHANNEL_ID) == Offline(timedelta(seconds=period_s))
    assert chzzk.floor == timedelta(seconds=10)


def test_an_api_at_a_local_address_is_an_error_of_the_platform(server: LoopbackServer) -> None:
    with public_session(frozenset()) as session, pytest.raises(PlatformError, match="MNTREAMER_ALLOWED_HOSTS"):
        chzzk_at(server.url, session).probe(CHANNEL_ID)
    assert server.seen == []
