"""The function that tells: from the tables' real streams onto the bus, and from there to each webhook."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from functions.notify import app as notify
from mntreamer.aws import composition
from mntreamer.aws.event_bus import NOTICES, POSTINGS
from mntreamer.domain.errors import BadInput, NotDelivered, PlatformBlocked
from mntreamer.domain.monitors.platform_state import after_answer, after_block, guard_of
from mntreamer.domain.notifications.notice import Notice, NoticeType, document_of
from mntreamer.domain.recordings.lease import LAUNCH_LIMIT, next_generation
from mntreamer.domain.recordings.recording import RecordingChanges, RecordingStatus
from tests.contract.records import NOON, a_recording, a_streamer, minutes
from tests.integration.aws.bus import Bus
from tests.integration.aws.streams import STREAMS, passes, records
from tests.integration.aws.test_handlers import context, event
from tests.integration.loopback_server import LoopbackServer, Reply

if TYPE_CHECKING:
    from mntreamer.ports import Ports

SECRET = f"whsec_{'k' * 32}"
ENDED = Notice(NoticeType.ENDED, "chzzk:c1:1001", NOON, {"channel_name": "채널"})
TEST = Notice(NoticeType.TEST, "a test", NOON, {})


@pytest.fixture
def bus(ports: "Ports", monkeypatch: pytest.MonkeyPatch) -> Bus:  # noqa: ARG001 -- the tables are there, too
    monkeypatch.setenv("NOTICES_BUS", "notices")
    monkeypatch.setenv("WEBHOOKS_SECRET", "")
    return Bus()


@pytest.fixture
def listed(bus: Bus, monkeypatch: pytest.MonkeyPatch, server: LoopbackServer) -> Bus:
    """Three webhooks, of which one is not told of ends."""
    told = [
        {"name": "one", "url": f"{server.url}/one", "secret": SECRET},
        {"name": "other", "url": f"{server.url}/other", "kind": "discord"},
        {"name": "failures", "url": f"{server.url}/failures", "secret": SECRET, "types": ["recording.failed"]},
    ]
    boto3.client("secretsmanager").create_secret(Name="webhooks", SecretString=json.dumps(told))
    monkeypatch.setenv("WEBHOOKS_SECRET", "webhooks")
    monkeypatch.setenv("MNTREAMER_ALLOWED_HOSTS", "127.0.0.1")
    return bus


def told_of(table: str, bus: Bus) -> list[str]:
    """The kinds of notices that come of all that happened in the table; what the filters keep back says nothing."""
    arrived = [record for record in records(table) if passes(record, STREAMS[table])]
    assert notify.handler({"Records": arrived}, context()) == {"batchItemFailures": []}
    kinds = [one["detail-type"] for one in bus.heard()]
    withheld = [record for record in records(table) if not passes(record, STREAMS[table])]
    if withheld:
        notify.handler({"Records": withheld}, context())
    assert bus.heard() == []
    return kinds


class TestRows:
    def test_a_recording_starts_and_ends(self, ports: "Ports", bus: Bus) -> None:
        recording = a_recording()
        ports.recordings.open(recording, NOON.date())
        ports.recordings.add_alias("chzzk:c1:1002", recording.recording_id)
        for changes in (
            RecordingChanges(lease_until=NOON),
            RecordingChanges(first_segment_at=NOON, fruitless_launches=0),
            RecordingChanges(segments=3, duration_s=18.5),
            RecordingChanges(status=RecordingStatus.IDLE, closed_at=NOON, coverage=0.5, gap_s=18.5),
            RecordingChanges(status=RecordingStatus.DONE),
        ):
            ports.recordings.update(recording.recording_id, changes, {})
        assert told_of("RecordingsTable", bus) == ["recording.started", "recording.ended"]

    def test_a_recording_fails(self, ports: "Ports", bus: Bus) -> None:
        recording = a_recording()
        ports.recordings.open(recording, NOON.date())
        for _ in range(LAUNCH_LIMIT + 2):
            launched = next_generation(recording, NOON)
            ports.recordings.update(recording.recording_id, launched, {})
            recording = replace(recording, **launched)
        ports.recordings.update(recording.recording_id, {"status": RecordingStatus.FAILED}, {})
        assert told_of("RecordingsTable", bus) == ["recording.failing", "recording.failed"]

    def test_a_streamer_cannot_be_recorded(self, ports: "Ports", bus: Bus) -> None:
        streamer, _ = ports.monitors.add(a_streamer())
        for since in (NOON, NOON, None):
            changes: Any = {"unrecordable_since": since, "problem": "for adults only" if since else None}
            ports.monitors.update(streamer.streamer_id, {"miss_count": 3}, {})
            ports.monitors.update(streamer.streamer_id, changes, {})
        assert told_of("MonitorsTable", bus) == ["streamer.not_recordable"]

    def test_a_streamer_that_is_only_told_of_is_live(self, ports: "Ports", bus: Bus) -> None:
        streamer, _ = ports.monitors.add(a_streamer())
        for since in (NOON, NOON, None, NOON + minutes(5)):
            ports.monitors.update(streamer.streamer_id, {"miss_count": 3}, {})
            ports.monitors.update(streamer.streamer_id, {"announced_at": since}, {})
        assert told_of("MonitorsTable", bus) == ["streamer.live", "streamer.live"]

    def test_a_platform_sends_us_away_and_answers_again(self, ports: "Ports", bus: Bus) -> None:
        states = ports.platform_states
        state = states.get("chzzk")
        states.update("chzzk", {"next_turn_at": NOON}, {})
        for _ in range(2):
            blocked = after_block(state, PlatformBlocked("HTTP 429"), state.trial_until, NOON)
            assert blocked
            written = states.update("chzzk", {**blocked, "trial_until": NOON}, guard_of(state))
            assert written
            state = written
        answered = after_answer(state, state.trial_until)
        assert answered
        states.update("chzzk", answered, guard_of(state))
        assert told_of("StateTable", bus) == ["platform.blocked", "platform.unblocked"]

    def test_what_is_told_is_the_documented_shape(self, bus: Bus) -> None:
        notify.handler(event("recording_closed"), context())
        [told] = bus.heard()
        assert (told["source"], told["detail-type"]) == (NOTICES, "recording.ended")
        assert told["detail"]["subject"] == "chzzk:c1:1001"
        assert told["detail"]["data"]["duration_s"] == 28.021
        assert told["detail"]["version"] == 1

    def test_told_twice_it_is_the_same_notice(self, bus: Bus) -> None:
        for _ in range(2):
            notify.handler(event("recording_closed"), context())
        once, again = bus.heard()
        assert once["detail"] == again["detail"]

    def test_what_the_bus_does_not_take_is_kept_by_the_stream(
        self, bus: Bus, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert bus.heard() == []
        refused = {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException"}]}
        monkeypatch.setattr(composition.event_bus()._client, "put_events", lambda **_: refused)
        both = event("recording_closed")
        both["Records"] += [
            json.loads(json.dumps(both["Records"][0]).replace('"SequenceNumber": "111"', '"SequenceNumber": "222"'))
        ]
        both["Records"][1]["dynamodb"]["NewImage"]["status"]["S"] = "RECORDING"
        assert notify.handler(both, context()) == {"batchItemFailures": [{"itemIdentifier": "111"}]}


def on_the_bus(source: str, detail: Any) -> dict[str, Any]:
    return {"source": source, "detail-type": "x", "detail": detail}


def posting(name: str, notice: Notice = ENDED) -> dict[str, Any]:
    return on_the_bus(POSTINGS, {"webhook": name, "notice": document_of(notice)})


class TestWebhooks:
    def test_each_that_wants_it_gets_an_event_of_its_own(self, listed: Bus) -> None:
        notify.handler(on_the_bus(NOTICES, document_of(ENDED)), context())
        heard = listed.heard()
        assert [(one["source"], one["detail"]["webhook"]) for one in heard] == [
            (POSTINGS, "one"),
            (POSTINGS, "other"),
        ]
        assert "127.0.0.1" not in json.dumps(heard)

    def test_without_any_there_is_nothing_to_do(self, bus: Bus) -> None:
        notify.handler(on_the_bus(NOTICES, document_of(ENDED)), context())
        assert bus.heard() == []

    def test_one_is_told_and_no_other(self, listed: Bus, server: LoopbackServer) -> None:
        server.replies["/one"] = Reply(status=204)
        notify.handler(posting("one"), context())
        assert listed.heard() == []
        assert server.paths_seen() == ["/one"]
        assert server.seen[0].headers["webhook-id"] == ENDED.notice_id

    @pytest.mark.usefixtures("listed")
    def test_what_may_arrive_later_is_tried_again_by_lambda(self, server: LoopbackServer) -> None:
        server.replies["/one"] = Reply(status=503)
        with pytest.raises(NotDelivered, match="webhook one answered HTTP 503"):
            notify.handler(posting("one"), context())

    @pytest.mark.usefixtures("listed")
    def test_what_never_will_is_said_and_let_go(
        self, server: LoopbackServer, caplog: pytest.LogCaptureFixture
    ) -> None:
        server.replies["/one"] = Reply(status=404)
        notify.handler(posting("one"), context())
        assert "webhook one answered HTTP 404" in caplog.text
        assert "/one" not in caplog.text

    @pytest.mark.usefixtures("listed")
    def test_one_that_was_taken_off_the_list_is_told_no_more(self, server: LoopbackServer) -> None:
        notify.handler(posting("gone"), context())
        assert server.seen == []

    def test_a_secret_that_lists_no_webhooks_fails_and_is_not_quoted(
        self, listed: Bus, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        boto3.client("secretsmanager").create_secret(Name="wrong", SecretString="not-to-be-told")
        monkeypatch.setenv("WEBHOOKS_SECRET", "wrong")
        with pytest.raises(BadInput, match="WebhooksSecretArn names holds no JSON") as refused:
            notify.handler(on_the_bus(NOTICES, document_of(TEST)), context())
        assert "not-to-be-told" not in str(refused.value)
        assert listed.heard() == []

    def test_what_is_no_notice_is_ignored(self, bus: Bus) -> None:
        notify.handler({"source": "aws.s3", "detail": {}}, context())
        assert bus.heard() == []
