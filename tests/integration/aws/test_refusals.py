"""What the API refuses on AWS, where DynamoDB takes keys of 2,048 bytes at the most, and none that are empty."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import boto3
import pytest

from functions.api import app as api
from mntreamer.api.wire.cursor import to_cursor
from tests.integration.api.all_routes import ROUTES, filled
from tests.integration.api.test_refusals import IDS
from tests.integration.aws.conftest import TOKEN
from tests.integration.aws.test_handlers import context

EVENTS = Path(__file__).parents[2] / "events"
MOST_BYTES = 2048
LONG = {"very long": "x" * 3000, "very long in bytes": "한" * 1000}


def ask(method: str, path: str, **query: str) -> Any:
    event = json.loads((EVENTS / "api_request.json").read_text())
    event |= {"rawPath": path, "queryStringParameters": query, "body": None}
    event["requestContext"]["http"] |= {"method": method, "path": path}
    event["headers"] |= {"authorization": f"Bearer {TOKEN}"}
    return api.handler(event, context())


@pytest.fixture(autouse=True)
def _keys_are_checked(aws: None) -> Iterator[None]:  # noqa: ARG001 -- there before a client is made
    """As DynamoDB does, and moto does not."""
    boto3.setup_default_session()
    session = boto3.DEFAULT_SESSION
    assert session
    session.events.register("provide-client-params.dynamodb", _check_keys)
    yield
    boto3.DEFAULT_SESSION = None


def _check_keys(params: Mapping[str, Any], **_: object) -> None:
    for key in (params.get("Key", {}), params.get("ExclusiveStartKey", {})):
        for value in key.values():
            assert 0 < len(str(next(iter(value.values()))).encode()) <= MOST_BYTES


def test_an_id_that_can_be_none_is_not_looked_for() -> None:
    for method, path in ROUTES:
        if path.startswith("/console/"):
            continue  # the page is a layer beside the function, and looks for nothing in a table
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        for id_ in {**IDS, **LONG}.values() if names else ():
            answer = ask(method, filled(path, **dict.fromkeys(names, unquote(id_))))
            assert answer["statusCode"] in (401, 404, 405, 422), (method, path, id_[:50])


def test_a_cursor_that_somebody_made_up_is_refused() -> None:
    for path in ("recordings", "library", "streamers"):
        for place in ("", "x" * 3000, "한" * 1000):
            for cursor in (to_cursor(place), to_cursor("2026-11-22T00:00:00.000Z", place)):
                assert ask("GET", f"/api/v1/{path}", cursor=cursor)["statusCode"] == 422, (path, place[:50])
