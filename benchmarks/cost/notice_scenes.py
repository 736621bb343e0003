"""What is told of what happened, played on an AWS in process: each scene answers with what it used."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Final
from unittest.mock import patch

import boto3

from benchmarks.cost.meter import Meter
from benchmarks.cost.scenes import context, invoked
from benchmarks.cost.use import Use, total, without
from functions.notify import app as notify
from mntreamer.aws.composition import event_bus
from mntreamer.aws.webhooks_secret import WebhooksSecret
from mntreamer.domain.errors import NotDelivered
from mntreamer.domain.notifications.notice import Notice, NoticeType
from tests.integration.aws.bus import Bus
from tests.integration.aws.streams import STREAMS, passes, records
from tests.integration.loopback_server import Reply, loopback_server

_NOTICE: Final = Notice(NoticeType.TEST, "a test", datetime(2026, 11, 22, tzinfo=UTC), {})


def telling(meter: Meter, bus: Bus) -> Use:
    """All that happened in the tables is told, one by one, as minutes lie between; no webhook listens."""
    told = [record for table, stream in STREAMS.items() for record in records(table) if passes(record, stream)]
    return total(*(_called(meter, {"Records": [record]}) for record in told), _followed(meter, bus))


def posting(meter: Meter, bus: Bus) -> Use:
    """One webhook more is told of one notice. The list is read anew: notices are rarer than it is held."""
    event_bus().tell(_NOTICE)
    to_nobody = _followed(meter, bus)
    with _webhook(HTTPStatus.NO_CONTENT):
        event_bus().tell(_NOTICE)
        return without(_followed(meter, bus), to_nobody)


def failed_try(meter: Meter, bus: Bus) -> Use:
    """A webhook that is down is told again; the function has read the list."""
    with _webhook(HTTPStatus.SERVICE_UNAVAILABLE) as listed:
        event_bus().hand_out(_NOTICE, listed())
        [event] = bus.heard()
        return invoked(meter, "notify", partial(_refused, event))


def _refused(event: Any) -> None:
    """Lambda's to try again."""
    with suppress(NotDelivered):
        notify.handler(event, context())


def _followed(meter: Meter, bus: Bus) -> Use:
    """The bus's rule calls the function until nothing is left on the bus."""
    use: Use = {}
    while heard := bus.heard():
        use = total(use, *(_called(meter, event) for event in heard))
    return use


def _called(meter: Meter, event: Any) -> Use:
    return invoked(meter, "notify", partial(notify.handler, event, context()))


@contextmanager
def _webhook(status: HTTPStatus) -> Iterator[WebhooksSecret]:
    """One that answers this, in a secret that nobody has read yet."""
    with loopback_server() as server:
        server.replies["/"] = Reply(status=status)
        secret = boto3.client("secretsmanager").create_secret(
            Name=f"webhooks-{status}", SecretString=_listed(server.url)
        )
        listed = WebhooksSecret(boto3.client("secretsmanager"), secret["ARN"], frozenset({"127.0.0.1"}))
        with patch.object(notify, "webhooks", listed):
            yield listed
        assert server.seen


def _listed(url: str) -> str:
    return f'[{{"name": "one", "url": "{url}/", "kind": "discord"}}]'
