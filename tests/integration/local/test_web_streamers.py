"""Changing a streamer and having it checked, as a client of the API sees it."""

from datetime import timedelta
from typing import Any

import pytest

from mntreamer.api.resources.streamers import streamer_view
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.schedule.habit_text import to_text
from mntreamer.domain.times import to_iso
from tests.contract.records import NOON
from tests.integration.local.test_web import LOCAL, Web, web
from tests.integration.usecases.conftest import World, world
from tests.unit.domain.schedule.habits import THURSDAY, TUESDAY, habit_of

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
            ({}, "at least one of paused, priority, max_height, recorders"),
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
            ({"recorders": 0}, "recorders"),
            ({"recorders": 3}, "recorders"),
            ({"recorders": "2"}, "recorders"),
            ({"filters": {"title": ["x"]}}, "title"),
            ({"filters": {"titles": "x"}}, "titles"),
            ({"filters": {"titles": [" "]}}, "titles"),
            ({"filters": {"titles": ["x"] * 21}}, "titles"),
            ({"filters": {"titles": ["가" * 200] * 7}}, "4000 bytes"),
            ({"filters": {"hours": [{"days": [], "begin": "18:00", "end": "20:00"}]}}, "days"),
            ({"filters": {"hours": [{"days": ["mon"], "begin": "24:00", "end": "20:00"}]}}, "begin"),
            ({"filters": {"hours": [{"days": ["mon"], "begin": "18:00\n", "end": "20:00"}]}}, "begin"),
            ({"filters": {"notify_only": 1}}, "notify_only"),
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

    def test_filters_are_set_as_a_whole_and_taken_away(self, web: Web, world: World) -> None:
        client = web()
        evenings = {"days": ["mon", "sun"], "begin": "18:00", "end": "02:00"}
        set_to = {"titles": ['say "hi"', "게임 🎮"], "hours": [evenings]}

        first = client.patch(C1, base_url=LOCAL, json={"filters": set_to}).json or {}
        second = client.patch(C1, base_url=LOCAL, json={"filters": {"notify_only": True}}).json or {}
        third = client.patch(C1, base_url=LOCAL, json={"filters": None}).json or {}

        left_open: dict[str, Any] = {"not_titles": [], "categories": [], "not_categories": [], "notify_only": False}
        assert first["filters"] == set_to | left_open
        assert second["filters"] == left_open | {"titles": [], "hours": [], "notify_only": True}
        assert third["filters"] is None
        assert world.streamer.filters is None

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

        assert (answer.status_code, answer.json) == (202, streamer_view(world.ports, world.streamer))
        assert (answer.json or {})["check_at"] == to_iso(NOON)

    def test_one_who_is_paused_is_in_the_wrong_state(self, web: Web) -> None:
        client = web()
        client.patch(C1, base_url=LOCAL, json={"paused": True})

        answer = client.post(f"{C1}/check", base_url=LOCAL)

        assert answer.status_code == 409
        assert (answer.json or {})["error"]["code"] == "wrong_state"

    def test_whoever_is_not_there_cannot_be_checked(self, web: Web) -> None:
        assert web().post("/api/v1/streamers/chzzk/c2/check", base_url=LOCAL).status_code == 404


class TestProblem:
    @pytest.mark.parametrize("path", [C1, "/api/v1/recordings/chzzk:c1:1001"])
    def test_is_a_sentence_and_beside_it_a_code(self, web: Web, world: World, path: str) -> None:
        world.goes_live()
        world.tick()
        full = Reason("no room", ProblemCode.STORE_FULL)
        problem = Reason(f"6 in vain: {full}", ProblemCode.RECORDERS_IN_VAIN, full, launches=6)
        world.ports.monitors.update("chzzk:c1", {"problem": problem})
        world.ports.recordings.update("chzzk:c1:1001", {"problem": problem}, {})

        told = web().get(path, base_url=LOCAL).json or {}

        assert told["problem"] == "6 in vain: no room"
        assert told["problem_coded"] == {
            "code": "recorders_in_vain",
            "text": "6 in vain: no room",
            "values": {"launches": 6},
            "cause": {"code": "store_full", "text": "no room", "values": {}},
        }

    def test_is_none_of_who_has_none(self, web: Web) -> None:
        told = web().get(C1, base_url=LOCAL).json or {}

        assert (told["problem"], told["problem_coded"]) == (None, None)


class TestSchedule:
    def test_why_it_is_looked_at_when_it_is_and_its_week(self, web: Web, world: World) -> None:
        kept = to_text(habit_of(112, weekdays=[TUESDAY, THURSDAY], spread_min=0))
        world.ports.monitors.update("chzzk:c1", {"habit": kept})

        told = web().get(C1, base_url=LOCAL).json or {}

        assert told["check_reason"] == "usually starts 20:05 ± 5 min on Tue, Thu"
        assert told["usual_starts"] == [{"time": "20:05", "spread_min": 5, "weekdays": [TUESDAY, THURSDAY]}]
        assert len(told["expected_starts"]) == 168
        assert max(told["expected_starts"]) == told["expected_starts"][24 * TUESDAY + 20]
        assert "habit" not in told

    def test_of_a_stranger_nothing_is_known(self, web: Web) -> None:
        told = web().get(C1, base_url=LOCAL).json or {}

        assert told["check_reason"] == "no starts are known yet: by the table, until there are 5"
        assert told["check_reason_coded"] == {
            "code": "starts_too_few",
            "text": told["check_reason"],
            "values": {"known": 0, "needed": 5},
        }
        assert (told["known_starts"], told["usual_starts"], told["expected_starts"]) == (0, [], [])
        assert (told["looks_a_day"], told["delay_mean_s"]) == (None, None)

    def test_a_schedule_of_its_own_is_kept_and_given_up(self, web: Web) -> None:
        client = web()
        stepped = client.patch(C1, base_url=LOCAL, json={"schedule": "stepped"}).json or {}
        again = client.patch(C1, base_url=LOCAL, json={"schedule": None}).json or {}

        assert (stepped["schedule"], again["schedule"]) == ("stepped", None)
        assert stepped["check_reason"] == "by the table, after 0 looks in a row that found it offline"

    @pytest.mark.parametrize("wrong", ["weekly", 1, True, ""])
    def test_another_schedule_is_refused(self, web: Web, wrong: object) -> None:
        assert web().patch(C1, base_url=LOCAL, json={"schedule": wrong}).status_code == 422
