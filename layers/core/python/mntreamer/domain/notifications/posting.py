"""What is posted to a webhook, and when again if it does not arrive."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from mntreamer.domain.notifications.discord import discord_message
from mntreamer.domain.notifications.notice import Notice, render_notice
from mntreamer.domain.notifications.signature import signed
from mntreamer.domain.notifications.webhook import Webhook, WebhookKind

# What is down for longer than these together is told no more: by then it is old news.
_WAITS = tuple(timedelta(seconds=s) for s in (10, 60, 5 * 60, 30 * 60, 2 * 60 * 60, 6 * 60 * 60))


@dataclass(frozen=True, slots=True)
class Posting:
    """The body of a POST and its headers."""

    headers: dict[str, str]
    body: bytes


def posting_of(notice: Notice, webhook: Webhook, now: datetime) -> Posting:
    """Of the webhook's kind, signed as sent `now` where that kind is signed."""
    json_headers = {"Content-Type": "application/json"}
    if webhook.kind is WebhookKind.DISCORD:
        return Posting(json_headers, json.dumps(discord_message(notice)).encode())
    body = render_notice(notice).encode()
    return Posting(json_headers | signed(notice.notice_id, body, webhook.key, now), body)


def again_at(attempts: int, now: datetime, retry_after_s: float = 0.0) -> datetime | None:
    """When to post again what failed `attempts` times, not before it was asked for; None: no more."""
    if attempts > len(_WAITS):
        return None
    return now + max(_WAITS[attempts - 1], timedelta(seconds=retry_after_s))
