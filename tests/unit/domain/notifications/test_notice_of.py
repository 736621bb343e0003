"""Which changes of rows people are told of, and that one change is one notice."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mntreamer.domain.monitors.checking import Look, Wait, decide
from mntreamer.domain.monitors.filters import Filters, render_filters
from mntreamer.domain.monitors.platform_state import PlatformState
from mntreamer.domain.monitors.probe import Live, NotAsked, NotRecordable, Offline, ProbeFailed
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.notifications.notice import Notice, NoticeType
from mntreamer.domain.notifications.notice_of import Watched, notice_of
from mntreamer.domain.recordings.lease import LAUNCH_LIMIT, next_generation
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from tests.contract.records import NOON, a_problem, a_recording, a_streamer, minutes

OPENED = a_recording()
FLOWING = replace(OPENED, first_segment_at=NOON + minutes(2), fruitless_launches=0)
CLOSED = replace(
    FLOWING,
    status=RecordingStatus.IDLE,
    closed_at=NOON + minutes(60),
    duration_s=3480.5,
    size_bytes=3_000_000_000,
    gaps=2,
    gap_s=7.5,
    coverage=0.997,
)
ASKS = PlatformState("chzzk")
CLOSED_FOR = PlatformState("chzzk", blocks=1, paused_until=NOON + minutes(1), reason="HTTP 429")


def told(old: Watched, new: Watched) -> Notice | None:
    return notice_of(old, new, NOON)


def kind_of(old: Watched, new: Watched) -> NoticeType | None:
    notice = told(old, new)
    return notice.type if notice else None


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (OPENED, FLOWING, NoticeType.STARTED),
        (FLOWING, CLOSED, NoticeType.ENDED),
        (OPENED, replace(OPENED, status=RecordingStatus.FAILED), NoticeType.FAILED),
        (ASKS, CLOSED_FOR, NoticeType.BLOCKED),
        (CLOSED_FOR, ASKS, NoticeType.UNBLOCKED),
    ],
)
def test_what_happens_is_told(old: Watched, new: Watched, kind: NoticeType) -> None:
    assert kind_of(old, new) is kind


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OPENED, replace(OPENED, generation=2, lease_until=NOON + minutes(9))),
        (FLOWING, replace(FLOWING, segments=9, last_segment_at=NOON + minutes(9))),
        (CLOSED, replace(CLOSED, status=RecordingStatus.DONE)),
        (CLOSED, replace(CLOSED, status=RecordingStatus.TERMINATED)),
        (CLOSED, replace(CLOSED, status=RecordingStatus.RECORDING, closed_at=None)),
        (CLOSED_FOR, replace(CLOSED_FOR, blocks=2, paused_until=NOON + minutes(3))),
        (CLOSED_FOR, replace(CLOSED_FOR, trial_until=NOON + minutes(2))),
        (ASKS, replace(ASKS, next_turn_at=NOON)),
        (a_streamer(), a_streamer(check_at=NOON + minutes(1), miss_count=3)),
    ],
)
def test_what_goes_on_as_it_was_is_not(old: Watched, new: Watched) -> None:
    assert told(old, new) is None


def test_a_recording_whose_first_segment_its_end_finds_ends_and_does_not_start() -> None:
    assert kind_of(OPENED, CLOSED) is NoticeType.ENDED


def test_the_end_says_how_whole_it_is() -> None:
    notice = told(FLOWING, CLOSED)
    assert notice
    said: dict[str, Any] = dict(notice.facts)
    assert (said["duration_s"], said["size_bytes"]) == (3480.5, 3_000_000_000)
    assert (said["gaps"], said["gap_s"], said["coverage"]) == (2, 7.5, 0.997)
    assert (said["title"], said["channel_name"]) == ("첫 방송", "채널")


def test_recorders_that_store_nothing_are_told_of_once_and_why() -> None:
    row, notices = replace(OPENED, problem=a_problem("no task could be started")), []
    for _ in range(2 * LAUNCH_LIMIT):
        launched = _launched(row)
        notices.append(told(row, launched))
        row = replace(launched, problem=a_problem("no task could be started"))
    [failing] = filter(None, notices)
    assert failing.type is NoticeType.FAILING
    assert failing.facts["problem"] == "no task could be started"


def _launched(row: Recording) -> Recording:
    return replace(row, **next_generation(row, NOON))


LIVE = Live("1001", "첫 방송", "talk", NOON)


class TestNotRecordable:
    ADULT = NotRecordable(a_problem("for adults only"))

    def looked_at(self, streamer: Streamer, *shown: Any) -> list[Notice]:
        """What is told while the platform shows these in a row, ten minutes apart."""
        notices = []
        for number, probe in enumerate(shown):
            now = NOON + number * timedelta(minutes=10)
            decision = decide(Look(streamer, now), probe, None, now, minutes(5))
            if isinstance(decision, Wait):
                then = replace(streamer, **decision.streamer)
                notices.append(notice_of(streamer, then, now))
                streamer = then
        return [notice for notice in notices if notice]

    def test_it_is_told_once_with_the_reason_and_the_channel(self) -> None:
        [notice] = self.looked_at(a_streamer(), Offline(), self.ADULT, self.ADULT, self.ADULT)
        assert notice.type is NoticeType.NOT_RECORDABLE
        assert notice.facts["problem"] == "for adults only"
        assert notice.facts["nickname"] == "한글 nickname 🎮"

    def test_no_answer_in_between_does_not_tell_it_again(self) -> None:
        failed, closed = (
            ProbeFailed(a_problem("HTTP 500")),
            NotAsked(a_problem("HTTP 429; not asked again before"), 60),
        )
        [_] = self.looked_at(a_streamer(), self.ADULT, failed, closed, self.ADULT)

    def test_who_is_only_told_of_is_told_of_once_a_broadcast(self) -> None:
        streamer = a_streamer(filters=render_filters(Filters(notify_only=True)))
        notices = self.looked_at(streamer, LIVE, ProbeFailed(a_problem("HTTP 500")), LIVE, Offline(), LIVE)

        assert [notice.type for notice in notices] == [NoticeType.LIVE] * 2
        assert notices[0].facts["problem"] == "live, and only told of: 첫 방송"

    def test_what_filters_leave_out_is_nothing_to_tell(self) -> None:
        streamer = a_streamer(filters=render_filters(Filters(titles=("other",), notify_only=True)))

        assert self.looked_at(streamer, LIVE, LIVE) == []

    def test_no_answer_alone_is_nothing_to_tell(self) -> None:
        assert self.looked_at(a_streamer(is_streaming=True), ProbeFailed(a_problem("HTTP 500")), Offline()) == []

    def test_the_next_time_it_is_told_again(self) -> None:
        first, second = self.looked_at(a_streamer(), self.ADULT, Offline(), self.ADULT)
        assert first.notice_id != second.notice_id

    def test_a_stream_that_is_recordable_is_no_reason(self) -> None:
        assert self.looked_at(a_streamer(), Live("1", "t", "c", NOON)) == []


def test_one_change_is_one_notice_however_often_it_is_told() -> None:
    once, again, later = told(FLOWING, CLOSED), told(FLOWING, CLOSED), notice_of(FLOWING, CLOSED, NOON + minutes(1))
    assert once
    assert again
    assert later
    assert once.notice_id == again.notice_id != later.notice_id
