"""Markers, as a client of the API sees them."""

from typing import Any

import pytest
from werkzeug.test import Client

from tests.integration.local.refined import LOCAL, RECORDING, call, end, record
from tests.integration.local.test_web import Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
MARKERS = f"{RECORDING}/markers"


@pytest.fixture
def client(web: Web, world: World) -> Client:
    """Of a recording of ten segments that has ended."""
    record(world, *range(10))
    end(world)
    return web()


def _mark(client: Client, at: float, label: str = "here", **more: Any) -> Any:
    return call(client, "POST", MARKERS, {"at": at, "label": label, **more})


def _places(client: Client) -> list[tuple[Any, Any]]:
    return [(marker["source"], marker["published"]) for marker in call(client, "GET", MARKERS)["markers"]]


def test_a_marker_stays_at_its_picture_whatever_is_cut(client: Client) -> None:
    late, early = _mark(client, 40.25, "끝 🎬"), _mark(client, 13)
    assert (late["label"], late["source"], late["published"]) == ("끝 🎬", 40.25, 40.25)

    call(client, "POST", f"{RECORDING}/cuts", {"begin": 12, "end": 24})

    assert _places(client) == [(13.0, None), (40.25, 28.25)]
    assert _mark(client, 28.25)["source"] == 40.25
    assert _mark(client, 13, timeline="source")["published"] is None
    call(client, "DELETE", f"{MARKERS}/{early['marker_id']}")
    call(client, "DELETE", f"{RECORDING}/cuts")
    assert _places(client) == [(13.0, 13.0), (40.25, 40.25), (40.25, 40.25)]


def test_a_growing_recording_is_marked(web: Web, world: World) -> None:
    record(world, 0, 1)
    client = web()
    _mark(client, 7)
    record(world, 2)
    end(world)
    assert _places(client) == [(7.0, 7.0)]


def test_a_marker_is_taken_away_once(client: Client) -> None:
    marker = _mark(client, 1)
    assert call(client, "DELETE", f"{MARKERS}/{marker['marker_id']}") is None
    assert client.delete(f"{MARKERS}/{marker['marker_id']}", base_url=LOCAL).status_code == 404
    assert _places(client) == []


def test_a_request_that_comes_twice_sets_one_marker(client: Client) -> None:
    body = {"at": 12, "label": "once"}
    first, again = (call(client, "POST", MARKERS, body, **{"Idempotency-Key": "k"}) for _ in range(2))
    assert first == again
    assert len(_places(client)) == 1

    call(client, "DELETE", f"{MARKERS}/{first['marker_id']}")
    repeated = client.post(MARKERS, base_url=LOCAL, json=body, headers={"Idempotency-Key": "k"})
    assert repeated.status_code == 404
    assert _places(client) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": 60},
        {"at": -0.1},
        {"at": 1e308},
        {"at": -1e308},
        {"at": float("inf")},
        {"at": True},
        {"at": None},
        {"label": ""},
        {"label": " "},
        {"label": "x" * 201},
        {"timeline": "mine"},
        {"more": 1},
    ],
)
def test_what_can_be_no_marker_is_refused_with_the_reason(client: Client, wrong: dict[str, Any]) -> None:
    answer = client.post(MARKERS, base_url=LOCAL, json={"at": 12, "label": "here"} | wrong)

    assert answer.status_code == 422
    assert (answer.json or {})["error"]["message"]
    assert _places(client) == []
