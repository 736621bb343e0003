"""CHZZK (https://chzzk.naver.com): asking its web API."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import requests

from mntreamer.domain.errors import NotFound, NotPlayable, PlatformError
from mntreamer.domain.monitors.login import Login
from mntreamer.domain.monitors.probe import (
    Broadcast,
    Channel,
    NotRecordable,
    Offline,
    Playback,
    Probe,
    UnknownChannel,
)
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.schedule.spending import Spending
from mntreamer.platforms import chzzk_answers as answers
from mntreamer.platforms.chzzk_answers import LiveStatus, OnAir
from mntreamer.platforms.chzzk_login import ChzzkLogin, LoginSource, no_login
from mntreamer.platforms.fields import Fields
from mntreamer.platforms.gate import Gate
from mntreamer.platforms.json_api import get_json
from mntreamer.platforms.login_watch import LoginWatch

_NOT_ON_AIR = Reason("the channel is not on air", ProblemCode.NOT_ON_AIR)
_NO_DETAIL = Reason("CHZZK has no live detail of this channel", ProblemCode.NOT_ON_AIR)
_LONGEST_KEYWORD = 100  # characters; CHZZK refuses longer ones
_SEARCH_SIZE = 13  # what the site itself asks for
_NEWEST_VIDEOS = {
    "sortType": "LATEST",
    "pagingType": "PAGE",
    "page": "0",
    "size": "16",  # as the site itself asks, too
    "publishDateAt": "",
    "videoType": "",
}


class Chzzk:
    """The port Platform on CHZZK, all requests through its gate. Threads may share it if they may the session."""

    name = "chzzk"
    title = "CHZZK"
    utc_offset_s = 9 * 60 * 60
    floor = timedelta(seconds=10)  # polling faster can get an address blocked

    def __init__(self, session: requests.Session, api: str, gate: Gate, login_source: LoginSource = no_login) -> None:
        """`api`: the base URL."""
        self._session = session
        self._api = api
        self._gate = gate
        self._logins = LoginWatch(login_source, gate)

    @property
    def rate_per_s(self) -> float | None:
        return self._gate.rate_per_s

    def closed_until(self) -> datetime | None:
        return self._gate.closed_until()

    def login(self) -> Login:
        """How it is with our login, without asking CHZZK."""
        return self._logins.state()

    def channel(self, channel_id: str) -> Channel:
        return answers.channel_in(self._of_channel("service/v1", channel_id))

    def channel_id_in(self, url: str) -> str:
        return answers.channel_id_in(url)

    def search(self, nickname: str) -> list[Channel]:
        params = {"keyword": nickname[:_LONGEST_KEYWORD], "offset": "0", "size": str(_SEARCH_SIZE)}
        try:
            return answers.channels_in(self._get("service/v1/search/channels", params))
        except NotFound:
            raise PlatformError("CHZZK's search is no longer where it was") from None

    def probe(self, channel_id: str) -> Probe:
        """One cheap call; a second one, for the detail, only while the channel is on air."""
        try:
            content = self._of_channel("polling/v3.1", channel_id, "/live-status")
        except NotFound:
            return self._unknown(channel_id)
        match answers.status_in(content):
            case LiveStatus.CLOSE:
                return _offline(answers.call_period_in(content))
            case LiveStatus.BLOCK:
                return answers.BLOCKED
            case LiveStatus.OPEN:
                detail = self._detail(channel_id)
                return detail.live if isinstance(detail, OnAir) else detail

    def topic(self, channel_id: str) -> Topic | None:
        return answers.topic_in(self._of_channel("polling/v3.1", channel_id, "/live-status"))

    def past_broadcasts(self, channel_id: str) -> list[Broadcast]:
        """Those of the last ones whose replay is kept."""
        path = f"service/v1/channels/{answers.channel_id_from(channel_id)}/videos"
        return answers.broadcasts_in(self._get(path, _NEWEST_VIDEOS))

    def spending(self) -> Spending:
        return self._gate.spending()

    def count_looks(self, looks: int, waiting: timedelta, checks_per_day: float | None) -> None:
        self._gate.count_looks(looks, waiting, checks_per_day)

    def playback(self, channel_id: str) -> Playback:
        match self._detail(channel_id):
            case OnAir(_, playback):
                return playback
            case NotRecordable(reason):
                raise NotPlayable(reason)
            case Offline():
                raise NotPlayable(_NOT_ON_AIR)

    def rewind(self, channel_id: str) -> Playback | None:
        """With the login: how far back one may go is up to who asks."""
        content = self._of_channel("service/v1", channel_id, "/live-playback-json", self._logins.current())
        return answers.rewind_in(content)

    def _detail(self, channel_id: str) -> OnAir | NotRecordable | Offline:
        """The call that tells whether the login is taken."""
        login = self._logins.current()
        try:
            content = self._of_channel("service/v3.3", channel_id, "/live-detail", login)
        except NotFound:
            raise NotPlayable(_NO_DETAIL) from None
        is_taken = answers.login_taken_in(content)
        if login and is_taken is not None:
            self._logins.heed(login, is_taken=is_taken)
        return answers.detail_in(content, login)

    def _unknown(self, channel_id: str) -> UnknownChannel:
        """A 404 for the live status must not be believed alone: a retired call answers the same for every channel."""
        try:
            self.channel(channel_id)
        except NotFound:
            return UnknownChannel()
        raise PlatformError("CHZZK knows the channel, but not its live status")

    def _of_channel(
        self, version: str, channel_id: str, what: str = "", login: ChzzkLogin | None = None
    ) -> Fields | None:
        return self._get(f"{version}/channels/{answers.channel_id_from(channel_id)}{what}", login=login)

    def _get(
        self, path: str, params: Mapping[str, str] | None = None, login: ChzzkLogin | None = None
    ) -> Fields | None:
        # As a header it goes to this one URL: no redirect takes it along.
        headers = {**answers.HEADERS, "Cookie": login.cookie()} if login else answers.HEADERS
        with self._gate.passage():
            answer = get_json(self._session, f"{self._api}/{path}", params or {}, headers)
            return answers.content_of(answer)


def _offline(call_period: timedelta | None) -> Offline:
    """CHZZK names a period in every answer, and each is of its own channel alone."""
    return Offline(call_period) if call_period and call_period > Chzzk.floor else Offline()
