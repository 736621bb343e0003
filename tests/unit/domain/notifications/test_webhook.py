"""Webhooks as their owner writes them, and what each of them is sent."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mntreamer.domain.errors import BadInput
from mntreamer.domain.notifications.discord import discord_message
from mntreamer.domain.notifications.notice import Fact, Notice, NoticeType, parse_notice, render_notice
from mntreamer.domain.notifications.posting import again_at, posting_of
from mntreamer.domain.notifications.signature import signed
from mntreamer.domain.notifications.webhook import Webhook, WebhookKind, webhooks_in
from tests.contract.records import NOON

SECRET = "whsec_" + base64.b64encode(b"k" * 24).decode()
URL = "https://example.com/hook?token=not-to-be-told"
DISCORD = "https://discord.com/api/webhooks/1/not-to-be-told"
FACTS: dict[str, Fact] = {
    "channel_name": "채널",
    "title": "첫 방송 @everyone",
    "duration_s": 3725.4,
    "size_bytes": 3_210_000_000,
    "gaps": 2,
    "gap_s": 7.5,
}
ENDED = Notice(NoticeType.ENDED, "chzzk:c1:1001", NOON, FACTS)


def listed(*entries: Any, allowed: frozenset[str] = frozenset()) -> tuple[Webhook, ...]:
    return webhooks_in(json.dumps(entries), "the file", allowed)


def entry(**changes: Any) -> dict[str, Any]:
    return {"name": "mine", "url": URL, "secret": SECRET} | changes


class TestList:
    def test_one_is_signed_and_told_all(self) -> None:
        [webhook] = listed(entry())
        assert (webhook.kind, webhook.key, webhook.url) == (WebhookKind.STANDARD, b"k" * 24, URL)
        assert webhook.wants(ENDED)

    def test_discord_is_known_by_its_host_and_not_signed(self) -> None:
        [webhook] = listed({"name": "chat", "url": DISCORD})
        assert webhook.kind is WebhookKind.DISCORD

    def test_one_can_be_told_of_some_things_only_and_of_every_test(self) -> None:
        [webhook] = listed(entry(types=["recording.failed"]))
        assert not webhook.wants(ENDED)
        assert webhook.wants(Notice(NoticeType.TEST, "t", NOON, {}))

    def test_plain_http_is_for_hosts_that_are_allowed(self) -> None:
        at_home = entry(url="http://192.168.0.2:8123/hook")
        [webhook] = listed(at_home, allowed=frozenset({"192.168.0.2"}))
        assert webhook.url == at_home["url"]
        with pytest.raises(BadInput, match="MNTREAMER_ALLOWED_HOSTS"):
            listed(at_home)

    def test_nothing_of_a_url_or_a_secret_is_shown(self) -> None:
        assert "not-to-be-told" not in repr(listed(entry()))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"secret": "not-to-be-told"},
            {"secret": "whsec_bm90LXRvLWJlLXRvbGQ="},
            {"secret": "whsec_not-to-be-told"},
            {"secret": None},
            {"url": "ftp://example.com/not-to-be-told"},
            {"url": "https:///not-to-be-told"},
            {"url": "https://[not-to-be-told"},
            {"url": 1},
            {"name": ""},
            {"kind": "slack"},
            {"types": ["recording.begun"]},
            {"types": [["recording.ended"]]},
            {"types": "recording.ended"},
            {"tokens": "not-to-be-told"},
        ],
    )
    def test_what_is_wrong_is_said_without_the_secret(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(BadInput, match="webhook 1 in the file") as refused:
            listed(entry(**wrong))
        assert "not-to-be-told" not in str(refused.value)

    @pytest.mark.parametrize("text", ["", "{}", '"https://example.com/not-to-be-told"', "not-to-be-told"])
    def test_what_is_no_list_is_refused(self, text: str) -> None:
        with pytest.raises(BadInput, match="the file holds no") as refused:
            webhooks_in(text, "the file", frozenset())
        assert "not-to-be-told" not in str(refused.value)

    def test_two_of_one_name_are_refused(self) -> None:
        with pytest.raises(BadInput, match="one name"):
            listed(entry(), entry())


def test_the_signature_is_that_of_the_standard_s_own_example() -> None:
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)
    assert signed("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', key, at) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_notice_is_told_in_one_shape() -> None:
    document = json.loads(posting_of(ENDED, listed(entry())[0], NOON).body)
    assert document == {
        "version": 1,
        "id": ENDED.notice_id,
        "type": "recording.ended",
        "timestamp": "2026-11-22T03:00:00.123Z",
        "subject": "chzzk:c1:1001",
        "data": FACTS,
    }
    assert parse_notice(render_notice(ENDED)) == ENDED


@pytest.mark.parametrize(
    "text", ["", "[]", '{"version": 2}', render_notice(ENDED).replace("recording.ended", "over")]
)
def test_what_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="this is no notice"):
        parse_notice(text)


class TestDiscord:
    def test_it_says_what_people_want_to_know_and_mentions_nobody(self) -> None:
        message = discord_message(ENDED)
        [embed] = message["embeds"]
        assert embed["title"] == "채널 was recorded"
        assert embed["description"] == "첫 방송 @everyone\n1:02:05, 3.21 GB, 2 gaps, 8 s missing"
        assert message["allowed_mentions"] == {"parse": []}

    def test_what_a_streamer_writes_stays_text(self) -> None:
        facts: dict[str, Fact] = {
            "channel_name": "**a** [b](https://x.example)",
            "title": "[Log in](https://x.example)\n# all\\",
        }
        [embed] = discord_message(Notice(NoticeType.STARTED, "chzzk:c1:1001", NOON, facts))["embeds"]

        assert embed["title"] == r"\*\*a\*\* \[b\]\(https://x.example\) is being recorded"
        assert embed["description"] == "\\[Log in\\]\\(https://x.example\\)\n\\# all\\\\"

    @pytest.mark.parametrize("kind", NoticeType)
    def test_every_notice_has_words(self, kind: NoticeType) -> None:
        facts = {
            "channel_name": "N" * 300,
            "title": "T" * 5000,
            "platform": "chzzk",
            "problem": "why",
            "reason": "no",
        }
        [embed] = discord_message(Notice(kind, "s", NOON, facts))["embeds"]
        assert 0 < len(embed["title"]) <= 256
        assert len(embed["description"]) <= 4096

    def test_nothing_is_signed(self) -> None:
        [webhook] = listed({"name": "chat", "url": DISCORD})
        posting = posting_of(ENDED, webhook, NOON)
        assert posting.headers == {"Content-Type": "application/json"}
        assert "embeds" in json.loads(posting.body)


class TestAgain:
    def test_it_is_tried_ever_more_rarely_and_then_no_more(self) -> None:
        times = [again_at(attempts, NOON) for attempts in range(1, 8)]
        waits = [at - NOON for at in times if at]
        assert waits == sorted(waits)
        assert times[-1] is None
        assert sum(waits, timedelta()) > timedelta(hours=8)

    def test_not_before_it_was_asked_for(self) -> None:
        assert again_at(1, NOON, retry_after_s=300) == NOON + timedelta(seconds=300)
