"""The tables' streams, on moto, and the template's filters for them."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]
from moto.dynamodb.models import dynamodb_backends
from moto.events.models import EventPattern

# By table, what `Notify` calls its stream.
STREAMS: Final = {
    "RecordingsTable": "RecordingChanged",
    "MonitorsTable": "StreamerChanged",
    "StateTable": "PlatformChanged",
}
_TEMPLATE: dict[str, Any] = load(str(Path(__file__).parents[3] / "template.yaml"))
_ACCOUNT_ID = "123456789012"  # moto's


def records(table: str) -> Iterator[dict[str, Any]]:
    """What the stream of the table holds, as Lambda hands it to functions; moto's API for streams answers nobody."""
    shard: Any = dynamodb_backends[_ACCOUNT_ID][os.environ["AWS_REGION"]].tables[table].stream_shard
    for record in (item.to_json() for item in shard.items):
        at = record["dynamodb"]["ApproximateCreationDateTime"].timestamp()
        yield record | {"dynamodb": record["dynamodb"] | {"ApproximateCreationDateTime": at}}


def passes(record: Mapping[str, Any], stream: str) -> bool:
    """Whether the template's filters let Lambda have it."""
    filters = _TEMPLATE["Resources"]["Notify"]["Properties"]["Events"][stream]["Properties"]["FilterCriteria"][
        "Filters"
    ]
    seen: Any = {"dynamodb": record["dynamodb"]}
    return any(EventPattern(one["Pattern"], json.loads(one["Pattern"])).matches_event(seen) for one in filters)
