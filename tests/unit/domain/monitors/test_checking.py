"""What follows from a probe, in every state that a streamer and its recording can be in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mntreamer.domain.monitors.checking import CLAIM, Close, Decision, Look, Open, Relaunch, Wait, claim, decide
from mntreamer.domain.monitors.due import AHEAD, Due
from mntreamer.domain.monitors.probe import Live, NotAsked, NotRecordable, Offline, Probe, ProbeFailed, UnknownChannel
from mntreamer.domain.monitors.streamer import Streamer, StreamerStatus
from mntreamer.domain.recordings.lease import LAUNCH_LIMIT
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from tests.contract.records import a_problem

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CLAIMED = NOW - timedelta(seconds=2)
FLOOR = timedelta(seconds=10)
WINDOW = timedelta(minutes=5)
LIVE = Live("session-1", "title", "game", NOW - timedelta(seconds=40))
STREAMER = Streamer("chzzk:c", "chzzk", "c", "nick", "nick", added_at=NOW, check_at=NOW)
DUE = Due("chzzk:c", "chzzk", priority=0, miss_count=0, check_at=NOW)
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
    fruitless_launches=0,
)


def _decide(probe: Probe, recording: Recording | None = None, streamer: Streamer = STREAMER) -> Decision:
    return decide(Look(streamer, CLAIMED, FLOOR), probe, recording, NOW, WINDOW)


def _is_about(moment: datetime | None, wanted: datetime) -> bool:
    """Whether it is that moment, but for the jitter, which is a tenth of the wait since the claim at the most."""
    return moment is not None and wanted - (wanted - CLAIMED) / 10 <= moment <= wanted


def _waits(decision: Decision) -> Wait:
    assert isinstance(decision, Wait)
    return decision


class TestClaim:
    def test_moves_the_due_time_by_the_step_where_that_is_short(self) -> None:
        claimed = {"status": StreamerStatus.PROCESS, "check_at": NOW + timedelta(minutes=1), "probed_at": NOW}

        assert claim(DUE, NOW) == claimed

    def test_costs_two_minutes_at_the_most_where_the_step_is_long(self) -> None:
        assert claim(replace(DUE, miss_count=60), NOW)["check_at"] == NOW + CLAIM


class TestWithoutRecording:
    def test_live_opens_one(self) -> None:
        assert _decide(LIVE) == Open(LIVE)

    def test_offline_is_a_miss_and_the_step_counts_from_the_claim(self) -> None:
        changes = _waits(_decide(Offline(), streamer=replace(STREAMER, miss_count=12))).streamer

        assert _is_about(changes["check_at"], CLAIMED + timedelta(minutes=3))
        assert changes["miss_count"] == 13
        assert changes["status"] is StreamerStatus.IDLE

    @pytest.mark.parametrize("probe", [ProbeFailed(a_problem("HTTP 500")), NotRecordable(a_problem("adults only"))])
    def test_an_error_or_what_may_not_be_recorded_is_no_miss_and_says_why(self, probe: Probe) -> None:
        changes = _waits(_decide(probe)).streamer

        assert "miss_count" not in changes
        assert changes["problem"] in {"HTTP 500", "adults only"}

    @pytest.mark.parametrize(("errors", "wait_min"), [(0, 1), (1, 2), (2, 4), (3, 5), (1000, 5)])
    def test_errors_have_a_back_off_of_their_own_which_ends_at_five_minutes(self, errors: int, wait_min: int) -> None:
        failing = replace(STREAMER, error_count=errors, miss_count=61)

        changes = _waits(_decide(ProbeFailed(a_problem("HTTP 500")), streamer=failing)).streamer

        assert _is_about(changes["check_at"], CLAIMED + timedelta(minutes=wait_min))
        assert changes["error_count"] == errors + 1

    @pytest.mark.parametrize(
        ("retry_after_s", "check_at"), [(0.0, CLAIMED + FLOOR), (600.0, NOW + timedelta(minutes=10) + AHEAD)]
    )
    def test_where_nobody_was_asked_it_counts_for_nobody(self, retry_after_s: float, check_at: datetime) -> None:
        changes = _waits(_decide(NotAsked(a_problem("HTTP 429"), retry_after_s))).streamer

        assert (changes["check_at"], changes["error_count"]) == (check_at, 0)

    def test_what_an_answer_asks_for_is_kept_also_where_a_tick_comes_ahead_of_time(self) -> None:
        changes = _waits(_decide(ProbeFailed(a_problem("HTTP 503"), retry_after_s=600.0))).streamer

        assert (changes["check_at"], changes["error_count"]) == (NOW + timedelta(minutes=10) + AHEAD, 1)

    def test_what_an_answer_asks_for_never_shortens_the_wait_after_an_error(self) -> None:
        changes = _waits(_decide(ProbeFailed(a_problem("HTTP 503"), retry_after_s=1.0))).streamer

        assert _is_about(changes["check_at"], CLAIMED + timedelta(minutes=1))

    @pytest.mark.parametrize(("errors", "wait_min"), [(0, 1), (3, 8), (6, 60), (1000, 60)])
    def test_a_channel_that_is_always_sent_away_is_asked_for_ever_more_rarely(
        self, errors: int, wait_min: int
    ) -> None:
        """It would close the platform to all others each time."""
        refused = replace(STREAMER, error_count=errors)

        changes = _waits(_decide(ProbeFailed(a_problem("HTTP 403"), sent_away=True), streamer=refused)).streamer

        assert _is_about(changes["check_at"], CLAIMED + timedelta(minutes=wait_min))
        assert changes["error_count"] == errors + 1

    def test_a_channel_that_wants_to_be_looked_at_rarely_is(self) -> None:
        assert _waits(_decide(Offline(timedelta(minutes=10)))).streamer["check_at"] == CLAIMED + timedelta(minutes=10)

    @pytest.mark.parametrize("probe", [Offline(), NotRecordable(a_problem("adults only"))])
    def test_any_answer_ends_a_row_of_errors(self, probe: Probe) -> None:
        assert _waits(_decide(probe, streamer=replace(STREAMER, error_count=7))).streamer["error_count"] == 0

    def test_a_channel_that_is_unknown_is_paused_with_the_reason(self) -> None:
        changes = _waits(_decide(UnknownChannel())).streamer

        assert changes["paused"]
        assert changes["check_at"] is None
        assert changes["problem"]

    def test_nobody_is_looked_at_before_the_platforms_floor(self) -> None:
        slow = Look(STREAMER, CLAIMED, timedelta(minutes=7))

        decision = decide(slow, Offline(), None, NOW, WINDOW)

        assert _waits(decision).streamer["check_at"] == CLAIMED + timedelta(minutes=7)

    def test_a_recording_that_was_announced_and_never_opened_is_forgotten(self) -> None:
        announced = replace(STREAMER, recording_id="chzzk:c:session-1")

        assert _waits(_decide(Offline(), streamer=announced)).streamer["recording_id"] is None

    def test_a_miss_takes_an_old_problem_back(self) -> None:
        failing = replace(STREAMER, problem=a_problem("HTTP 500"), error_count=1)

        assert _waits(_decide(Offline(), streamer=failing)).streamer["problem"] is None

    def test_a_miss_does_not_hide_why_the_last_broadcast_was_not_recorded(self) -> None:
        told = replace(STREAMER, problem=a_problem("nothing of it was stored"))

        assert _waits(_decide(Offline(), streamer=told)).streamer["problem"] == "nothing of it was stored"


class TestWhileRecording:
    @pytest.mark.parametrize("probe", [LIVE, Offline(), ProbeFailed(a_problem("x"))])
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

        assert _waits(_decide(ProbeFailed(a_problem("timeout")), ended)).recording is None

    @pytest.mark.parametrize(("retry_after_s", "wait_s"), [(0.0, 60), (30.0, 60), (600.0, 615)])
    def test_a_platform_that_wants_to_be_left_alone_is(self, retry_after_s: float, wait_s: float) -> None:
        decision = _waits(_decide(ProbeFailed(a_problem("HTTP 429"), retry_after_s), RECORDING))

        assert decision.streamer["check_at"] == NOW + timedelta(seconds=wait_s)

    def test_an_end_does_not_hide_why_nothing_is_stored(self) -> None:
        unstored = replace(RECORDING, fruitless_launches=2, problem=a_problem("no capacity"))

        assert _waits(_decide(Offline(), unstored)).streamer["problem"] == "no capacity"

    def test_a_live_look_takes_back_the_hint_that_it_has_ended(self) -> None:
        hinted = replace(RECORDING, fruitless_launches=2, ended_at=NOW - timedelta(minutes=1))

        assert _waits(_decide(LIVE, hinted)).recording == {"ended_at": None}

    def test_a_later_session_within_the_reconnect_window_goes_on_in_it(self) -> None:
        again = replace(LIVE, live_id="session-2")

        assert _decide(again, replace(RECORDING, ended_at=NOW - timedelta(minutes=4))) == Relaunch(
            again, replace(RECORDING, ended_at=NOW - timedelta(minutes=4))
        )

    def test_a_session_that_began_after_the_reconnect_window_is_another_recording(self) -> None:
        tomorrow = replace(LIVE, live_id="session-2", started_at=NOW + timedelta(days=1))

        assert _decide(tomorrow, RECORDING) == Close(RECORDING, tomorrow)

    def test_the_paused_are_recorded_to_the_end_and_no_further(self) -> None:
        paused = replace(STREAMER, paused=True)
        tomorrow = replace(LIVE, live_id="session-2", started_at=NOW + timedelta(days=1))

        assert _decide(LIVE, RECORDING, paused) == Relaunch(LIVE, RECORDING)
        assert _decide(tomorrow, RECORDING, paused) == Close(RECORDING)

    def test_after_a_recorder_that_stored_nothing_the_next_one_waits(self) -> None:
        fruitless = replace(RECORDING, fruitless_launches=2)

        assert _waits(_decide(LIVE, fruitless)).streamer["check_at"] == RECORDING.lease_until + timedelta(seconds=10)

    def test_recorders_that_keep_storing_nothing_are_tried_rarely_and_told_about(self) -> None:
        hopeless = replace(RECORDING, fruitless_launches=LAUNCH_LIMIT, problem=a_problem("no capacity"))

        changes = _waits(_decide(LIVE, hopeless)).streamer

        assert changes["check_at"] == RECORDING.lease_until + timedelta(minutes=10)
        assert "no capacity" in (changes["problem"] or "")


class TestWithAClosedRecordingOfTheSession:
    @pytest.mark.parametrize("status", [RecordingStatus.IDLE, RecordingStatus.FAILED])
    def test_it_goes_on_in_it(self, status: RecordingStatus) -> None:
        closed = replace(RECORDING, status=status)

        assert _decide(LIVE, closed) == Relaunch(LIVE, closed)

    @pytest.mark.parametrize("status", [RecordingStatus.IDLE, RecordingStatus.FAILED])
    def test_one_that_was_stopped_is_not_taken_up_again(self, status: RecordingStatus) -> None:
        changes = _waits(_decide(LIVE, replace(RECORDING, status=status, stopped_at=NOW))).streamer

        assert "stopped" in (changes["problem"] or "")
        assert changes["recording_id"] is None

    @pytest.mark.parametrize("status", [RecordingStatus.DONE, RecordingStatus.TERMINATED])
    def test_what_a_person_has_finished_stays_finished(self, status: RecordingStatus) -> None:
        changes = _waits(_decide(LIVE, replace(RECORDING, status=status))).streamer

        assert changes["problem"]
        assert changes["is_streaming"]
