"""Notices on an EventBridge bus: there for whoever makes a rule, and on their way to our webhooks."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from mntreamer.domain.errors import NotDelivered
from mntreamer.domain.notifications.notice import Notice, document_of
from mntreamer.domain.notifications.webhook import Webhook

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

NOTICES: Final = "mntreamer"
# For ourselves: one event for each webhook, so that what one does not take is not told to the others again.
POSTINGS: Final = "mntreamer.webhooks"
_AT_ONCE = 10  # as many entries as one request may have


class EventBus:
    """The bus of this name."""

    def __init__(self, client: "EventBridgeClient", name: str) -> None:
        self._client = client
        self._name = name

    def tell(self, notice: Notice) -> None:
        """Put it on the bus for everybody. Raises NotDelivered."""
        self._put([self._entry(NOTICES, notice.type, notice.at, document_of(notice))])

    def hand_out(self, notice: Notice, webhooks: Sequence[Webhook]) -> None:
        """Put it on the bus once for each of the webhooks. Raises NotDelivered."""
        told = [{"webhook": webhook.name, "notice": document_of(notice)} for webhook in webhooks]
        entries = [self._entry(POSTINGS, "webhook", notice.at, detail) for detail in told]
        for first in range(0, len(entries), _AT_ONCE):
            self._put(entries[first : first + _AT_ONCE])

    def _entry(
        self, source: str, kind: str, at: datetime, detail: Mapping[str, Any]
    ) -> "PutEventsRequestEntryTypeDef":
        return {
            "EventBusName": self._name,
            "Source": source,
            "DetailType": kind,
            "Time": at,
            "Detail": json.dumps(detail, ensure_ascii=False),
        }

    def _put(self, entries: "list[PutEventsRequestEntryTypeDef]") -> None:
        """What the bus does not take it says in its answer, which is no error of boto3's."""
        answer = self._client.put_events(Entries=entries)
        if answer["FailedEntryCount"]:
            codes = {entry["ErrorCode"] for entry in answer["Entries"] if "ErrorCode" in entry}
            raise NotDelivered(
                f"the bus did not take {answer['FailedEntryCount']} events: {', '.join(sorted(codes))}"
            )
