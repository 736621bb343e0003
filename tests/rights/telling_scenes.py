"""What happens is told, when nobody asks for it."""

from functions.notify import app as notify
from mntreamer.aws.event_bus import NOTICES
from mntreamer.domain.notifications.notice import Notice, NoticeType, document_of
from tests.contract.records import NOON
from tests.integration.aws.test_handlers import context, event
from tests.rights.witness import Witness


def tell(witness: Witness) -> None:
    """A recording ended, and a test is on the bus. What webhooks are sent then is no business of AWS's."""
    test = {"source": NOTICES, "detail": document_of(Notice(NoticeType.TEST, "a test", NOON, {}))}
    with witness.watching():
        assert notify.handler(event("recording_closed"), context()) == {"batchItemFailures": []}
        notify.handler(test, context())
