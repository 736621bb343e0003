"""What a login to CHZZK opens, where it goes and where it never goes, and how its end is noticed."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
import requests

from mntreamer.domain.errors import BadInput, NotPlayable, PlatformError
from mntreamer.domain.monitors.login import Login, LoginStatus
from mntreamer.domain.monitors.probe import Live, NotRecordable
from mntreamer.platforms.chzzk import Chzzk
from mntreamer.platforms.chzzk_login import ChzzkLogin
from mntreamer.platforms.gate import Gate
from mntreamer.public_http.session import public_session
from tests.contract.memory_platform_states import MemoryPlatformStates
from tests.integration.loopback_server import LoopbackServer, Reply, loopback_server

SAMPLES = Path(__file__).parents[1] / "samples"
CHANNEL_ID = "0123456789abcdef0123456789abcdef"
CHANNEL = f"/service/v1/channels/{CHANNEL_ID}"
STATUS = f"/polling/v3.1/channels/{CHANNEL_ID}/live-status"
DETAIL = f"/service/v3.3/channels/{CHANNEL_ID}/live-detail"
SEARCH = "/service/v1/search/channels"
COOKIE = "NID_AUT=invented-aut; NID_SES=invented-ses"
NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
SINCE_MORNING = ChzzkLogin("invented-aut", "invented-ses", "the drawer", NOON - timedelta(hours=3))


def sample(name: str) -> Reply:
    return Reply((SAMPLES / f"chzzk_{name}.json").read_bytes())


FOR_ALL = sample("live_detail_open")
OPENED = Reply(
    FOR_ALL.body.replace(b'"userAdultStatus": null', b'"userAdultStatus": "ADULT"').replace(
        b'"adult": false', b'"adult": true'
    )
)
REFUSED = sample("live_detail_adult_nologin")
UNVERIFIED = Reply(REFUSED.body.replace(b"NOT_LOGIN_USER", b"NOT_REAL_NAME_AUTH"))


class Drawer:
    """Where the login is kept: a test puts another one in, none, or something spoilt."""

    def __init__(self) -> None:
        self.kept: ChzzkLogin | BadInput | None = SINCE_MORNING

    def __call__(self) -> ChzzkLogin | None:
        if isinstance(self.kept, BadInput):
            raise self.kept
        return self.kept


class Workers:
    """Processes that share the platform's state, and the time."""

    def __init__(self, session: requests.Session, api: str) -> None:
        self.now = NOON
        self.drawer = Drawer()
        self.states = MemoryPlatformStates()
        self._session = session
        self._api = api

    def another(self) -> Chzzk:
        gate = Gate("chzzk", self.states, lambda: self.now, self._wait, None)
        return Chzzk(self._session, self._api, gate, self.drawer)

    def minutes_pass(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @staticmethod
    def _wait(seconds: float) -> None:
        raise AssertionError(f"nothing waits where there is no rate, and not {seconds} s")


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as running:
        running.replies[STATUS] = sample("live_status_open_adult_nologin")
        yield running


@pytest.fixture
def workers(server: LoopbackServer) -> Iterator[Workers]:
    with public_session(frozenset({"127.0.0.1", "localhost"})) as session:
        yield Workers(session, server.url)


def cookies_seen(server: LoopbackServer) -> dict[str, str | None]:
    return {request.path: request.headers["Cookie"] for request in server.seen}


def reason_of(found: object) -> str:
    assert isinstance(found, NotRecordable)
    return found.reason


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


def test_a_login_opens_a_broadcast_for_adults(server: LoopbackServer, workers: Workers) -> None:
    server.replies[DETAIL] = OPENED
    chzzk = workers.another()
    assert isinstance(chzzk.probe(CHANNEL_ID), Live)
    assert chzzk.playback(CHANNEL_ID).live_id == "21334000"
    assert server.seen[-1].headers["Cookie"] == COOKIE
    assert chzzk.login() == Login(LoginStatus.IN_USE)
    assert workers.states.written == 0


def test_the_login_goes_with_the_one_call_that_needs_it(server: LoopbackServer, workers: Workers) -> None:
    server.replies |= {DETAIL: FOR_ALL, CHANNEL: sample("channel"), SEARCH: sample("search_channels")}
    chzzk = workers.another()
    chzzk.probe(CHANNEL_ID)
    chzzk.channel(CHANNEL_ID)
    chzzk.search("예시스트리머")
    assert cookies_seen(server) == {STATUS: None, DETAIL: COOKIE, CHANNEL: None, SEARCH: None}


def test_the_login_never_goes_to_where_media_are(server: LoopbackServer, workers: Workers) -> None:
    server.replies[DETAIL] = OPENED
    playback = workers.another().playback(CHANNEL_ID)
    assert "invented" not in f"{playback.headers} {playback.url}"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_login_never_goes_along_a_redirect(server: LoopbackServer, workers: Workers, host: str) -> None:
    with loopback_server() as elsewhere:
        elsewhere.replies[DETAIL] = REFUSED
        location = f"http://{host}:{elsewhere.server_port}{DETAIL}"
        server.replies[DETAIL] = Reply(status=302, headers={"Location": location, "Set-Cookie": "invented=1; Path=/"})
        workers.another().probe(CHANNEL_ID)
        assert cookies_seen(server)[DETAIL] == COOKIE
        assert cookies_seen(elsewhere) == {DETAIL: None}


def test_who_has_no_login_is_told_that_one_is_needed(server: LoopbackServer, workers: Workers) -> None:
    server.replies[DETAIL] = REFUSED
    workers.drawer.kept = None
    chzzk = workers.another()
    assert "none is in use" in reason_of(chzzk.probe(CHANNEL_ID))
    assert cookies_seen(server) == {STATUS: None, DETAIL: None}
    assert chzzk.login() == Login(LoginStatus.NONE)
    assert workers.states.written == 0


def test_an_expired_login_is_told_to_who_waits_for_the_broadcast(server: LoopbackServer, workers: Workers) -> None:
    server.replies[DETAIL] = REFUSED
    chzzk = workers.another()
    reason = reason_of(chzzk.probe(CHANNEL_ID))
    assert "expired: renew it in the drawer" in reason
    with pytest.raises(NotPlayable, match=reason):
        chzzk.playback(CHANNEL_ID)


def test_an_expired_login_is_raised_once_by_all_workers_together(
    server: LoopbackServer, workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    server.replies[DETAIL] = REFUSED
    for _ in range(3):
        for worker in (workers.another(), workers.another()):
            worker.probe(CHANNEL_ID)
        workers.minutes_pass(1)
    assert warnings_in(caplog) == ["the login has expired: renew it in the drawer"]
    assert workers.states.written == 1
    assert workers.another().login() == Login(LoginStatus.EXPIRED, NOON)


def test_an_expired_login_keeps_nobody_from_what_is_for_all(server: LoopbackServer, workers: Workers) -> None:
    chzzk = workers.another()
    server.replies[DETAIL] = REFUSED
    chzzk.probe(CHANNEL_ID)
    server.replies[DETAIL] = FOR_ALL
    assert isinstance(chzzk.probe(CHANNEL_ID), Live)
    assert chzzk.login() == Login(LoginStatus.EXPIRED, NOON)  # such an answer does not say who we are


@pytest.mark.parametrize("answer", [OPENED, UNVERIFIED])
def test_a_login_that_is_taken_again_has_not_expired(server: LoopbackServer, workers: Workers, answer: Reply) -> None:
    chzzk = workers.another()
    for reply in (REFUSED, answer):
        server.replies[DETAIL] = reply
        chzzk.probe(CHANNEL_ID)
    assert chzzk.login() == Login(LoginStatus.IN_USE)
    assert workers.another().login() == Login(LoginStatus.IN_USE)


def test_a_renewed_login_counts_at_once_also_after_a_restart(server: LoopbackServer, workers: Workers) -> None:
    server.replies[DETAIL] = REFUSED
    before = workers.another()
    before.probe(CHANNEL_ID)
    workers.minutes_pass(5)
    workers.drawer.kept = ChzzkLogin("invented-later", "invented-ses", "the drawer", workers.now)
    for worker in (before, workers.another()):
        assert worker.login() == Login(LoginStatus.IN_USE)
    server.replies[DETAIL] = OPENED
    assert isinstance(before.probe(CHANNEL_ID), Live)
    assert server.seen[-1].headers["Cookie"] == "NID_AUT=invented-later; NID_SES=invented-ses"


def test_a_renewed_login_can_expire_too(
    server: LoopbackServer, workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    server.replies[DETAIL] = REFUSED
    chzzk = workers.another()
    chzzk.probe(CHANNEL_ID)
    workers.minutes_pass(5)
    workers.drawer.kept = ChzzkLogin("invented-later", "invented-ses", "the drawer", workers.now)
    workers.minutes_pass(5)
    chzzk.probe(CHANNEL_ID)
    assert chzzk.login() == Login(LoginStatus.EXPIRED, workers.now)
    assert len(warnings_in(caplog)) == 2


def test_a_login_without_a_verified_age_has_not_expired(
    server: LoopbackServer, workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    server.replies[DETAIL] = UNVERIFIED
    chzzk = workers.another()
    assert "verify the age" in reason_of(chzzk.probe(CHANNEL_ID))
    assert chzzk.login() == Login(LoginStatus.IN_USE)
    assert warnings_in(caplog) == []


def test_a_spoilt_login_is_raised_and_keeps_nobody_from_what_is_for_all(
    server: LoopbackServer, workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    server.replies[DETAIL] = FOR_ALL
    workers.drawer.kept = BadInput("the drawer is stuck")
    chzzk = workers.another()
    for _ in range(3):
        assert isinstance(chzzk.probe(CHANNEL_ID), Live)
    assert cookies_seen(server)[DETAIL] is None
    assert warnings_in(caplog) == ["asking without a login: the drawer is stuck"]
    assert chzzk.login() == Login(LoginStatus.UNUSABLE)
    server.replies[DETAIL] = REFUSED
    assert "none is in use" in reason_of(chzzk.probe(CHANNEL_ID))
    assert workers.states.written == 0


def test_a_repaired_login_is_used_and_may_be_spoilt_again(
    server: LoopbackServer, workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    server.replies[DETAIL] = FOR_ALL
    chzzk = workers.another()
    for kept in (BadInput("stuck"), SINCE_MORNING, BadInput("stuck")):
        workers.drawer.kept = kept
        chzzk.probe(CHANNEL_ID)
    assert [request.headers["Cookie"] for request in server.seen if request.path == DETAIL] == [None, COOKIE, None]
    assert len(warnings_in(caplog)) == 2


@pytest.mark.parametrize("reply", [Reply(b"<html>", 500), Reply(b"<html>"), Reply(b"{}", 403), REFUSED])
def test_the_login_shows_nowhere(
    server: LoopbackServer, workers: Workers, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    caplog.set_level(logging.DEBUG)
    server.replies[DETAIL] = reply
    chzzk = workers.another()
    with pytest.raises(PlatformError) as raised:
        chzzk.playback(CHANNEL_ID)
    assert cookies_seen(server)[DETAIL] == COOKIE
    assert "invented" not in f"{raised.value!r} {caplog.text} {workers.states.rows} {vars(chzzk)} {chzzk.login()}"
