"""The OpenAPI document says what the routes, the bodies' models and the stored records say."""

import json
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from pydantic import BaseModel

from mntreamer.api.document import openapi
from mntreamer.api.document.docs_page import docs_page
from mntreamer.api.document.openapi import openapi_document, operations_in
from mntreamer.api.resources.clips import AskedClip
from mntreamer.api.resources.cuts import AskedRange
from mntreamer.api.resources.exports import WantedExport
from mntreamer.api.resources.markers import AskedMarker
from mntreamer.api.resources.session import Login
from mntreamer.api.resources.shares import WantedShare
from mntreamer.api.resources.streamer_wishes import Wishes
from mntreamer.api.resources.streamers import NewStreamer
from mntreamer.domain import errors
from mntreamer.domain.monitors.check_reason import CheckCode
from mntreamer.domain.monitors.health import FindingCode
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.recordings.recording import Recording
from tests.integration.api.all_routes import OPEN, ROUTES
from tests.integration.local.test_web import LOCAL, Web, web
from tests.integration.usecases.conftest import world

__all__ = ["web", "world"]
DOCUMENT = openapi_document()
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS = [(path, method, operation) for path, method, operation in operations_in(DOCUMENT)]
PARTS = Path(openapi.__file__).parent / "openapi_parts"
BODIES: dict[str, type[BaseModel]] = {
    "AskedClip": AskedClip,
    "AskedMarker": AskedMarker,
    "AskedRange": AskedRange,
    "Login": Login,
    "NewStreamer": NewStreamer,
    "StreamerChanges": Wishes,
    "WantedExport": WantedExport,
    "WantedShare": WantedShare,
}
CODES = {kind.code for kind in vars(errors).values() if hasattr(kind, "code")}
NOT_OF_THE_STREAMER = {
    "problem_coded", "check_reason", "check_reason_coded", "known_starts", "usual_starts", "expected_starts",
    "looks_a_day", "delay_mean_s",
}  # fmt: skip
UNSHOWN = {"habit", "looks", "looked_days"}
NOT_OF_THE_ROW = {"problem_coded", "start_delay_s", "cost_dollars", "playlist_url", "poster_url"}
FOR_PEOPLE = {"title", "description", "default", "examples", "$defs", "$ref"}


def bare(schema: Any, defined: dict[str, Any]) -> Any:
    """What of a schema decides, with its references followed."""
    if isinstance(schema, list):
        return [bare(part, defined) for part in schema]
    if not isinstance(schema, dict):
        return schema
    named = defined[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else {}
    decisive = {key: bare(part, defined) for key, part in {**named, **schema}.items() if key not in FOR_PEOPLE}
    if "properties" in schema:
        decisive["properties"] = {name: bare(field, defined) for name, field in schema["properties"].items()}
    if "enum" in decisive:
        decisive.pop("type", None)
    return decisive


def examples() -> Iterator[tuple[str, Any, Any]]:
    """Where it stands, the schema, the example."""
    for name, schema in SCHEMAS.items():
        yield from ((name, schema, example) for example in schema.get("examples", []))
    answers = DOCUMENT["components"]["responses"]
    holders = [*answers.items()]
    for path, method, operation in OPERATIONS:
        holders += [(f"{method} {path} {status}", answer) for status, answer in operation["responses"].items()]
        holders += [(f"{method} {path}", operation["requestBody"])] if "requestBody" in operation else []
    for where, holder in holders:
        for content in holder.get("content", {}).values():
            if "example" in content:
                yield where, content["schema"], content["example"]


EXAMPLES = list(examples())


def test_it_is_openapi() -> None:
    schemathesis.openapi.from_dict(json.loads(json.dumps(DOCUMENT))).validate()


def test_it_has_all_routes_and_no_others() -> None:
    assert sorted((method.upper(), path) for path, method, _ in OPERATIONS) == ROUTES


def test_no_part_overwrites_what_another_defines() -> None:
    parts = [json.loads(path.read_text()) for path in sorted(PARTS.glob("*.json"))]
    for kind in ("paths", "schemas", "parameters"):
        names = [name for part in parts for name in part.get(kind, {})]
        assert len(names) == len({*names}), kind


def test_it_says_which_ask_for_no_token() -> None:
    told = {(method.upper(), path) for path, method, operation in OPERATIONS if operation.get("security") == []}
    assert told == OPEN


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_its_model_s(name: str) -> None:
    of_model = BODIES[name].model_json_schema()
    assert bare(SCHEMAS[name], SCHEMAS) == bare(of_model, of_model.get("$defs", {}))


def test_all_bodies_are_compared() -> None:
    sent = [operation["requestBody"]["content"] for _, _, operation in OPERATIONS if "requestBody" in operation]
    assert {content["application/json"]["schema"]["$ref"].rpartition("/")[2] for content in sent} == {*BODIES}


@pytest.mark.parametrize(
    ("name", "record", "more"),
    [("Streamer", Streamer, NOT_OF_THE_STREAMER), ("Recording", Recording, NOT_OF_THE_ROW)],
)
def test_a_record_is_told_field_by_field(name: str, record: Any, more: set[str]) -> None:
    assert {*SCHEMAS[name]["properties"]} - more == {field.name for field in fields(record)} - UNSHOWN
    assert {*SCHEMAS[name]["required"]} == {*SCHEMAS[name]["properties"]}


def test_all_codes_of_errors_are_named() -> None:
    assert SCHEMAS["Error"]["properties"]["error"]["properties"]["code"]["enum"] == sorted(CODES)


@pytest.mark.parametrize(
    ("schema", "codes"),
    [
        (SCHEMAS["ProblemCode"], ProblemCode),
        (SCHEMAS["CheckReason"]["properties"]["code"], CheckCode),
        (SCHEMAS["Finding"]["properties"]["code"], FindingCode),
    ],
)
def test_all_codes_of_reasons_are_named(schema: dict[str, Any], codes: type[StrEnum]) -> None:
    assert schema["enum"] == [*codes]


@pytest.mark.parametrize(("where", "schema", "example"), EXAMPLES, ids=[where for where, _, _ in EXAMPLES])
def test_an_example_is_one(where: str, schema: Any, example: Any) -> None:  # noqa: ARG001 -- names the case
    whole = {**schema, "components": DOCUMENT["components"]}
    assert not [error.message for error in jsonschema_rs.Draft202012Validator(whole).iter_errors(example)]


def test_each_operation_says_in_words_what_it_does_and_answers() -> None:
    for path, method, operation in OPERATIONS:
        assert operation["summary"], (path, method)
        assert any(status.startswith(("2", "3")) for status in operation["responses"]), (path, method)
        assert {*operation["tags"]} <= {tag["name"] for tag in DOCUMENT["tags"]}, (path, method)
    assert len({operation["operationId"] for _, _, operation in OPERATIONS}) == len(OPERATIONS)


class Page(HTMLParser):
    """What a page links to, what it names, and what is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith(("on", "style"))  # neither would the Content-Security-Policy let through
            (self.links if name in ("href", "src") else self.ids if name == "id" else set()).add(value or "")


class TestThePage:
    def test_names_every_operation_and_every_schema(self) -> None:
        page = Page()
        page.feed(docs_page())
        assert {operation["operationId"] for _, _, operation in OPERATIONS} | {*SCHEMAS} <= page.ids

    def test_needs_no_script_and_nothing_from_elsewhere(self) -> None:
        page = Page()
        page.feed(docs_page())
        assert "script" not in page.tags
        outward = {link for link in page.links if not link.startswith("#")}
        assert outward == {"docs.css", "openapi.json"}
        assert {link.removeprefix("#") for link in page.links - outward} <= page.ids

    @pytest.mark.parametrize(
        ("path", "kind"), [("openapi.json", "application/json"), ("docs", "text/html"), ("docs.css", "text/css")]
    )
    def test_is_served_to_everybody(self, web: Web, path: str, kind: str) -> None:
        answer = web(asks_token=True).get(f"/api/v1/{path}", base_url=LOCAL)
        assert (answer.status_code, answer.mimetype) == (HTTPStatus.OK, kind)

    def test_the_document_is_the_one_that_is_served(self, web: Web) -> None:
        assert web(asks_token=True).get("/api/v1/openapi.json", base_url=LOCAL).json == DOCUMENT
