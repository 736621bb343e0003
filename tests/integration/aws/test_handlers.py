"""The handlers, with the events that AWS sends them."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import boto3
import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from functions.api import app as api
from functions.check_monitors import app as check_monitors
from functions.check_share import app as check_share
from functions.publish_playlist import app as publish_playlist
from functions.settle_recording import app as settle_recording
from mntreamer.aws import composition
from mntreamer.aws.check_queue import to_message
from mntreamer.domain.errors import SettingMissing
from mntreamer.domain.monitors.probe import Live
from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.usecases.recordings.leave_recording import leave_recording
from tests.contract.records import a_streamer
from tests.integration.aws.conftest import TOKEN, StillPlatform

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_ecs.type_defs import TaskTypeDef

    from mntreamer.ports import Ports

EVENTS = Path(__file__).parents[2] / "events"
SOURCE = "media/chzzk/한글_채널.1f0a9c3e/2026/11/22/1/source.m3u8"
LIVE = Live("1001", "첫 방송", "talk", datetime(2026, 11, 22, 2, 58, tzinfo=UTC))


def event(name: str) -> Any:
    return json.loads((EVENTS / f"{name}.json").read_text())


def context() -> "LambdaContext":
    facts = SimpleNamespace(
        function_name="function",
        memory_limit_in_mb=512,
        invoked_function_arn="arn:aws:lambda:ap-northeast-2:123456789012:function:function",
        aws_request_id="52fdfc07-2182-154f-163f-5f0f9a621d72",
        get_remaining_time_in_millis=lambda: 55_000,
    )
    return cast("LambdaContext", facts)


def tasks() -> "list[TaskTypeDef]":
    ecs = boto3.client("ecs")
    running = ecs.list_tasks(cluster="cluster")["taskArns"]
    stopped = ecs.list_tasks(cluster="cluster", desiredStatus="STOPPED")["taskArns"]
    arns = {*running, *stopped}
    return ecs.describe_tasks(cluster="cluster", tasks=list(arns))["tasks"] if arns else []


def generations_launched() -> list[str]:
    overrides = [task["overrides"]["containerOverrides"][0] for task in tasks()]
    launches = [{pair["name"]: pair["value"] for pair in override["environment"]} for override in overrides]
    assert {launch["RECORDING_ID"] for launch in launches} <= {"chzzk:c1:1001"}
    return sorted(launch["GENERATION"] for launch in launches)


def messages() -> list[str]:
    """The bodies of what waits in the queue."""
    sqs, bodies = boto3.client("sqs"), []
    while found := sqs.receive_message(QueueUrl=os.environ["CHECK_QUEUE"]).get("Messages"):
        bodies += [message["Body"] for message in found]
    return bodies


def shares_event(body: str) -> dict[str, Any]:
    """What SQS hands to a function for one message."""
    return {"Records": [{"messageId": "19dd0b57", "eventSource": "aws:sqs", "body": body}]}


def due_now(ports: "Ports") -> None:
    ports.monitors.add(a_streamer(check_at=ports.clock() - timedelta(seconds=1)))


class TestCheckMonitors:
    def test_a_live_streamer_gets_a_recording_and_its_recorder(self, ports: "Ports", platform: StillPlatform) -> None:
        due_now(ports)
        platform.shows = LIVE
        assert check_monitors.handler(event("tick"), context()) == {"due": 1, "handed_on": 0}
        recording = ports.recordings.get("chzzk:c1:1001")
        assert recording is not None
        assert recording.title == "첫 방송"
        assert generations_launched() == ["1"]

    def test_a_streamer_that_is_not_live_is_left_for_later(self, ports: "Ports") -> None:
        due_now(ports)
        check_monitors.handler(event("tick"), context())
        streamer = ports.monitors.get("chzzk:c1")
        assert streamer is not None
        assert (streamer.status, streamer.miss_count) == (StreamerStatus.IDLE, 1)
        assert ports.monitors.due(ports.clock(), 1) == []
        assert tasks() == []

    def test_what_is_due_a_little_later_is_not_left_for_a_whole_minute(
        self, ports: "Ports", platform: StillPlatform
    ) -> None:
        for channel_id, due_in_s in [("soon", 10), ("later", 30)]:
            ports.monitors.add(a_streamer(channel_id, check_at=ports.clock() + timedelta(seconds=due_in_s)))
        check_monitors.handler(event("tick"), context())
        assert platform.probed == ["soon"]

    def test_looks_are_counted_by_the_tick_and_by_those_that_it_hands_on_to(
        self, ports: "Ports", platform: StillPlatform
    ) -> None:
        for number in range(3):
            ports.monitors.add(a_streamer(f"c{number}", check_at=ports.clock()))
        due = ports.monitors.due(ports.clock(), 10)
        until = ports.clock() + timedelta(minutes=1)

        check_share.handler(shares_event(to_message(due[:2], until)), context())
        by_others = platform.spending().spent
        check_monitors.handler({}, context())

        assert by_others == 2
        assert platform.spending().spent == pytest.approx(3, rel=0.01)

    def test_a_tick_leaves_a_report_also_with_nothing_due(self, ports: "Ports") -> None:
        check_monitors.handler(event("tick"), context())
        report = ports.tick_reports.latest("chzzk")
        assert report
        assert (report.due, report.left) == (0, 0)

    def test_what_is_more_than_one_worker_can_do_is_handed_on_and_done_by_others(
        self, ports: "Ports", platform: StillPlatform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(check_monitors, "SHARE", 4)
        for number in range(10):
            ports.monitors.add(a_streamer(f"c{number}", check_at=ports.clock() - timedelta(seconds=1 + number)))

        assert check_monitors.handler(event("tick"), context()) == {"due": 10, "handed_on": 6}
        assert sorted(platform.probed) == ["c6", "c7", "c8", "c9"]
        for message in messages():
            check_share.handler(shares_event(message), context())
            check_share.handler(shares_event(message), context())  # SQS may deliver twice

        assert sorted(platform.probed) == [f"c{number}" for number in range(10)]
        assert ports.monitors.due(ports.clock(), 10) == []

    def test_what_the_queue_does_not_take_is_done_all_the_same(
        self, ports: "Ports", platform: StillPlatform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(check_monitors, "SHARE", 1)
        for number in range(3):
            ports.monitors.add(a_streamer(f"c{number}", check_at=ports.clock() - timedelta(seconds=1)))
        boto3.client("sqs").delete_queue(QueueUrl=os.environ["CHECK_QUEUE"])

        assert check_monitors.handler(event("tick"), context()) == {"due": 3, "handed_on": 0}
        assert sorted(platform.probed) == ["c0", "c1", "c2"]

    def test_the_report_knows_of_what_was_handed_on_and_is_late(
        self, ports: "Ports", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(check_monitors, "SHARE", 1)
        for number in range(3):
            ports.monitors.add(a_streamer(f"c{number}", check_at=ports.clock() - timedelta(minutes=30)))

        check_monitors.handler(event("tick"), context())

        report = ports.tick_reports.latest("chzzk")
        assert report
        assert (report.due, report.left) == (3, 2)
        assert report.backlog_age_s >= 1800

    def test_of_several_shares_only_the_one_that_failed_is_told(
        self, ports: "Ports", platform: StillPlatform
    ) -> None:
        due_now(ports)
        share = ports.monitors.due(ports.clock(), 10)
        damaged = shares_event("no share")["Records"][0] | {"messageId": "damaged"}
        both = shares_event(to_message(share, ports.clock() + timedelta(minutes=1)))
        both["Records"].insert(0, damaged)

        assert check_share.handler(both, context()) == {"batchItemFailures": [{"itemIdentifier": "damaged"}]}
        assert platform.probed == ["c1"]

    def test_a_share_that_fails_is_an_error_of_the_function(self, aws: None) -> None:  # noqa: ARG002
        with pytest.raises(BatchProcessingError):
            check_share.handler(shares_event("no share"), context())

    def test_a_share_that_comes_late_is_left_to_the_next_tick(self, ports: "Ports", platform: StillPlatform) -> None:
        due_now(ports)
        share = ports.monitors.due(ports.clock(), 10)

        check_share.handler(shares_event(to_message(share, ports.clock() - timedelta(seconds=1))), context())

        assert platform.probed == []
        assert ports.monitors.due(ports.clock(), 10) == share


class TestSettleRecording:
    @pytest.fixture
    def recording(self, ports: "Ports", platform: StillPlatform) -> str:
        """One whose first recorder has stored segments."""
        due_now(ports)
        platform.shows = LIVE
        check_monitors.handler(event("tick"), context())
        assert ports.recordings.update("chzzk:c1:1001", {"fruitless_launches": 0}, {"generation": 1})
        return "chzzk:c1:1001"

    @staticmethod
    def stopped(exit_code: int = 0) -> Any:
        """The last event of a task: its recorder is gone."""
        stop = event("recorder_stops")
        stop["detail"]["lastStatus"] = "STOPPED"
        stop["detail"]["containers"][0] |= {"lastStatus": "STOPPED", "exitCode": exit_code}
        return stop

    def test_a_successor_starts_at_once_where_one_is_gone_and_the_stream_is_live(
        self, ports: "Ports", recording: str
    ) -> None:
        settle_recording.handler(self.stopped(137), context())
        stored = ports.recordings.get(recording)
        assert stored is not None
        assert stored.generation == 2
        assert generations_launched() == ["1", "2"]

    def test_one_that_spot_takes_back_goes_on_with_its_successor_beside_it(
        self, ports: "Ports", recording: str, platform: StillPlatform
    ) -> None:
        platform.probed.clear()
        stop = event("recorder_stops")
        stop["detail"] |= {
            "capacityProviderName": "FARGATE_SPOT",
            "stopCode": "SpotInterruption",
            "stoppedReason": "Your Spot Task was interrupted.",
        }
        settle_recording.handler(stop, context())
        stored = ports.recordings.get(recording)
        assert stored
        assert (stored.generation, stored.standby, generations_launched()) == (1, 2, ["1", "2"])
        assert platform.probed == []

    def test_one_that_had_left_by_itself_before_its_stop_was_told_has_a_successor_at_once(
        self, ports: "Ports", recording: str
    ) -> None:
        left = ports.recordings.get(recording)
        assert left
        leave_recording(ports, left, {}, ended_at=None)

        settle_recording.handler(event("recorder_stops"), context())
        settle_recording.handler(self.stopped(), context())

        assert generations_launched() == ["1", "2"]

    def test_the_same_stop_told_again_changes_nothing(self, recording: str) -> None:
        assert recording
        settle_recording.handler(event("recorder_stops"), context())
        settle_recording.handler(event("recorder_stops"), context())
        settle_recording.handler(self.stopped(), context())
        assert generations_launched() == ["1", "2"]

    def test_where_no_successor_has_room_that_is_a_launch_that_failed(
        self,
        ports: "Ports",
        recording: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("RECORDER_CLUSTER", "no-such-cluster")
        composition.checking_ports.cache_clear()
        settle_recording.handler(event("recorder_stops"), context())
        assert '"launches_failed":[1.0]' in capsys.readouterr().out
        held = ports.recordings.get(recording)
        assert held
        assert held.lease_until > ports.clock()  # its recorder goes on

    def test_a_recorder_that_stored_nothing_is_not_replaced_at_once(self, ports: "Ports", recording: str) -> None:
        ports.recordings.update(recording, {"fruitless_launches": 1}, {})
        settle_recording.handler(self.stopped(), context())
        assert ports.monitors.due(ports.clock(), 1) == []
        assert ports.monitors.due(ports.clock() + timedelta(seconds=10), 1)
        assert generations_launched() == ["1"]

    def test_the_recording_keeps_why_its_task_stopped(self, ports: "Ports", recording: str) -> None:
        ports.recordings.update(recording, {"fruitless_launches": 1}, {})
        stop = self.stopped(137)
        stop["detail"]["containers"][0]["reason"] = "OutOfMemoryError: killed"
        settle_recording.handler(stop, context())
        stored = ports.recordings.get(recording)
        assert stored
        assert stored.problem
        assert "OutOfMemoryError: killed; exit code 137" in stored.problem
        assert stored.problem.code == "recorder_stopped"

    @pytest.mark.parametrize("change", ["no environment", "still running", "another source"])
    def test_what_is_not_about_a_stopping_recorder_is_ignored(self, recording: str, change: str) -> None:
        assert recording
        foreign = event("recorder_stops")
        match change:
            case "no environment":
                foreign["detail"]["overrides"] = {"containerOverrides": [{"name": "recorder"}]}
            case "still running":
                foreign["detail"]["desiredStatus"] = "RUNNING"
            case "another source":
                foreign["source"] = "aws.batch"
        settle_recording.handler(foreign, context())
        assert generations_launched() == ["1"]


class TestPublishPlaylist:
    SOURCE_TEXT = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n"

    @pytest.mark.parametrize("told", [SOURCE, quote(SOURCE)], ids=["as it is", "quoted"])
    def test_what_people_play_is_rendered_beside_the_source(self, aws: None, told: str) -> None:  # noqa: ARG002
        store = composition.media_store()
        store.put(SOURCE, self.SOURCE_TEXT.encode(), "application/vnd.apple.mpegurl", None)
        written = event("source_written")
        written["detail"]["object"]["key"] = told
        publish_playlist.handler(written, context())
        published = store.get(SOURCE.replace("source.m3u8", "index.m3u8"))
        assert published is not None
        assert b"#EXT-X-PLAYLIST-TYPE:EVENT" in published.body

    def test_a_closed_recording_is_published_once_more(self, aws: None) -> None:  # noqa: ARG002
        store = composition.media_store()
        text = f"{self.SOURCE_TEXT}#EXT-X-ENDLIST\n"
        store.put(SOURCE, text.encode(), "application/vnd.apple.mpegurl", None)
        answer = publish_playlist.handler(event("recording_closed"), context())
        published = store.get(SOURCE.replace("source.m3u8", "index.m3u8"))
        assert answer == {"batchItemFailures": []}
        assert published is not None
        assert b"#EXT-X-ENDLIST" in published.body

    def test_of_a_batch_only_what_failed_is_sent_again(self, aws: None) -> None:  # noqa: ARG002
        store = composition.media_store()
        store.put(SOURCE, self.SOURCE_TEXT.encode(), "application/vnd.apple.mpegurl", None)
        store.put(SOURCE.replace("/1/", "/2/"), b"damaged", "application/vnd.apple.mpegurl", None)
        batch = event("recording_closed")
        damaged = json.loads(json.dumps(batch["Records"][0]).replace("2026/11/22/1/", "2026/11/22/2/"))
        damaged["dynamodb"]["SequenceNumber"] = "112"
        batch["Records"].append(damaged)

        answer = publish_playlist.handler(batch, context())

        assert answer == {"batchItemFailures": [{"itemIdentifier": "112"}]}

    def test_a_source_that_is_gone_again_is_no_error(self, aws: None) -> None:  # noqa: ARG002
        publish_playlist.handler(event("source_written"), context())
        assert list(composition.media_store().list_keys("media/")) == []

    @pytest.mark.parametrize("key", ["media/a/index.m3u8", "media/a/xsource.m3u8", "elsewhere/source.m3u8"])
    def test_other_objects_are_ignored(self, aws: None, key: str) -> None:  # noqa: ARG002
        store = composition.media_store()
        store.put(key, self.SOURCE_TEXT.encode(), "application/vnd.apple.mpegurl", None)
        other = event("source_written")
        other["detail"]["object"]["key"] = key
        publish_playlist.handler(other, context())
        assert list(store.list_keys("")) == [key]

    def test_a_bucket_that_tries_its_notifications_is_ignored(self, aws: None) -> None:  # noqa: ARG002
        publish_playlist.handler(event("s3_test_event"), context())
        assert list(composition.media_store().list_keys("")) == []


class TestApi:
    @staticmethod
    def _answer(path: str, **headers: str) -> tuple[int, Any]:
        request = event("api_request")
        request["rawPath"] = request["requestContext"]["http"]["path"] = path
        request["headers"] |= headers
        answer = api.handler(request, context())
        return answer["statusCode"], json.loads(answer["body"])

    def test_health_is_open_and_knows_of_the_tick(self, aws: None) -> None:  # noqa: ARG002
        status, body = self._answer("/api/v1/health")
        assert (status, body["status"]) == (200, "degraded")
        assert "tick" in body["problems"][0]

        check_monitors.handler(event("tick"), context())

        assert self._answer("/api/v1/health")[1]["status"] == "ok"

    @pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer another-token"}])
    def test_everything_else_asks_for_the_token(self, aws: None, headers: dict[str, str]) -> None:  # noqa: ARG002
        status, body = self._answer("/api/v1/streamers", **headers)
        assert (status, body["error"]["code"]) == (401, "access_denied")

    def test_the_secret_s_token_opens_it(self, ports: "Ports") -> None:
        due_now(ports)
        status, body = self._answer("/api/v1/streamers", authorization=f"Bearer {TOKEN}")
        assert (status, [streamer["channel_id"] for streamer in body["streamers"]]) == (200, ["c1"])


def test_a_setting_that_the_template_forgot_is_named(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.delenv("RECORDER_SUBNETS")
    with pytest.raises(SettingMissing, match="RECORDER_SUBNETS"):
        composition.checking_ports()
