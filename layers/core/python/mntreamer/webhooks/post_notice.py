"""One notice is posted to one webhook."""

from datetime import datetime
from http import HTTPStatus

import requests

from mntreamer.domain.errors import NotDelivered, NotFetched
from mntreamer.domain.notifications.notice import Notice
from mntreamer.domain.notifications.posting import posting_of
from mntreamer.domain.notifications.webhook import Webhook
from mntreamer.public_http.retry_after import retry_after_s
from mntreamer.public_http.whole_answer import WholeAnswer, post_whole

_MAX_BYTES = 100_000
_WITHIN_S = 10.0
# What may be over the next time; whatever else is refused is refused again.
_FOR_NOW = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)


def post_notice(session: requests.Session, webhook: Webhook, notice: Notice, now: datetime) -> None:
    """Post it through a `public_session`, signed as sent `now`. Raises NotDelivered, which names no URL."""
    posting = posting_of(notice, webhook, now)
    try:
        answer = post_whole(
            session, webhook.url, posting.headers, posting.body, max_bytes=_MAX_BYTES, within_s=_WITHIN_S
        )
    except NotFetched as error:
        raise NotDelivered(f"webhook {webhook.name}: {error}") from None
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise _refused(webhook, answer)


def _refused(webhook: Webhook, answer: WholeAnswer) -> NotDelivered:
    may_be_over = answer.status in _FOR_NOW or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return NotDelivered(
        f"webhook {webhook.name} answered HTTP {answer.status}",
        is_final=not may_be_over,
        retry_after_s=retry_after_s(answer.headers) or 0.0,
    )
