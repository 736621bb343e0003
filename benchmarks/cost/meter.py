"""Counts what boto3's clients ask of AWS, in the units that AWS charges for."""

import json
import math
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from botocore.session import Session

from benchmarks.cost.capacity import Index, Item, read_units, write_units
from benchmarks.cost.use import Use

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_S3_PUTS = {"PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload", "ListObjectsV2"}
_S3_GETS = {"GetObject", "HeadObject"}
_MAKES_AN_OBJECT = {"PutObject", "CompleteMultipartUpload"}
_FREE = {"s3": {"DeleteObject", "DeleteObjects", "AbortMultipartUpload"}, "ecs": {"RunTask"}}
_BY_REQUEST = {"sqs": "sqs_requests", "secretsmanager": "secret_reads"}
_TRANSACTION = 2  # what is written in one counts twice
_EVENT_BYTES = 65536  # a larger one counts as several


class Meter:
    """Counts what this session's clients do; `tables` is one of another session, which reads items uncounted."""

    def __init__(self, session: Session, tables: "DynamoDBClient") -> None:
        self._tables = tables
        self._counts: Counter[str] = Counter()
        self._put: Counter[str] = Counter()
        self._lock = Lock()
        session.register("before-call.dynamodb", self._before_dynamodb)
        session.register("after-call.dynamodb", self._after_dynamodb)
        session.register("before-call.events.PutEvents", self._before_events)
        session.register("after-call", self._after_any)
        session.register("provide-client-params.s3.PutObject", self._before_put)

    @property
    def use(self) -> Use:
        """All of it so far."""
        with self._lock:
            return dict(self._counts)

    def puts_of(self, name: str) -> int:
        """How many objects of this name were put so far, below whichever prefixes."""
        with self._lock:
            return self._put[name]

    def _before_put(self, **call: Any) -> None:
        with self._lock:
            self._put[call["params"]["Key"].rpartition("/")[2]] += 1

    def _add(self, name: str, amount: float) -> None:
        with self._lock:
            self._counts[name] += amount  # type: ignore[assignment] # half units are counted, too

    def _after_any(self, **answered: Any) -> None:
        service, call = answered["model"].service_model.service_name, answered["model"].name
        if service == "s3" and call not in _FREE["s3"]:
            self._add(_s3_request(call), 1)
            self._add("opt_in_events", call in _MAKES_AN_OBJECT)
        elif (service, call) == ("events", "PutEvents"):
            self._add("custom_events", answered["context"]["events"])
        elif service in _BY_REQUEST:
            self._add(_BY_REQUEST[service], 1)
        elif service != "dynamodb" and call not in _FREE.get(service, ()):
            raise LookupError(f"nobody knows what {service} {call} costs")

    def _before_events(self, **call: Any) -> None:
        entries = json.loads(call["params"]["body"])["Entries"]
        call["context"]["events"] = sum(math.ceil(len(entry["Detail"].encode()) / _EVENT_BYTES) for entry in entries)

    def _before_dynamodb(self, **call: Any) -> None:
        request = json.loads(call["params"]["body"])
        call["context"]["is_consistent"] = request.get("ConsistentRead", False)
        call["context"]["cost"] = [(write, self._stored(write)) for write in _writes(call["model"].name, request)]

    def _after_dynamodb(self, **answered: Any) -> None:
        writes, parsed = answered["context"]["cost"], answered["parsed"]
        factor = _TRANSACTION if answered["model"].name == "TransactWriteItems" else 1
        for write, before in writes:
            indexes = self._indexes[write["TableName"]]
            self._add("dynamodb_write_units", factor * write_units(before, self._stored(write), indexes))
        if not writes:
            items = parsed["Items"] if "Items" in parsed else [parsed.get("Item", {})]
            self._add("dynamodb_read_units", read_units(items, consistent=answered["context"]["is_consistent"]))

    def _stored(self, write: Mapping[str, Any]) -> Item | None:
        item = write.get("Key") or write["Item"]
        key = {name: item[name] for name in self._keys[write["TableName"]]}
        return self._tables.get_item(TableName=write["TableName"], Key=key, ConsistentRead=True).get("Item")

    @cached_property
    def _descriptions(self) -> dict[str, Any]:
        names = self._tables.list_tables()["TableNames"]
        return {name: self._tables.describe_table(TableName=name)["Table"] for name in names}

    @cached_property
    def _keys(self) -> dict[str, frozenset[str]]:
        return {name: _names(table) for name, table in self._descriptions.items()}

    @cached_property
    def _indexes(self) -> dict[str, list[Index]]:
        return {
            name: [_index(index, self._keys[name]) for index in table.get("GlobalSecondaryIndexes", [])]
            for name, table in self._descriptions.items()
        }


def _s3_request(call: str) -> str:
    if call in _S3_PUTS:
        return "s3_puts"
    if call in _S3_GETS:
        return "s3_gets"
    raise LookupError(f"nobody knows what s3 {call} costs")


def _writes(call: str, request: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The writes in a request; a read has none."""
    match call:
        case "TransactWriteItems":
            return [write for transacted in request["TransactItems"] for write in transacted.values()]
        case "PutItem" | "UpdateItem" | "DeleteItem":
            return [request]
        case "GetItem" | "Query" | "Scan":
            return []
        case _:
            raise LookupError(f"nobody knows what dynamodb {call} costs")


def _index(described: Mapping[str, Any], of_table: frozenset[str]) -> Index:
    keys, projection = _names(described), described["Projection"]
    if projection["ProjectionType"] == "ALL":
        return Index(keys, None)
    return Index(keys, keys | of_table | frozenset(projection.get("NonKeyAttributes", [])))


def _names(described: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(key["AttributeName"] for key in described["KeySchema"])
