"""Posting to webhooks on real sockets: what arrives, what may arrive later, what never will; no secret is told."""

import base64
import hashlib
import hmac
import json
import logging

import pytest
import requests

from mntreamer.domain.errors import NotDelivered
from mntreamer.domain.notifications.notice import Notice, NoticeType
from mntreamer.domain.notifications.webhook import Webhook, WebhookKind
from mntreamer.public_http.session import public_session
from mntreamer.webhooks.post_notice import post_notice
from tests.contract.records import NOON
from tests.integration.loopback_server import HANG_UP, LoopbackServer, Reply

KEY = b"k" * 24
NOTICE = Notice(NoticeType.ENDED, "chzzk:c1:1001", NOON, {"channel_name": "채널"})


def at(server: LoopbackServer, kind: WebhookKind = WebhookKind.STANDARD) -> Webhook:
    return Webhook("mine", kind, f"{server.url}/hook?token=secret-of-the-url", KEY)


def failed(server: LoopbackServer, session: requests.Session) -> NotDelivered:
    with pytest.raises(NotDelivered) as raised:
        post_notice(session, at(server), NOTICE, NOON)
    assert "secret" not in str(raised.value)
    return raised.value


def test_what_arrives_can_be_verified(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/hook"] = Reply(status=204)
    post_notice(session, at(server), NOTICE, NOON)
    [seen] = server.seen
    content = f"{seen.headers['webhook-id']}.{seen.headers['webhook-timestamp']}.".encode() + seen.body
    expected = base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest()).decode()
    assert seen.headers["webhook-signature"] == f"v1,{expected}"
    assert seen.headers["webhook-id"] == NOTICE.notice_id
    assert json.loads(seen.body)["data"] == {"channel_name": "채널"}


def test_discord_gets_its_own_shape(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/hook"] = Reply(status=204)
    post_notice(session, at(server, WebhookKind.DISCORD), NOTICE, NOON)
    [seen] = server.seen
    assert json.loads(seen.body)["embeds"][0]["title"] == "채널 was recorded"
    assert "webhook-signature" not in seen.headers


@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_what_may_be_over_is_to_be_tried_again(
    server: LoopbackServer, session: requests.Session, status: int
) -> None:
    server.replies["/hook"] = Reply(status=status, headers={"Retry-After": "7"})
    error = failed(server, session)
    assert (error.is_final, error.retry_after_s) == (False, 7.0)
    assert str(status) in str(error)


@pytest.mark.parametrize("status", [400, 401, 404, 410])
def test_what_is_refused_for_good_is_not(server: LoopbackServer, session: requests.Session, status: int) -> None:
    server.replies["/hook"] = Reply(status=status)
    assert failed(server, session).is_final


def test_a_redirect_is_not_followed(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/hook"] = Reply(status=307, headers={"Location": "/elsewhere"})
    assert failed(server, session).is_final
    assert server.paths_seen() == ["/hook"]


def test_a_connection_that_breaks_off_is_to_be_tried_again(server: LoopbackServer, session: requests.Session) -> None:
    server.replies["/hook"] = HANG_UP
    assert not failed(server, session).is_final


def test_no_address_is_told_that_is_not_public(server: LoopbackServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with public_session(frozenset()) as public:
        assert "not a public address" in str(failed(server, public))
    assert server.seen == []
    assert "secret" not in caplog.text
