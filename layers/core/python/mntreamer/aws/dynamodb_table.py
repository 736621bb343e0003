"""One DynamoDB table, in rows. Tables are read strongly consistent, indexes as they come."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from mntreamer.aws.dynamodb_expressions import Placeholders, to_item, to_row
from mntreamer.rows import Plain, Row

if TYPE_CHECKING:
    from botocore.exceptions import ClientError
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

Condition = tuple[str, str, Plain]
_CONFLICTS = {"ConditionalCheckFailed", "TransactionConflict"}


class DynamoTable:
    """What the tables have in common. A key is a row of the table's key fields."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self._client = client
        self.name = name

    def get(self, key: Row) -> dict[str, Any] | None:
        found = self._client.get_item(TableName=self.name, Key=to_item(key), ConsistentRead=True).get("Item")
        return to_row(found) if found else None

    def add(self, row: Row, key: Row) -> dict[str, Any] | None:
        """Store the row unless its key is taken; the row that takes it."""
        words = Placeholders()
        absent = " AND ".join(words.is_absent(name) for name in key)
        try:
            self._client.put_item(
                TableName=self.name,
                Item=to_item(row),
                ConditionExpression=absent,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **words.arguments(),
            )
        except self._client.exceptions.ConditionalCheckFailedException as refused:
            return to_row(_item_in(refused))
        return None

    def put(self, row: Row) -> None:
        """Store the row in place of whatever has its key."""
        self._client.put_item(TableName=self.name, Item=to_item(row))

    def update(self, key: Row, changes: Mapping[str, Plain], expect: Mapping[str, Plain]) -> dict[str, Any] | None:
        """Set fields where the key exists and the expected fields are as expected; the row then.

        `changes` is not empty.
        """
        words = Placeholders()
        conditions = [words.exists(name) for name in key]
        conditions += [words.expected(name, value) for name, value in expect.items()]
        try:
            answer = self._client.update_item(
                TableName=self.name,
                Key=to_item(key),
                UpdateExpression=words.set_to(changes),
                ConditionExpression=" AND ".join(conditions),
                ReturnValues="ALL_NEW",
                **words.arguments(),
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return None
        return to_row(answer["Attributes"])

    def remove(self, key: Row) -> bool:
        """Whether there was one."""
        answer = self._client.delete_item(TableName=self.name, Key=to_item(key), ReturnValues="ALL_OLD")
        return "Attributes" in answer

    def scan(self, limit: int, behind: Row | None = None) -> list[dict[str, Any]]:
        """At most `limit` rows, in the order of the keys' hashes; those behind this key."""
        begin: Any = {"ExclusiveStartKey": to_item(behind)} if behind else {}
        pages = self._client.get_paginator("scan").paginate(
            TableName=self.name, ConsistentRead=True, PaginationConfig={"PageSize": limit, "MaxItems": limit}, **begin
        )
        return [to_row(item) for page in pages for item in page["Items"]]

    def query(
        self, index: str, conditions: Sequence[Condition], limit: int, *, newest_first: bool = False
    ) -> list[dict[str, Any]]:
        """At most `limit` rows of the index under conditions on its key fields, in the order of its sort key."""
        return list(islice(self.query_on(index, conditions, limit, newest_first=newest_first), limit))

    def query_on(
        self, index: str, conditions: Sequence[Condition], page: int, *, newest_first: bool = False
    ) -> Iterator[dict[str, Any]]:
        """All such rows, of which so many at once are read as they are asked for."""
        words = Placeholders()
        pages = self._client.get_paginator("query").paginate(
            TableName=self.name,
            IndexName=index,
            KeyConditionExpression=" AND ".join(words.compared(*condition) for condition in conditions),
            ScanIndexForward=not newest_first,
            PaginationConfig={"PageSize": page},
            **words.arguments(),
        )
        for answer in pages:
            yield from map(to_row, answer["Items"])

    def write_together(self, writes: "Sequence[TransactWriteItemTypeDef]") -> bool:
        """All of the writes or none: False if a condition does not hold or somebody else is writing there."""
        try:
            self._client.transact_write_items(TransactItems=writes)
        except self._client.exceptions.TransactionCanceledException as cancelled:
            if not _is_conflict(cancelled):
                raise
            return False
        return True


def _item_in(refused: "ClientError") -> Mapping[str, Any]:
    response: Mapping[str, Any] = refused.response
    item: Mapping[str, Any] = response["Item"]
    return item


def _is_conflict(cancelled: "ClientError") -> bool:
    """Whether the conditions are the only reason; too much load, say, is another."""
    codes = {reason["Code"] for reason in cancelled.response["CancellationReasons"]} - {"None"}
    return bool(codes) and codes <= _CONFLICTS
