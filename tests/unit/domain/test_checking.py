"""What follows from a probe, in every state that a streamer and its recording can be in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mntreamer.domain.checking import CLAIM, Close, Decision, Open, Relaunch, Wait, claim, decide
from mntreamer.domain.probe import Live, NotRecordable, Offline, Probe, ProbeFailed, UnknownChannel
from mntreamer.domain.recording import Recording, RecordingStatus
from mntreamer.domain.streamer import Streamer, StreamerStatus

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CLAIMED = NOW - timedelta(seconds=2)
WINDOW = timedelta(minutes=5)
LIVE = Live("session-1", "title", "game", NOW - timedelta(seconds=40))
STREAMER = Streamer("chzzk:c", "chzzk", "c", "nick", "nick", NOW, NOW)
RECORDING = Recording(
    recording_id="chzzk:c:session-1",
    streamer_id="chzzk:c",
    platform="chzzk",
    channel_id="c",
    channel_name="nick",
    live_id="session-1",
    title="title",
    category="game",
    started_at=NOW - timedelta(hours=1),
    opened_at=NOW - timedelta(hours=1),
    n=1,
    prefix="media/chzzk/nick/1/",
    generation=3,
    lease_until=NOW - timedelta(seconds=1),
    last_segment_at=NOW - timedelta(seconds=80),
)


def _decide(probe: Probe, recording: Recording | None = None, streamer: Streamer = STREAMER) -> Decision:
    return decide(streamer, probe, recording, CLAIMED, NOW, WINDOW)


def _waits(decision: Decision) -> Wait:
    assert isinstance(decision, Wait)
    return decision


class TestClaim:
    def test_moves_the_due_time_by_the_step_where_that_is_short(self) -> None:
        assert claim(STREAMER, NOW) == {"status": StreamerStatus.PROCESS, "check_at": NOW + timedelta(minutes=1)}

    def test_costs_two_minutes_at_the_most_where_the_step_is_long(self) -> None:
        assert claim(replace(STREAMER, miss_count=60), NOW)["check_at"] == NOW + CLAIM


class TestWithoutRecording:
    def test_live_opens_one(self) -> None:
        assert _decide(LIVE) == Open(LIVE)

    def test_offline_is_a_miss_and_the_step_counts_from_the_claim(self) -> None:
        changes = _waits(_decide(Offline(), streamer=replace(STREAMER, miss_count=12))).streamer

        assert changes["check_at"] == CLAIMED + timedelta(minutes=3)
        assert changes["miss_count"] == 13
        assert changes["status"] is StreamerStatus.IDLE

    @pytest.mark.parametrize("probe", [ProbeFailed("HTTP 500"), NotRecordable("adults only")])
    def test_an_error_or_what_may_not_be_recorded_is_no_miss_and_says_why(self, probe: Probe) -> None:
        changes = _waits(_decide(probe)).streamer

        assert "miss_count" not in changes
        assert changes["problem"] in {"HTTP 500", "adults only"}

    @pytest.mark.parametrize(
        ("retry_after_s", "check_at"),
        [
            (None, CLAIMED + timedelta(minutes=1)),
            (30.0, CLAIMED + timedelta(minutes=1)),
            (600.0, NOW + timedelta(minutes=10)),
        ],
    )
    def test_it_is_not_looked_at_before_the_platform_may_be_asked_again(
        self, retry_after_s: float | None, check_at: datetime
    ) -> None:
        assert _waits(_decide(ProbeFailed("HTTP 429", retry_after_s))).streamer["check_at"] == check_at

    def test_a_channel_that_is_unknown_is_paused_with_the_reason(self) -> None:
        changes = _waits(_decide(UnknownChannel())).streamer

        assert changes["paused"]
        assert changes["problem"]

    def test_a_recording_that_was_announced_and_never_opened_is_forgotten(self) -> None:
        announced = replace(STREAMER, recording_id="chzzk:c:session-1")

        assert _waits(_decide(Offline(), streamer=announced)).streamer["recording_id"] is None

    def test_a_miss_takes_an_old_problem_back(self) -> None:
        assert _waits(_decide(Offline())).streamer["problem"] is None


class TestWhileRecording:
    @pytest.mark.parametrize("probe", [LIVE, Offline(), ProbeFailed("x")])
    def test_a_held_recording_is_left_alone_until_its_lease_ends(self, probe: Probe) -> None:
        held = replace(RECORDING, lease_until=NOW + timedelta(seconds=30))

        assert _waits(_decide(probe, held)).streamer["check_at"] == held.lease_until

    def test_live_without_a_lease_is_relaunched(self) -> None:
        assert _decide(LIVE, RECORDING) == Relaunch(LIVE, RECORDING)

    def test_one_offline_is_a_hint_that_opens_the_reconnect_window(self) -> None:
        decision = _waits(_decide(Offline(), RECORDING))

        assert decision.recording == {"ended_at": NOW}
        assert decision.streamer["check_at"] == NOW + timedelta(minutes=1)

    def test_within_the_reconnect_window_it_is_looked_at_every_minute_and_at_its_end(self) -> None:
        ended = replace(RECORDING, ended_at=NOW - WINDOW + timedelta(seconds=20))

        decision = _waits(_decide(Offline(), ended))

        assert decision.streamer["check_at"] == NOW + timedelta(seconds=20)
        assert decision.recording is None

    def test_after_the_reconnect_window_it_is_closed(self) -> None:
        assert isinstance(_decide(Offline(), replace(RECORDING, ended_at=NOW - WINDOW)), Close)

    def test_an_error_never_ends_a_recording(self) -> None:
        ended = replace(RECORDING, ended_at=NOW - 2 * WINDOW)

        assert _waits(_decide(ProbeFailed("timeout"), ended)).recording is None

    @pytest.mark.parametrize(("retry_after_s", "wait_min"), [(None, 1), (30.0, 1), (600.0, 10)])
    def test_a_platform_that_wants_to_be_left_alone_is(self, retry_after_s: float | None, wait_min: float) -> None:
        decision = _waits(_decide(ProbeFailed("HTTP 429", retry_after_s), RECORDING))

        assert decision.streamer["check_at"] == NOW + timedelta(minutes=wait_min)

    def test_a_later_session_within_the_reconnect_window_goes_on_in_it(self) -> None:
        again = replace(LIVE, live_id="session-2")

        assert _decide(again, replace(RECORDING, ended_at=NOW - timedelta(minutes=4))) == Relaunch(
            again, replace(RECORDING, ended_at=NOW - timedelta(minutes=4))
        )

    def test_a_session_that_began_after_the_reconnect_window_is_another_recording(self) -> None:
        tomorrow = replace(LIVE, live_id="session-2", started_at=NOW + timedelta(days=1))

        assert _decide(tomorrow, RECORDING) == Close(RECORDING)


class TestWithAClosedRecordingOfTheSession:
    @pytest.mark.parametrize("status", [RecordingStatus.IDLE, RecordingStatus.FAILED])
    def test_it_goes_on_in_it(self, status: RecordingStatus) -> None:
        closed = replace(RECORDING, status=status)

        assert _decide(LIVE, closed) == Relaunch(LIVE, closed)

    @pytest.mark.parametrize("status", [RecordingStatus.DONE, RecordingStatus.TERMINATED])
    def test_what_a_person_has_finished_stays_finished(self, status: RecordingStatus) -> None:
        changes = _waits(_decide(LIVE, replace(RECORDING, status=status))).streamer

        assert changes["problem"]
        assert changes["is_streaming"]
