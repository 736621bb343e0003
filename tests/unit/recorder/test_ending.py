"""A frozen source is a reason to ask; two witnesses are an end; an error is none."""

from datetime import UTC, datetime

from mntreamer.domain.monitors.probe import Live, NotRecordable, Offline, ProbeFailed
from mntreamer.recorder.ending.ending import Ending, EndWatch
from mntreamer.recorder.pace import Pace
from tests.contract.records import a_problem

LIVE = Live("1", "", "", datetime(2026, 11, 22, tzinfo=UTC))


def _watch() -> EndWatch:
    return EndWatch(Pace(stale_s=6.0, ask_every_s=10.0), moved_at_s=100.0)


def test_a_moving_source_is_no_reason_to_ask() -> None:
    assert not _watch().should_ask(105.9)


def test_a_frozen_source_is_asked_about_no_more_often_than_the_platform_wants() -> None:
    watch = _watch()

    assert watch.should_ask(106.0)
    watch.answered(Offline(), 106.0)
    assert not watch.should_ask(115.9)
    assert watch.should_ask(116.0)


def test_one_offline_is_a_hint_and_the_second_an_end() -> None:
    watch = _watch()
    watch.answered(Offline(), 106.0)
    assert not watch.is_over

    watch.answered(Offline(), 116.0)
    assert watch.is_over


def test_the_sources_endlist_is_asked_about_at_once_and_confirms_an_offline() -> None:
    watch = _watch()
    watch.source_ended = True

    assert watch.should_ask(100.5)
    assert not watch.is_over
    watch.answered(Offline(), 100.5)
    assert watch.is_over


def test_a_new_segment_takes_the_hints_back() -> None:
    watch = _watch()
    watch.answered(Offline(), 106.0)
    watch.moved(110.0)
    watch.answered(Offline(), 116.0)

    assert not watch.is_over


def test_what_was_asked_before_a_new_segment_is_no_hint_however_late_it_is_answered() -> None:
    watch = _watch()
    watch.asked(106.0)
    watch.moved(110.0)
    watch.source_ended = True
    watch.answered(Offline(), 130.0)

    assert not watch.is_over


def test_live_takes_the_hints_back() -> None:
    watch = _watch()
    for probe in (Offline(), LIVE, Offline()):
        watch.answered(probe, 106.0)

    assert not watch.is_over


def test_errors_end_nothing() -> None:
    watch = _watch()
    watch.source_ended = True
    for _ in range(20):
        watch.answered(ProbeFailed(a_problem("HTTP 500")), 106.0)

    assert not watch.is_over


def test_what_may_no_longer_be_recorded_is_over_for_us() -> None:
    watch = _watch()
    for _ in range(2):
        watch.answered(NotRecordable(a_problem("adults only")), 106.0)

    assert watch.is_over


def test_while_there_is_no_doubt_the_topic_is_asked_for_every_other_minute() -> None:
    watch = EndWatch(Pace(), moved_at_s=100.0)

    watch.moved(109.0)
    assert not watch.should_ask_for_the_topic(109.9)
    assert watch.should_ask_for_the_topic(110.0)
    watch.asked_for_the_topic(110.0)
    watch.moved(229.0)
    watch.spoke(229.0)
    assert not watch.should_ask_for_the_topic(229.9)
    assert watch.should_ask_for_the_topic(230.0)


def test_the_floor_is_one_for_both_questions_and_doubt_goes_first() -> None:
    watch = _watch()
    watch.asked_for_the_topic(105.0)

    assert not watch.should_ask(114.9)
    assert watch.should_ask(115.0)
    assert not watch.should_ask_for_the_topic(300.0)
    watch.answered(LIVE, 300.0)
    watch.moved(301.0)
    assert not watch.should_ask_for_the_topic(306.9)


def test_what_filters_leave_out_ends_after_a_while_in_which_they_never_let_it_through() -> None:
    watch = EndWatch(Pace(grace_s=300.0), moved_at_s=100.0)
    watch.heard("the title does not match", 100.0)
    watch.heard("the title does not match", 399.0)
    assert watch.ending is None
    watch.heard(None, 400.0)
    watch.heard("the title does not match", 500.0)
    watch.heard("the title does not match", 799.0)
    assert watch.ending is None

    watch.heard("the title does not match", 801.0)
    assert watch.ending is Ending.UNWANTED


def test_where_nothing_is_stored_the_platform_is_asked_as_often_as_a_lease_is_renewed() -> None:
    watch = EndWatch(Pace(stale_s=3600.0, ask_every_s=10.0, renew_every_s=30.0), moved_at_s=100.0)

    assert not watch.should_ask(129.9)
    assert watch.should_ask(130.0)
    watch.answered(LIVE, 130.0)
    assert not watch.should_ask(159.9)
    watch.spoke(150.0)
    assert not watch.should_ask(179.9)
    assert watch.should_ask(180.0)
