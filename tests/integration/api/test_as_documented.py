"""Requests that the document allows and forbids, to the running server: each is answered as the document says."""

import os
import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from mntreamer.api.document.openapi import openapi_document, operations_in
from tests.integration.api.running import CHANNEL_ID, Running, recording_id

pytestmark = pytest.mark.xdist_group("running server")
# The same requests each time, so that a failure is the change's; `make test-full` looks for new ones.
FULL = "MNTREAMER_TEST_FULL" in os.environ
OPERATIONS = {
    operation["operationId"]: (path, method) for path, method, operation in operations_in(openapi_document())
}
NUMBERS = {operation: number for number, operation in enumerate(OPERATIONS)}
OVER = "stopRecording"  # the server's recordings are: no example stops one
NEW_STREAMER = {"platform": "chzzk", "nickname": "데모"}
EDITS = {
    "cut_id": {"begin": 0, "end": 6},
    "marker_id": {"at": 1, "label": "here"},
    "clip_id": {"begin": 0, "end": 6, "title": "a piece"},
    "share_id": {"expires_in_s": 60},
    "export_id": {"format": "ts"},
}
CONFIG = {
    "generation": {"deterministic": not FULL, "database": "none"},
    # What a schema allows may still make no sense for a recording: a range beyond its end.
    "checks": {"positive_data_acceptance": {"enabled": False}},
}
SCHEMA = schemathesis.openapi.from_dict(openapi_document(), config=schemathesis.Config.from_dict(CONFIG))


@SCHEMA.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Three of four requests are about what there is."""
    if not path_parameters:
        return path_parameters
    operation = context.operation.definition.raw["operationId"]
    there_is = {"platform": "chzzk", "channel_id": CHANNEL_ID, "recording_id": recording_id(NUMBERS[operation])}
    return {
        name: there_is.get(name, value) if len(str(value)) % 4 else value for name, value in path_parameters.items()
    }


@SCHEMA.parametrize()
@settings(
    max_examples=300 if FULL else 20, deadline=None, derandomize=not FULL, suppress_health_check=list(HealthCheck)
)
@pytest.mark.timeout(1200 if FULL else 120)
def test_every_answer_is_as_documented(case: schemathesis.Case[Any], server: Running) -> None:
    case.call_and_validate(base_url=server.url, session=server.session)


@pytest.mark.parametrize("operation_id", sorted({*OPERATIONS} - {OVER}))
def test_what_an_example_asks_for_is_done(server: Running, operation_id: str) -> None:
    path, method = OPERATIONS[operation_id]
    operation = SCHEMA[path][method.upper()]
    body = (
        operation.definition.raw.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    )
    recording = recording_id(len(OPERATIONS) + NUMBERS[operation_id])
    names = re.findall(r"{(\w+)}", path)
    case = operation.Case(
        path_parameters={name: what_there_is(server, recording, name) for name in names},
        **({"body": body | secrets_of(server, body), "media_type": "application/json"} if body else {}),
    )
    answer = case.call(base_url=server.url, session=server.session, allow_redirects=False)
    assert answer.status_code < 400, answer.text
    case.validate_response(answer)


THERE = {
    "platform": "chzzk",
    "digest": "of-another-edition",
    "path": "main.js",
    "file": "000-0000000003-0000000005.ts",
    "sheet": "0001.jpg",
}


def what_there_is(server: Running, recording: str, name: str) -> str:
    """For this parameter of a path; an edit that it names is made."""
    root = f"/recordings/{recording}"
    match name:
        case "recording_id":
            return recording
        case "platform" | "digest" | "path" | "file" | "sheet":
            return THERE[name]
        case "token":
            return str(server.ask("GET", root)["playlist_url"].split("/")[-2])
        case "channel_id":
            return str(server.ask("POST", "/streamers", NEW_STREAMER)[name])
    made = server.ask("POST", f"{root}/{name.removesuffix('_id')}s", EDITS[name])
    return str(made[name])


def secrets_of(server: Running, body: dict[str, Any]) -> dict[str, Any]:
    """What an example cannot show."""
    return {"token": server.token} if "token" in body else {}
