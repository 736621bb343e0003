"""The health and `/metrics` as a person, an alarm and Prometheus see them on one machine."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import Client

from mntreamer.api.console.console import Console
from mntreamer.api.door.door import Door
from mntreamer.api.routes import build_api
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.usecases.monitors.measure_health import measure_health
from mntreamer_local.composition import PAGE
from mntreamer_local.files.publishing_store import PublishingStore
from mntreamer_local.serving.prometheus import Metrics
from mntreamer_local.serving.ticker import Ticker
from mntreamer_local.serving.web import WebApp
from tests.contract.records import NOON, a_recording, minutes
from tests.integration.usecases.conftest import World, world

__all__ = ["world"]
LOCAL = "http://127.0.0.1:8080"
TICK = TickReport("chzzk", NOON - minutes(1), 4.5, 11, 10, 9, 2, 1, 0, 3, 42.5)
REASON = "api.example asked us to stay away: HTTP 429"
OUTCOMES = {("chzzk", Outcome.WAITING): 7, ("chzzk", Outcome.OPENED): 0}


def client_of(world: World, *, asks_token: bool = False) -> Client:
    store = world.ports.store
    assert isinstance(store, PublishingStore)
    api = build_api(world.ports, Door("the token", is_asked=asks_token), None, Console(PAGE))
    metrics = Metrics(partial(measure_health, world.ports), OUTCOMES)
    return Client(WebApp(api, store, store._links, metrics, only_local=not asks_token, public_files=False))


@pytest.fixture
def web(world: World) -> Client:
    return client_of(world)


@pytest.fixture
def _all_is_well(world: World) -> None:
    world.ports.tick_reports.put(TICK)
    facts: dict[str, Any] = {
        "detection_delay_s": 20.0,
        "first_segment_at": NOON + minutes(1),
        "lease_until": NOON + minutes(1),
    }
    assert world.ports.recordings.open(a_recording(**facts), NOON.date())


def close_gate(world: World) -> None:
    world.ports.platform_states.get("chzzk")
    until = NOON + minutes(2)
    world.ports.platform_states.update("chzzk", {"blocks": 2, "paused_until": until, "reason": REASON}, {})


def samples(text: str) -> Mapping[tuple[str, ...], float]:
    """By name and the labels' values, in the order of the labels' names."""
    families = text_string_to_metric_families(text)
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


@pytest.mark.usefixtures("_all_is_well")
class TestHealth:
    def test_all_is_well(self, web: Client) -> None:
        answer = web.get("/api/v1/health", base_url=LOCAL)

        delays = {
            "detection": {"count": 1, "mean_s": 20.0, "p95_s": 20.0, "max_s": 20.0},
            "start": {"count": 1, "mean_s": 60.0, "p95_s": 60.0, "max_s": 60.0},
        }
        tick = {
            "began_at": "2026-11-22T02:59:00.123Z",
            "duration_s": 4.5,
            "due": 11,
            "claimed": 10,
            "probed": 9,
            "live": 2,
            "errors": 1,
            "broken": 0,
            "left": 3,
            "backlog_age_s": 42.5,
            "sent_away": 0,
            "launches_failed": 0,
        }
        breaker = {"state": "closed", "blocks": 0, "until": None, "reason": None}
        assert answer.status_code == 200
        assert answer.json == {
            "status": "ok",
            "problems": [],
            "problems_coded": [],
            "time": "2026-11-22T03:00:00.123Z",
            "platforms": [
                {"platform": "chzzk", "tick": tick, "breaker": breaker, "login": {"state": "none", "since": None}}
            ],
            "recording": 1,
            "unrecorded": 0,
            "stalled": 0,
            "delays": delays,
        }

    def test_a_degraded_one_is_an_answer_of_a_server_that_works(self, world: World, web: Client) -> None:
        close_gate(world)

        answer = web.get("/api/v1/health", base_url=LOCAL)

        assert answer.status_code == 200
        assert answer.json
        assert answer.json["status"] == "degraded"
        assert answer.json["problems"] == [f"chzzk: nothing is asked before 2026-11-22T03:02:00.123Z, since {REASON}"]
        assert answer.json["problems_coded"] == [
            {
                "code": "left_alone",
                "text": answer.json["problems"][0],
                "values": {"platform": "chzzk", "until": "2026-11-22T03:02:00.123Z", "why": REASON},
            }
        ]
        [platform] = answer.json["platforms"]
        assert platform["breaker"] == {
            "state": "open",
            "blocks": 2,
            "until": "2026-11-22T03:02:00.123Z",
            "reason": REASON,
        }

    def test_it_is_open_and_tells_nobody_who_is_watched(self, world: World) -> None:
        client = client_of(world, asks_token=True)
        text = client.get("/api/v1/health").text + client.get("/metrics").text

        recording, streamer = world.recording, world.streamer
        for secret in (recording.title, recording.live_id, recording.channel_name, streamer.channel_name):
            assert secret not in text
        assert streamer.channel_id not in text.replace("chzzk", "")


@pytest.mark.usefixtures("_all_is_well")
class TestMetrics:
    def test_they_are_the_health_s_numbers(self, web: Client) -> None:
        answer = web.get("/metrics", base_url=LOCAL)

        assert answer.status_code == 200
        assert answer.content_type.startswith("text/plain; version=")
        assert samples(answer.text) == {
            ("mntreamer_healthy",): 1,
            ("mntreamer_recordings_running",): 1,
            ("mntreamer_recordings_unrecorded",): 0,
            ("mntreamer_recordings_stalled",): 0,
            ("mntreamer_tick_due", "chzzk"): 11,
            ("mntreamer_tick_claimed", "chzzk"): 10,
            ("mntreamer_tick_probed", "chzzk"): 9,
            ("mntreamer_tick_live", "chzzk"): 2,
            ("mntreamer_tick_errors", "chzzk"): 1,
            ("mntreamer_tick_sent_away", "chzzk"): 0,
            ("mntreamer_tick_launches_failed", "chzzk"): 0,
            ("mntreamer_tick_broken", "chzzk"): 0,
            ("mntreamer_tick_left", "chzzk"): 3,
            ("mntreamer_tick_duration_seconds", "chzzk"): 4.5,
            ("mntreamer_tick_timestamp_seconds", "chzzk"): TICK.ended_at.timestamp(),
            ("mntreamer_backlog_age_seconds", "chzzk"): 42.5,
            ("mntreamer_breaker_open", "chzzk"): 0,
            ("mntreamer_breaker_blocks", "chzzk"): 0,
            ("mntreamer_login_wrong", "chzzk"): 0,
            ("mntreamer_detection_delay_seconds", "0.95"): 20,
            ("mntreamer_detection_delay_seconds", "1"): 20,
            ("mntreamer_detection_delay_mean_seconds",): 20,
            ("mntreamer_detection_delay_recordings",): 1,
            ("mntreamer_start_delay_seconds", "0.95"): 60,
            ("mntreamer_start_delay_seconds", "1"): 60,
            ("mntreamer_start_delay_mean_seconds",): 60,
            ("mntreamer_start_delay_recordings",): 1,
            ("mntreamer_checks_total", "waiting", "chzzk"): 7,
            ("mntreamer_checks_total", "opened", "chzzk"): 0,
        }

    def test_they_are_measured_anew_for_each_scrape(self, world: World, web: Client) -> None:
        web.get("/metrics", base_url=LOCAL)
        world.ports.tick_reports.put(replace(TICK, left=0, backlog_age_s=0.0))
        close_gate(world)

        scraped = samples(web.get("/metrics", base_url=LOCAL).text)

        assert scraped[("mntreamer_backlog_age_seconds", "chzzk")] == 0
        assert scraped[("mntreamer_breaker_open", "chzzk")] == 1
        assert scraped[("mntreamer_breaker_blocks", "chzzk")] == 2
        assert scraped[("mntreamer_healthy",)] == 0

    def test_head_is_answered_without_a_body(self, web: Client) -> None:
        answer = web.head("/metrics", base_url=LOCAL)

        assert (answer.status_code, answer.data) == (200, b"")

    @pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
    def test_other_sites_pages_do_not_read_them(self, web: Client, headers: dict[str, str]) -> None:
        assert web.get("/metrics", base_url=LOCAL, headers=headers).status_code == 403


def test_what_is_not_known_yet_is_left_out(world: World, web: Client) -> None:
    text = web.get("/metrics", base_url=LOCAL).text
    scraped: Any = samples(text)

    assert world.ports.tick_reports.latest("chzzk") is None
    assert scraped[("mntreamer_detection_delay_recordings",)] == 0
    assert {name for name, *_ in scraped if "tick" in name or "_delay_" in name} == {
        "mntreamer_detection_delay_recordings",
        "mntreamer_start_delay_recordings",
    }


class TestTicker:
    """What it measures; `_tick` is what its thread does each second."""

    def test_its_first_tick_is_reported_so_that_a_start_is_no_standstill(self, world: World) -> None:
        ticker = Ticker(world.ports)
        ticker._tick()
        ticker.stop()

        report = world.ports.tick_reports.latest("chzzk")
        assert report
        assert (report.began_at, report.duration_s) == (NOON, 0.0)
        assert measure_health(world.ports).problems == []

    def test_later_reports_sum_up_a_minute(self, world: World) -> None:
        ticker = Ticker(world.ports)
        ticker._tick()
        for seconds in (20, 40):
            world.later(seconds=seconds)
            [check.result() for _, check in ticker._checking.values()]
            ticker._tick()
        ticker.stop()

        report = world.ports.tick_reports.latest("chzzk")
        assert report
        assert (report.began_at, report.duration_s) == (NOON, 60.0)
        assert (report.due, report.probed, report.left) == (1, 1, 0)

    def test_every_check_is_counted_by_its_outcome(self, world: World) -> None:
        ticker = Ticker(world.ports)
        assert ticker.outcomes == {("chzzk", outcome): 0 for outcome in Outcome}

        ticker._tick()
        [check.result() for _, check in ticker._checking.values()]
        ticker._tick()
        ticker.stop()

        assert +ticker.outcomes == {("chzzk", Outcome.WAITING): 1}
