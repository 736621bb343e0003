"""Changing a streamer and having it checked, as a client of the API sees it."""

from datetime import timedelta

import pytest

from mntreamer.domain.times import to_iso
from mntreamer.rows import to_row
from tests.contract.records import NOON
from tests.integration.local.test_web import LOCAL, Web, web
from tests.integration.usecases.conftest import World, world

__all__ = ["web", "world"]
C1 = "/api/v1/streamers/chzzk/c1"


class TestWishes:
    def test_the_answer_is_the_streamer_as_it_is_then(self, web: Web) -> None:
        wishes = {"paused": True, "priority": -100, "max_height": 144}

        answer = web().patch(C1, base_url=LOCAL, json=wishes)

        assert answer.status_code == 200
        assert answer.json == web().get(C1, base_url=LOCAL).json
        assert (answer.json or {}).items() >= (wishes | {"check_at": None}).items()

    def test_what_is_not_named_stays(self, web: Web) -> None:
        client = web()
        client.patch(C1, base_url=LOCAL, json={"priority": 100, "max_height": 720})
        before = client.get(C1, base_url=LOCAL).json or {}

        answer = client.patch(C1, base_url=LOCAL, json={"max_height": None})

        assert answer.json == before | {"max_height": None}

    def test_resuming_makes_it_due(self, web: Web) -> None:
        client = web()
        client.patch(C1, base_url=LOCAL, json={"paused": True})

        answer = client.patch(C1, base_url=LOCAL, json={"paused": False})

        assert (answer.json or {})["check_at"] == to_iso(NOON)

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            ({}, "at least one of paused, priority, max_height"),
            ({"paused": None}, "paused"),
            ({"paused": "yes"}, "paused"),
            ({"paused": 1}, "paused"),
            ({"priority": 101}, "priority"),
            ({"priority": -101}, "priority"),
            ({"priority": 1.5}, "priority"),
            ({"priority": True}, "priority"),
            ({"priority": "1"}, "priority"),
            ({"priority": None}, "priority"),
            ({"max_height": 143}, "max_height"),
            ({"max_height": 0}, "max_height"),
            ({"max_height": 2**70}, "max_height"),
            ({"max_height": "best"}, "max_height"),
            ({"paused": True, "check_at": "now"}, "check_at"),
            ({"status": "IDLE"}, "status"),
            ("paused", "body"),
        ],
    )
    def test_bad_input_changes_nothing_and_says_what_is_wrong(
        self, web: Web, world: World, body: object, says: str
    ) -> None:
        before = world.streamer

        answer = web().patch(C1, base_url=LOCAL, json=body)

        assert answer.status_code in (400, 422)
        assert says in (answer.json or {})["error"]["message"]
        assert world.streamer == before

    @pytest.mark.parametrize("body", [b"", b"{", b"null"])
    def test_a_body_that_is_no_json_is_refused(self, web: Web, body: bytes) -> None:
        answer = web().patch(C1, base_url=LOCAL, data=body, content_type="application/json")

        assert answer.status_code == 422
        assert "body" in (answer.json or {})["error"]["message"]

    def test_whoever_is_not_there_has_none(self, web: Web) -> None:
        answer = web().patch("/api/v1/streamers/chzzk/c2", base_url=LOCAL, json={"paused": True})

        assert (answer.status_code, (answer.json or {})["error"]["code"]) == (404, "not_found")


class TestCheckingNow:
    def test_the_answer_says_when(self, web: Web, world: World) -> None:
        world.ports.monitors.update("chzzk:c1", {"check_at": NOON + timedelta(minutes=50)})

        answer = web().post(f"{C1}/check", base_url=LOCAL)

        assert (answer.status_code, answer.json) == (202, to_row(world.streamer))
        assert (answer.json or {})["check_at"] == to_iso(NOON)

    def test_one_who_is_paused_is_in_the_wrong_state(self, web: Web) -> None:
        client = web()
        client.patch(C1, base_url=LOCAL, json={"paused": True})

        answer = client.post(f"{C1}/check", base_url=LOCAL)

        assert answer.status_code == 409
        assert (answer.json or {})["error"]["code"] == "wrong_state"

    def test_whoever_is_not_there_cannot_be_checked(self, web: Web) -> None:
        assert web().post("/api/v1/streamers/chzzk/c2/check", base_url=LOCAL).status_code == 404
