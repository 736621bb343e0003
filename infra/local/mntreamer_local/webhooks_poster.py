"""What changed is told to webhooks, beside everything else that the server does."""

import logging
from collections.abc import Callable, Iterator, Sequence

import requests

from mntreamer.domain.errors import BadInput, NotDelivered
from mntreamer.domain.notifications.notice import parse_notice, render_notice
from mntreamer.domain.notifications.notice_of import notice_of
from mntreamer.domain.notifications.posting import again_at
from mntreamer.domain.notifications.webhook import Webhook
from mntreamer.ports import Clock
from mntreamer.webhooks.post_notice import post_notice
from mntreamer_local.sqlite.postings import SqlitePostings, WaitingPosting
from mntreamer_local.sqlite.row_changes import RowChange

POST_S = 1.0
_logger = logging.getLogger(__name__)


class WebhooksPoster:
    """One call takes in what changed and posts what is due; `webhooks` are asked for each time.

    It ends at the first that does not arrive: one call waits for one silent webhook at the most.
    """

    def __init__(
        self,
        postings: SqlitePostings,
        webhooks: Callable[[], Sequence[Webhook]],
        session: requests.Session,
        clock: Clock,
    ) -> None:
        self._postings = postings
        self._webhooks = webhooks
        self._session = session
        self._clock = clock

    def __call__(self) -> None:
        try:
            webhooks = {webhook.name: webhook for webhook in self._webhooks()}
        except BadInput as error:
            _logger.error("what there is to tell waits: %s", error)
            return
        self._postings.take_in(lambda change: self._postings_of(change, [*webhooks.values()]))
        for posting in self._postings.due(self._clock()):
            if not self._has_arrived(posting, webhooks.get(posting.webhook)):
                return

    def _postings_of(self, change: RowChange, webhooks: Sequence[Webhook]) -> Iterator[WaitingPosting]:
        notice = notice_of(change.old, change.new, change.at)
        if notice is None:
            return
        for webhook in webhooks:
            if webhook.wants(notice):
                posting_id = f"{notice.notice_id}:{webhook.name}"
                yield WaitingPosting(posting_id, webhook.name, render_notice(notice), self._clock())

    def _has_arrived(self, posting: WaitingPosting, webhook: Webhook | None) -> bool:
        """A webhook that is listed no more is told no more."""
        if webhook:
            try:
                post_notice(self._session, webhook, parse_notice(posting.notice), self._clock())
            except NotDelivered as error:
                self._put_off(posting, error)
                return False
        self._postings.remove(posting)
        return True

    def _put_off(self, posting: WaitingPosting, error: NotDelivered) -> None:
        until = None if error.is_final else again_at(posting.attempts + 1, self._clock(), error.retry_after_s)
        if until is None:
            _logger.error("a notice is given up: %s", error)
            self._postings.remove(posting)
        else:
            _logger.warning("a notice is tried again later: %s", error)
            self._postings.put_off(posting, until)
