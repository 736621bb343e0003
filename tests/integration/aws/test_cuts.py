"""A cut through the function behind API Gateway: what people play in the bucket follows before it is answered."""

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from functions.api import app as api
from tests.integration.aws.conftest import BUCKET, TOKEN
from tests.integration.aws.test_handlers import context, event
from tests.integration.aws.test_playback import SEGMENT, recorded

if TYPE_CHECKING:
    from mntreamer.ports import Ports

__all__ = ["recorded"]
CUTS = "/api/v1/recordings/chzzk:c1:1001/cuts"


def _call(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    request = event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = path
    request["requestContext"]["http"]["method"] = method
    request["headers"] = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    if body is not None:
        request["headers"]["idempotency-key"] = "a key"
        request["body"] = json.dumps(body)
    return api.handler(request, context())


@pytest.mark.parametrize("openly", [False, True])
def test_a_cut_is_published_and_undone(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, *, openly: bool
) -> None:
    monkeypatch.setenv("MNTREAMER_PUBLIC_PLAYBACK", str(openly).lower())
    prefix: str = request.getfixturevalue("recorded")
    ports: Ports = request.getfixturevalue("ports")
    before = ports.store.get(prefix + "index.m3u8")

    answers = [_call("POST", CUTS, {"begin": 0, "end": 6}) for _ in range(2)]
    live, cut = ports.store.get(prefix + "live.m3u8"), ports.store.get(prefix + "index.m3u8")
    undone = _call("DELETE", f"{CUTS}/{json.loads(answers[0]['body'])['cut_id']}")

    assert [answer["statusCode"] for answer in answers] == [201, 201]
    assert answers[0]["body"] == answers[1]["body"]
    assert before
    assert cut
    assert SEGMENT.file.encode() in before.body
    assert SEGMENT.file.encode() not in cut.body
    assert (undone["statusCode"], json.loads(undone["body"])["cuts"]) == (200, [])
    assert ports.store.get(prefix + "index.m3u8") == before
    assert (live is not None) is openly


@pytest.mark.parametrize(("kind", "status"), [("application/json", 422), ("application/octet-stream", 400)])
@pytest.mark.usefixtures("recorded")
def test_a_body_that_is_no_text_is_refused(kind: str, status: int) -> None:
    request = event("api_request")
    request["rawPath"] = request["requestContext"]["http"]["path"] = CUTS
    request["requestContext"]["http"]["method"] = "POST"
    request["headers"] = {"authorization": f"Bearer {TOKEN}", "content-type": kind}
    request |= {"body": b64encode(b"\xff\xfe").decode(), "isBase64Encoded": True}

    assert api.handler(request, context())["statusCode"] == status


def test_no_browser_guesses_how_long_a_playlist_in_the_bucket_stays_as_it_is(recorded: str) -> None:
    _call("POST", CUTS, {"begin": 0, "end": 6})

    published = boto3.client("s3").head_object(Bucket=BUCKET, Key=f"{recorded}index.m3u8")

    assert published["CacheControl"] == "no-cache"
