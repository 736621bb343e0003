"""What CHZZK's answers mean. Pure: from a JSON body to the domain's words.

Its web API is not documented. Everything unexpected raises PlatformError, and nothing unexpected means "offline".
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urlsplit

from mntreamer.domain.errors import (
    BadInput,
    NotFound,
    NotPlayable,
    PlatformBlocked,
    PlatformError,
    PlatformUnavailable,
)
from mntreamer.domain.monitors.probe import Broadcast, Channel, Live, NotRecordable, Offline, Playback
from mntreamer.domain.monitors.topic import Topic, on_one_line, topic_of
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.platforms.chzzk_login import ChzzkLogin
from mntreamer.platforms.fields import Fields, fields_in
from mntreamer.platforms.json_api import Answer

SITE = "https://chzzk.naver.com"
# The API and the media hosts answer what looks like the site's own page.
HEADERS = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36",
    "Origin": SITE,
    "Referer": f"{SITE}/",
}
KST = timezone(timedelta(hours=9))
BLOCKED = NotRecordable(Reason("CHZZK has blocked this broadcast", ProblemCode.BROADCAST_BLOCKED))

_SITE_HOSTS = ("chzzk.naver.com", "www.chzzk.naver.com", "m.chzzk.naver.com")
_MESSAGE_SHOWN = 100
_LONGEST_PERIOD_MS = 10 * 60 * 1000
_TROUBLE = range(500, 600)
_TOKEN = re.compile(r"[?&]hdnts=([^&]+)")
_CHANNEL_ID = re.compile(r"[0-9a-f]{32}")
_ADULT, _NOBODY = "ADULT", "NOT_LOGIN_USER"  # what CHZZK takes us for
_ADULTS_ONLY = NotRecordable(
    Reason(
        "for adults only: CHZZK shows it after a login with a verified age, and none is in use",
        ProblemCode.ADULTS_ONLY,
    )
)
_UNVERIFIED = NotRecordable(
    Reason(
        f"for adults only: CHZZK does not know the login's user as an adult; verify the age once on {SITE}",
        ProblemCode.AGE_UNVERIFIED,
        site=SITE,
    )
)
_MEMBERS_ONLY = NotRecordable(Reason("for members of the channel only", ProblemCode.MEMBERS_ONLY))
_PAID = NotRecordable(Reason("CHZZK shows it to those who paid for it only", ProblemCode.PAID_ONLY))
_AUTHORIZED_ONLY = NotRecordable(
    Reason("CHZZK plays it with a special authorization only", ProblemCode.AUTHORIZED_ONLY)
)
_ENCRYPTED = NotRecordable(Reason("encrypted by CHZZK, as some events are", ProblemCode.ENCRYPTED))
_KOREA_ONLY = NotRecordable(Reason("CHZZK shows it in Korea only", ProblemCode.KOREA_ONLY))
_HIDDEN = NotRecordable(Reason("CHZZK hides this broadcast from us", ProblemCode.BROADCAST_HIDDEN))


class LiveStatus(StrEnum):
    OPEN = "OPEN"
    CLOSE = "CLOSE"
    BLOCK = "BLOCK"


@dataclass(frozen=True, slots=True)
class OnAir:
    """A live session that may be recorded, and where it plays."""

    live: Live
    playback: Playback


def channel_id_from(text: str) -> str:
    """The text, if it is a channel id. Raises BadInput."""
    if not _CHANNEL_ID.fullmatch(text):
        raise BadInput("a CHZZK channel id has 32 characters, each 0 to 9 or a to f")
    return text


def channel_id_in(url: str) -> str:
    """The id in `chzzk.naver.com/<id>` or `chzzk.naver.com/live/<id>`. Raises BadInput."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        raise BadInput("that is not a URL") from None
    first, _, rest = parts.path.strip("/").partition("/")
    found = (rest if first == "live" else first).partition("/")[0]
    if parts.hostname not in _SITE_HOSTS or not _CHANNEL_ID.fullmatch(found):
        raise BadInput(f"that is not a CHZZK channel's URL; one looks like {SITE}/<channel id>")
    return found


def content_of(answer: Answer) -> Fields | None:
    """What the envelope `{code, message, content}` holds; None for null. Raises NotFound for CHZZK's own 404.

    The HTTP status and `code` vary on their own, so both must say that all is well.
    """
    envelope = fields_in("CHZZK's answer", answer.body)
    code = envelope.number("code")
    if HTTPStatus.NOT_FOUND in (answer.status, code):
        raise NotFound("CHZZK does not know this channel")
    if (answer.status, code) != (HTTPStatus.OK, HTTPStatus.OK):
        raise _refused(answer.status, code, envelope.text_or_none("message"))
    return envelope.inner_or_null("content")


def channel_in(content: Fields | None) -> Channel:
    """Raises NotFound for what CHZZK answers in place of a channel that does not exist."""
    if content is None or content.text_or_none("channelId") is None:
        raise NotFound("CHZZK does not know this channel")
    return _channel(content)


def channels_in(content: Fields | None) -> list[Channel]:
    """A search's results in its order."""
    if content is None:
        raise PlatformError("CHZZK answered a search with nothing, not even with an empty list")
    return [_channel(found.inner("channel")) for found in content.inner_list("data")]


def broadcasts_in(content: Fields | None) -> list[Broadcast]:
    """The replays among a channel's videos: each is published as its broadcast ends."""
    videos = content.inner_list("data") if content else ()
    return [_broadcast(video) for video in videos if video.text_or_none("videoType") == "REPLAY"]


def status_in(content: Fields | None) -> LiveStatus:
    """A channel that never broadcast, which null stands for, counts as CLOSE."""
    return LiveStatus.CLOSE if content is None else _status(content)


def topic_in(content: Fields | None) -> Topic | None:
    """What a live status or detail says that the broadcast is about; None while the channel is not on air."""
    return _topic(content) if content and _status(content) is LiveStatus.OPEN else None


def call_period_in(content: Fields | None) -> timedelta | None:
    """How often this live status may be asked for, as it says itself, ten minutes at the most.

    None where it says nothing that is known: what only slows us down must not make a probe fail.
    """
    try:
        period_ms = content.inner_json("livePollingStatusJson").number("callPeriodMilliSecond") if content else 0
    except PlatformError:
        return None
    return timedelta(milliseconds=min(period_ms, _LONGEST_PERIOD_MS)) if period_ms > 0 else None


def login_taken_in(content: Fields | None) -> bool | None:
    """Whether a live detail takes who asked for somebody that is logged in.

    None where it does not say, as of broadcasts that are for everybody: only a withheld one must be understood.
    """
    try:
        taken_for = content.text_or_none("userAdultStatus") if content else None
    except PlatformError:
        return None
    return taken_for != _NOBODY if taken_for else None


def detail_in(content: Fields | None, login: ChzzkLogin | None = None) -> OnAir | NotRecordable | Offline:
    """What a live detail, asked for with this login, says of the broadcast; if it may be recorded, where it plays."""
    if content is None:
        raise NotPlayable(Reason("CHZZK has no detail of a broadcast on this channel", ProblemCode.NOT_ON_AIR))
    match _status(content):
        case LiveStatus.CLOSE:
            return Offline()
        case LiveStatus.BLOCK:
            return BLOCKED
        case LiveStatus.OPEN:
            return _open_detail(content, login)


def rewind_in(content: Fields | None) -> Playback | None:
    """Where CHZZK's time machine plays; None where it goes back no farther than the broadcast itself does.

    It asks for the master playlist's token again with each segment, under another name and as it is written there.
    """
    playback = content.inner_json("playbackJson") if content else None
    if playback is None or _protected(playback) or not playback.inner("live").flag("timeMachine"):
        return None
    url = _hls_url(playback)
    token = _TOKEN.search(url)
    query = f"__bgda__={token[1]}" if token else ""
    return Playback(playback.inner("meta").text("liveId"), url, tuple(HEADERS.items()), query)


def _refused(status: int, code: int, message: str | None) -> PlatformError:
    said = f"CHZZK answered HTTP {status} with code {code}: {(message or '')[:_MESSAGE_SHOWN]!r}"
    if code in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS):
        return PlatformBlocked(said)
    return PlatformUnavailable(said) if code in _TROUBLE else PlatformError(said)


def _channel(fields: Fields) -> Channel:
    channel_id = fields.text("channelId")
    if not _CHANNEL_ID.fullmatch(channel_id):
        raise PlatformError("CHZZK names a channel by something else than the ids that are known")
    return Channel(channel_id, on_one_line(fields.text("channelName")))


def _broadcast(video: Fields) -> Broadcast:
    ended_at = _from_kst(video.text("publishDate"))
    return Broadcast(ended_at - timedelta(seconds=video.number("duration")), ended_at)


def _status(content: Fields) -> LiveStatus:
    try:
        return LiveStatus(content.text("status"))
    except ValueError:
        raise PlatformError("CHZZK's live status is none of those that are known") from None


def _open_detail(content: Fields, login: ChzzkLogin | None) -> OnAir | NotRecordable:
    if content.text_or_none("membershipBenefitType") == "MEMBER_ONLY":
        return _MEMBERS_ONLY
    if content.text_or_none("livePlaybackJson") is None:
        return _withheld(content, login)
    playback = content.inner_json("livePlaybackJson")
    return _protected(playback) or _on_air(content, playback)


def _withheld(content: Fields, login: ChzzkLogin | None) -> NotRecordable:
    """Why a broadcast comes without its playback."""
    blind = content.text_or_none("blindType")
    taken_for = content.text_or_none("userAdultStatus")
    if content.flag("adult") and taken_for != _ADULT:
        return _closed_to(login, taken_for)
    if content.flag("krOnlyViewing") or blind == "ABROAD":
        return _KOREA_ONLY
    if blind:
        return _HIDDEN
    if content.has("paidProduct"):
        return _PAID
    raise PlatformError("CHZZK is on air without a playback and gives no reason that is known")


def _closed_to(login: ChzzkLogin | None, taken_for: str | None) -> NotRecordable:
    """Why a broadcast for adults is closed to us. A login that has expired looks like no login."""
    if login is None:
        return _ADULTS_ONLY
    if taken_for == _NOBODY:
        expired = f"for adults only, and the login to CHZZK has expired: renew it in {login.kept_in}"
        return NotRecordable(Reason(expired, ProblemCode.LOGIN_EXPIRED, kept_in=login.kept_in))
    return _UNVERIFIED


def _protected(playback: Fields) -> NotRecordable | None:
    meta = playback.inner("meta")
    if meta.flag("paidLive"):
        return _PAID
    if (meta.text_or_none("playbackAuthType") or "NONE") != "NONE":
        return _AUTHORIZED_ONLY
    if any(media.has("aes") for media in playback.inner_list("media")):
        return _ENCRYPTED
    return None


def _on_air(content: Fields, playback: Fields) -> OnAir:
    topic = _topic(content)
    live = Live(str(content.number("liveId")), topic.title, topic.category, _from_kst(content.text("openDate")))
    rewinds = content.flag("timeMachineActive")
    return OnAir(live, Playback(live.live_id, _hls_url(playback), tuple(HEADERS.items()), rewinds=rewinds))


def _topic(content: Fields) -> Topic:
    category = content.text_or_none("liveCategoryValue") or content.text_or_none("liveCategory") or ""
    return topic_of(content.text_or_none("liveTitle") or "", category)


def _hls_url(playback: Fields) -> str:
    for media in playback.inner_list("media"):
        if media.text_or_none("mediaId") == "HLS":
            return media.text("path")
    raise PlatformError("CHZZK is on air, but offers no HLS yet")


def _from_kst(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise PlatformError("CHZZK writes the time of a start in another way than is known") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=KST)).astimezone(UTC)
