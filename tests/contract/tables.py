"""The tables as the adapters need them, in the words of CloudFormation, by their logical ids in template.yaml."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SHARDS = 4
MONITORS = "MonitorsTable"
RECORDINGS = "RecordingsTable"
STATE = "StateTable"

# What changed is told by what it was and what it is.
_CHANGES = {"StreamViewType": "NEW_AND_OLD_IMAGES"}
_OF_DUE = ["platform", "priority", "miss_count", "probed_at"]


def _key(partition: str, sort: str | None = None) -> list[dict[str, str]]:
    key = [{"AttributeName": partition, "KeyType": "HASH"}]
    return key + ([{"AttributeName": sort, "KeyType": "RANGE"}] if sort else [])


def _index(name: str, partition: str, sort: str, shows: list[str] | None = None) -> dict[str, Any]:
    """One that shows everything, these attributes, or with none of them its keys only."""
    match shows:
        case None:
            projection: dict[str, Any] = {"ProjectionType": "ALL"}
        case []:
            projection = {"ProjectionType": "KEYS_ONLY"}
        case _:
            projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": shows}
    return {"IndexName": name, "KeySchema": _key(partition, sort), "Projection": projection}


def _attributes(**types: str) -> list[dict[str, str]]:
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in types.items()]


TABLES: dict[str, dict[str, Any]] = {
    MONITORS: {
        "KeySchema": _key("streamer_id"),
        "AttributeDefinitions": _attributes(streamer_id="S", due_shard="N", check_at="S"),
        "GlobalSecondaryIndexes": [_index("due_monitors", "due_shard", "check_at", _OF_DUE)],
        "StreamSpecification": _CHANGES,
        "BillingMode": "PAY_PER_REQUEST",
    },
    RECORDINGS: {
        "KeySchema": _key("recording_id", "item"),
        "AttributeDefinitions": _attributes(
            recording_id="S", item="S", status="S", started_at="S", purge_at="S", platform="S", prefix="S"
        ),
        "GlobalSecondaryIndexes": [
            _index("by_status", "status", "started_at"),
            _index("by_purge", "status", "purge_at", shows=[]),
            _index("library", "platform", "prefix", shows=[]),
        ],
        "StreamSpecification": _CHANGES,
        "BillingMode": "PAY_PER_REQUEST",
    },
    STATE: {
        "KeySchema": _key("name"),
        "AttributeDefinitions": _attributes(name="S"),
        "StreamSpecification": _CHANGES,
        "BillingMode": "PAY_PER_REQUEST",
    },
}


def create_tables(client: "DynamoDBClient") -> None:
    """Make all, named by their logical ids."""
    for name, definition in TABLES.items():
        stream = definition["StreamSpecification"] | {"StreamEnabled": True}  # which CloudFormation takes for granted
        client.create_table(TableName=name, **definition | {"StreamSpecification": stream})
