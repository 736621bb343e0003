"""What CHZZK's bodies mean, on samples of every state that is known."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mntreamer.domain.errors import (
    BadInput,
    NotFound,
    NotPlayable,
    PlatformBlocked,
    PlatformError,
    PlatformUnavailable,
)
from mntreamer.domain.monitors.probe import Channel, Live, NotRecordable, Offline
from mntreamer.platforms import chzzk_answers as answers
from mntreamer.platforms.chzzk_answers import LiveStatus, OnAir
from mntreamer.platforms.chzzk_login import ChzzkLogin
from mntreamer.platforms.fields import Fields
from mntreamer.platforms.json_api import Answer

SAMPLES = Path(__file__).parents[2] / "samples"
CHANNEL_ID = "0123456789abcdef0123456789abcdef"
LOGIN = ChzzkLogin("invented-aut", "invented-ses", "the drawer", datetime(2026, 9, 1, tzinfo=UTC))
HLS_URL = "https://livecloud.akamaized.net/chzzk/lip2_kr/cflexnmss2u0001/aaaa1111bbbb2222cccc3333dddd4444eeee/"


def body(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((SAMPLES / f"chzzk_{name}.json").read_bytes())
    return read


def content(name: str, **changes: object) -> Fields | None:
    changed = body(name)
    if changes:
        changed["content"] |= changes
    return answers.content_of(Answer(200, changed))


def open_detail(playback_changes: dict[str, Any], **changes: object) -> Fields | None:
    """The sample of a live that may be recorded, but for these changes."""
    playback = json.loads(body("live_detail_open")["content"]["livePlaybackJson"])
    playback["meta"] |= playback_changes.pop("meta", {})
    return content("live_detail_open", livePlaybackJson=json.dumps(playback | playback_changes), **changes)


def reason_in(detail: Fields | None) -> str:
    found = answers.detail_in(detail)
    assert isinstance(found, NotRecordable)
    return found.reason


@pytest.mark.parametrize(
    ("sample", "status"),
    [
        ("live_status_open", LiveStatus.OPEN),
        ("live_status_open_adult_nologin", LiveStatus.OPEN),
        ("live_status_close", LiveStatus.CLOSE),
        ("live_status_never_broadcast", LiveStatus.CLOSE),
    ],
)
def test_the_cheap_status(sample: str, status: LiveStatus) -> None:
    assert answers.status_in(content(sample)) is status


def test_a_blocked_status_is_known() -> None:
    assert answers.status_in(content("live_status_close", status="BLOCK")) is LiveStatus.BLOCK


@pytest.mark.parametrize("status", ["PAUSED", "", "close", None, False])
def test_an_unknown_status_is_an_error_and_not_offline(status: object) -> None:
    with pytest.raises(PlatformError):
        answers.status_in(content("live_status_close", status=status))
    with pytest.raises(PlatformError):
        answers.detail_in(content("live_detail_close", status=status))


@pytest.mark.parametrize("sample", ["live_status_open", "live_status_close"])
def test_a_live_status_says_how_often_it_may_be_asked_for(sample: str) -> None:
    assert answers.call_period_in(content(sample)) == timedelta(seconds=10)


@pytest.mark.parametrize(
    ("period_ms", "expected_s"), [(1, 0.001), (30_000, 30), (600_000, 600), (600_001, 600), (10**400, 600)]
)
def test_no_period_is_longer_than_ten_minutes(period_ms: int, expected_s: float) -> None:
    polling = json.dumps({"callPeriodMilliSecond": period_ms})
    status = content("live_status_open", livePollingStatusJson=polling)
    assert answers.call_period_in(status) == timedelta(seconds=expected_s)


@pytest.mark.parametrize(
    "polling",
    [
        None,
        "",
        "<html>",
        "[]",
        "{}",
        {"callPeriodMilliSecond": 30_000},
        '{"callPeriodMilliSecond": null}',
        '{"callPeriodMilliSecond": 0}',
        '{"callPeriodMilliSecond": -1}',
        '{"callPeriodMilliSecond": true}',
        '{"callPeriodMilliSecond": "30000"}',
        '{"callPeriodMilliSecond": 1e4}',
        '{"callPeriodMilliSecond": NaN}',
    ],
)
def test_a_period_that_is_odd_is_none(polling: object) -> None:
    assert answers.call_period_in(content("live_status_open", livePollingStatusJson=polling)) is None
    assert answers.call_period_in(content("live_status_never_broadcast")) is None


@pytest.mark.parametrize("sample", ["live_detail_open", "live_detail_open_timemachine"])
def test_a_live_detail_says_what_is_on_and_where_it_plays(sample: str) -> None:
    found = answers.detail_in(content(sample))
    assert isinstance(found, OnAir)
    assert found.live == Live(
        live_id="21334000",
        title="예시 방송 제목",
        category="Grand Theft Auto V",
        started_at=datetime(2026, 9, 27, 8, 52, 4, tzinfo=UTC),
    )
    assert found.playback.live_id == "21334000"
    assert found.playback.url.startswith(HLS_URL)
    assert "_hls_playlist.m3u8?hdnts=" in found.playback.url
    assert dict(found.playback.headers).keys() == {"User-Agent", "Origin", "Referer"}


def test_the_playback_is_found_by_its_name_and_not_by_its_place() -> None:
    media = json.loads(body("live_detail_open")["content"]["livePlaybackJson"])["media"]
    found = answers.detail_in(open_detail({"media": media[::-1]}))
    assert isinstance(found, OnAir)
    assert "_hls_playlist.m3u8" in found.playback.url


def test_a_signed_url_does_not_show_in_a_repr() -> None:
    assert "hdnts" not in repr(answers.detail_in(content("live_detail_open")))


def test_titles_and_categories_may_be_missing() -> None:
    nameless = open_detail({}, liveTitle=None, liveCategoryValue=None, liveCategory=None)
    found = answers.detail_in(nameless)
    assert isinstance(found, OnAir)
    assert (found.live.title, found.live.category) == ("", "")


def test_a_closed_detail_is_offline_although_it_has_a_playback() -> None:
    assert answers.detail_in(content("live_detail_close")) == Offline()


def test_no_detail_at_all_is_not_playable() -> None:
    with pytest.raises(NotPlayable):
        answers.detail_in(content("live_detail_never_broadcast"))


@pytest.mark.parametrize(
    ("detail", "word"),
    [
        (content("live_detail_adult_nologin"), "adults"),
        (content("live_detail_region_blocked"), "Korea"),
        (content("live_detail_region_blocked", krOnlyViewing=False), "Korea"),
        (content("live_detail_region_blocked", blindType=None), "Korea"),
        (content("live_detail_region_blocked", krOnlyViewing=False, blindType="ABUSE"), "hides"),
        (content("live_detail_adult_nologin", userAdultStatus="ADULT", paidProduct={"id": 1}), "paid"),
        (content("live_detail_aes_event"), "encrypted"),
        (content("live_detail_open", status="BLOCK"), "blocked"),
        (content("live_detail_open", membershipBenefitType="MEMBER_ONLY"), "members"),
        (open_detail({"meta": {"paidLive": True}}), "paid"),
        (open_detail({"meta": {"playbackAuthType": "TOKEN"}}), "authorization"),
    ],
)
def test_what_may_not_be_recorded_says_why(detail: Fields | None, word: str) -> None:
    assert word in reason_in(detail)


def reason_to_who_is_logged_in(**changes: object) -> str:
    found = answers.detail_in(content("live_detail_adult_nologin", **changes), LOGIN)
    assert isinstance(found, NotRecordable)
    return found.reason


def test_a_login_that_is_taken_for_nobody_s_has_expired() -> None:
    reason = reason_to_who_is_logged_in()
    assert "expired" in reason
    assert "renew it in the drawer" in reason
    assert "invented" not in reason


@pytest.mark.parametrize("taken_for", ["NOT_REAL_NAME_AUTH", "SOMETHING_NEW", "", None])
def test_a_login_without_a_verified_age_is_told_from_an_expired_one(taken_for: object) -> None:
    reason = reason_to_who_is_logged_in(userAdultStatus=taken_for)
    assert "verify the age" in reason
    assert "expired" not in reason


def test_a_login_opens_what_is_for_adults_and_nothing_else() -> None:
    adult = open_detail({}, adult=True, userAdultStatus="ADULT")
    assert isinstance(answers.detail_in(adult, LOGIN), OnAir)
    assert "Korea" in reason_to_who_is_logged_in(userAdultStatus="ADULT", krOnlyViewing=True)


@pytest.mark.parametrize(
    ("taken_for", "is_taken"),
    [
        ("ADULT", True),
        ("NOT_REAL_NAME_AUTH", True),
        ("SOMETHING_NEW", True),
        ("NOT_LOGIN_USER", False),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_whom_chzzk_takes_us_for(taken_for: object, is_taken: bool | None) -> None:  # noqa: FBT001 -- a table's column
    assert answers.login_taken_in(open_detail({}, userAdultStatus=taken_for)) is is_taken


def test_no_detail_takes_us_for_nobody() -> None:
    assert answers.login_taken_in(content("live_detail_never_broadcast")) is None


def test_a_restriction_that_we_are_let_past_is_none() -> None:
    detail = open_detail({}, adult=True, userAdultStatus="ADULT", krOnlyViewing=True, membershipBenefitType="NONE")
    assert isinstance(answers.detail_in(detail), OnAir)


@pytest.mark.parametrize(
    "detail",
    [
        content("live_detail_open", livePlaybackJson=None),
        content("live_detail_open", livePlaybackJson="<html>"),
        content("live_detail_open", livePlaybackJson="{}"),
        content("live_detail_open", liveId=None),
        content("live_detail_open", openDate=None),
        content("live_detail_open", openDate="yesterday"),
        open_detail({"media": []}),
        open_detail({"media": None}),
        open_detail({"media": [{"mediaId": "LLHLS", "path": "https://a.example/"}]}),
        open_detail({"media": [{"mediaId": "HLS", "path": None}]}),
    ],
)
def test_a_surprise_on_air_is_an_error(detail: Fields | None) -> None:
    with pytest.raises(PlatformError):
        answers.detail_in(detail)


@pytest.mark.parametrize(
    ("status", "sample"),
    [(404, "error_404_live_detail"), (200, "error_404_live_detail"), (404, "live_status_close")],
)
def test_a_404_in_either_place_is_not_found(status: int, sample: str) -> None:
    with pytest.raises(NotFound):
        answers.content_of(Answer(status, body(sample)))


@pytest.mark.parametrize(
    "answer",
    [
        Answer(400, body("error_400")),
        Answer(200, body("error_400")),
        Answer(201, body("live_status_close")),
        Answer(200, {"code": 200, "message": None}),
        Answer(200, {"code": 200, "content": []}),
        Answer(200, {"code": "200", "content": None}),
        Answer(200, {"content": None}),
        Answer(200, []),
        Answer(200, None),
        Answer(404, {"status": 404, "error": "Not Found"}),
    ],
)
def test_a_bad_envelope_is_an_error_and_not_an_empty_one(answer: Answer) -> None:
    with pytest.raises(PlatformError):
        answers.content_of(answer)


def test_an_error_tells_what_chzzk_said() -> None:
    with pytest.raises(PlatformError, match=r"HTTP 200 with code 9004: '해외 시청"):
        answers.content_of(Answer(200, body("error_9004_http500_v2_abroad")))


@pytest.mark.parametrize("code", [403, 429])
def test_an_envelope_can_ask_us_to_stay_away(code: int) -> None:
    with pytest.raises(PlatformBlocked):
        answers.content_of(Answer(200, {"code": code, "message": "no"}))


@pytest.mark.parametrize("code", [500, 503, 599])
def test_an_envelope_can_tell_of_trouble(code: int) -> None:
    with pytest.raises(PlatformUnavailable):
        answers.content_of(Answer(200, {"code": code, "message": "no"}))


def test_a_channel() -> None:
    assert answers.channel_in(content("channel")) == Channel(CHANNEL_ID, "예시스트리머")


@pytest.mark.parametrize("sample", ["channel_notfound", "live_detail_never_broadcast"])
def test_the_placeholder_of_an_unknown_channel_is_not_found(sample: str) -> None:
    with pytest.raises(NotFound):
        answers.channel_in(content(sample))


@pytest.mark.parametrize("channel_id", ["", "../../x", CHANNEL_ID.upper(), CHANNEL_ID + "0"])
def test_a_channel_under_an_odd_id_is_an_error(channel_id: str) -> None:
    with pytest.raises(PlatformError):
        answers.channel_in(content("channel", channelId=channel_id))


def test_a_search_keeps_the_order() -> None:
    found = answers.channels_in(content("search_channels"))
    assert found == [Channel(CHANNEL_ID, "예시스트리머"), Channel("3" * 32, "예시스트리머_부계정")]


def test_a_search_can_find_nothing() -> None:
    assert answers.channels_in(content("search_channels_empty")) == []


@pytest.mark.parametrize("sample", ["live_status_never_broadcast", "channel"])
def test_a_search_with_another_answer_is_an_error(sample: str) -> None:
    with pytest.raises(PlatformError):
        answers.channels_in(content(sample))


@pytest.mark.parametrize(
    "url",
    [
        f"https://chzzk.naver.com/{CHANNEL_ID}",
        f"https://chzzk.naver.com/live/{CHANNEL_ID}",
        f"http://www.chzzk.naver.com/{CHANNEL_ID}/videos?page=1#top",
        f"https://m.chzzk.naver.com/live/{CHANNEL_ID}?from=share",
        f"chzzk.naver.com/{CHANNEL_ID}/",
        f"CHZZK.naver.com/live/{CHANNEL_ID}/",
    ],
)
def test_the_channel_id_in_a_url(url: str) -> None:
    assert answers.channel_id_in(url) == CHANNEL_ID


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://chzzk.naver.com/",
        "https://chzzk.naver.com/lives",
        f"https://chzzk.naver.com/video/{CHANNEL_ID}",
        f"https://chzzk.naver.com/{CHANNEL_ID}0",
        f"https://chzzk.naver.com.example.org/{CHANNEL_ID}",
        f"https://example.org/{CHANNEL_ID}",
        f"https://example.org/?u=chzzk.naver.com/{CHANNEL_ID}",
        f"https://chzzk.naver.com@example.org/{CHANNEL_ID}",
        "https://[chzzk.naver.com/",
    ],
)
def test_another_url_has_no_channel_id(url: str) -> None:
    with pytest.raises(BadInput):
        answers.channel_id_in(url)


@pytest.mark.parametrize("text", ["", "예시스트리머", CHANNEL_ID.upper(), f"{CHANNEL_ID}/../x", f"{CHANNEL_ID}\n"])
def test_what_cannot_be_a_channel_id_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        answers.channel_id_from(text)


class TestRewind:
    def test_the_time_machine_plays_with_the_masters_token_under_another_name(self) -> None:
        playback = answers.rewind_in(content("live_playback_json"))

        assert playback
        assert playback.live_id == "21334000"
        assert playback.url.startswith(f"{HLS_URL}ffff5555aaaa6666bbbb7777cccc8888dddd_hls_playlist.m3u8?hdnts=")
        token = "st=1790525075~exp=1790586285~acl=*/aaaa1111bbbb2222cccc3333dddd4444eeee/*~hmac=" + "0" * 64
        assert playback.segment_query == f"__bgda__={token}"
        assert token not in repr(playback)

    @pytest.mark.parametrize(
        ("part", "changes"),
        [
            ("live", {"timeMachine": False}),
            ("meta", {"paidLive": True}),
            ("meta", {"playbackAuthType": "TOKEN"}),
        ],
    )
    def test_who_may_not_go_back_gets_nothing(self, part: str, changes: dict[str, object]) -> None:
        playback = json.loads(body("live_playback_json")["content"]["playbackJson"])
        playback[part] |= changes

        assert answers.rewind_in(content("live_playback_json", playbackJson=json.dumps(playback))) is None

    def test_an_answer_without_anything_is_none_as_well(self) -> None:
        assert answers.rewind_in(None) is None

    @pytest.mark.parametrize(
        ("name", "rewinds"), [("live_detail_open_timemachine", True), ("live_detail_open", False)]
    )
    def test_a_live_detail_says_whether_it_is_worth_asking(self, name: str, *, rewinds: bool) -> None:
        detail = answers.detail_in(content(name))

        assert isinstance(detail, OnAir)
        assert detail.playback.rewinds is rewinds
