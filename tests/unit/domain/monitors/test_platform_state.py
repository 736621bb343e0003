from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.errors import PlatformBlocked, PlatformUnavailable
from mntreamer.domain.monitors.platform_state import (
    TRIAL,
    PlatformState,
    PlatformStateChanges,
    admit,
    after_answer,
    after_block,
    closed_until,
    guard_of,
    take_turns,
    time_until,
    turn_of,
    turns_taken,
)
from tests.contract.records import NOON, minutes

FRESH = PlatformState("chzzk")
BLOCKED = PlatformBlocked("HTTP 429")
UNAVAILABLE = PlatformUnavailable("HTTP 503")


def a_pause(**changes: Any) -> PlatformState:
    facts: dict[str, Any] = {"blocks": 1, "paused_until": NOON + minutes(1), "reason": "HTTP 429"}
    return replace(FRESH, **(facts | changes))


def on_trial(**changes: Any) -> PlatformState:
    return a_pause(**({"paused_until": NOON, "trial_until": NOON + TRIAL} | changes))


def after(state: PlatformState, changes: PlatformStateChanges | None) -> PlatformState:
    return replace(state, **(changes or {}))


class TestWhoMayAsk:
    def test_all_while_there_is_no_block(self) -> None:
        assert closed_until(FRESH, NOON) is None
        assert admit(FRESH, NOON) is None

    @pytest.mark.parametrize(
        ("state", "until"), [(a_pause(), NOON + minutes(1)), (on_trial(), NOON + timedelta(seconds=30))]
    )
    def test_nobody_during_a_pause_or_another_s_trial(self, state: PlatformState, until: datetime) -> None:
        assert closed_until(state, NOON) == until
        with pytest.raises(PlatformBlocked, match=r"HTTP 429; not asked again before 2026-11-22T03:0") as raised:
            admit(state, NOON)
        assert raised.value.retry_after_s == (until - NOON).total_seconds()

    @pytest.mark.parametrize("state", [a_pause(paused_until=NOON), on_trial(trial_until=NOON)])
    def test_one_on_trial_once_that_is_over(self, state: PlatformState) -> None:
        assert closed_until(state, NOON) is None
        trying = after(state, admit(state, NOON))
        assert trying == replace(state, trial_until=NOON + TRIAL)
        assert closed_until(trying, NOON) == NOON + TRIAL


class TestBlocks:
    @pytest.mark.parametrize(
        ("error", "pauses_min"),
        [(BLOCKED, [1, 2, 4, 8, 16, 32, 60, 60]), (UNAVAILABLE, [1, 2, 4, 5, 5, 5, 5, 5])],
    )
    def test_the_pause_widens_and_for_trouble_less(
        self, error: PlatformBlocked | PlatformUnavailable, pauses_min: list[int]
    ) -> None:
        state, now = FRESH, NOON
        for pause_min in pauses_min:
            state = after(state, after_block(state, error, state.trial_until, now))
            assert closed_until(state, now) == now + minutes(pause_min)
            now += minutes(pause_min)
            state = after(state, admit(state, now))
        assert state.blocks == len(pauses_min)

    @pytest.mark.parametrize("asked_for_s", [0.0, 30.0, 600.0, 86_400.0])
    @pytest.mark.parametrize("error", [PlatformBlocked, PlatformUnavailable])
    def test_what_the_platform_asks_for_is_honoured(
        self, error: type[PlatformBlocked | PlatformUnavailable], asked_for_s: float
    ) -> None:
        state = after(FRESH, after_block(FRESH, error("no", asked_for_s), None, NOON))
        assert closed_until(state, NOON) == NOON + timedelta(seconds=max(60, asked_for_s))

    def test_one_that_was_under_way_widens_nothing_but_its_longer_wish_counts(self) -> None:
        later = NOON + timedelta(seconds=0.9)
        assert after_block(a_pause(), BLOCKED, None, later) is None
        assert after_block(a_pause(), PlatformBlocked("late", 60.0), None, later) is None
        wished = after_block(a_pause(), PlatformBlocked("late", 300.0), None, later)
        assert wished == {"paused_until": later + minutes(5)}

    def test_a_trial_that_took_too_long_is_one_that_was_under_way(self) -> None:
        assert after_block(on_trial(), BLOCKED, NOON - minutes(1), NOON) is None
        assert after_answer(on_trial(), NOON - minutes(1)) is None


class TestAnswers:
    def test_the_normal_case_writes_nothing(self) -> None:
        assert after_answer(FRESH, None) is None

    def test_one_that_was_under_way_ends_no_pause(self) -> None:
        assert after_answer(a_pause(), None) is None
        assert after_answer(on_trial(), None) is None

    def test_that_to_the_trial_lets_all_ask_as_if_nothing_had_been(self) -> None:
        turn = NOON + minutes(1)
        state = on_trial(blocks=5, next_turn_at=turn)
        assert after(state, after_answer(state, state.trial_until)) == replace(FRESH, next_turn_at=turn)


class TestTurns:
    def test_the_first_is_now_and_the_next_ones_follow_evenly(self) -> None:
        state = after(FRESH, take_turns(FRESH, NOON, 4, 8.0))
        turns = turns_taken(state, 4, 8.0)
        assert [(turn - NOON).total_seconds() for turn in turns] == [0, 0.125, 0.25, 0.375]
        assert state.next_turn_at == NOON + timedelta(seconds=0.5)

    def test_an_idle_time_is_not_made_up_for(self) -> None:
        state = replace(FRESH, next_turn_at=NOON - minutes(10))
        state = after(state, take_turns(state, NOON, 2, 1.0))
        assert turns_taken(state, 2, 1.0) == [NOON, NOON + timedelta(seconds=1)]

    def test_what_is_stored_in_milliseconds_is_never_faster_than_the_rate(self) -> None:
        state = FRESH
        for _ in range(14):
            state = after(state, take_turns(state, NOON, 1, 14.0))
        assert state.next_turn_at
        assert state.next_turn_at >= NOON + timedelta(seconds=1)

    def test_before_any_was_taken_there_are_none(self) -> None:
        assert turns_taken(FRESH, 3, 1.0) == []

    @pytest.mark.parametrize("rate_per_s", [14.0, 0.001])
    def test_a_turn_that_a_wrong_clock_took_stops_nobody(self, rate_per_s: float) -> None:
        state = replace(FRESH, next_turn_at=NOON + minutes(120))
        state = after(state, take_turns(state, NOON, 1, rate_per_s))
        assert turns_taken(state, 1, rate_per_s) == [NOON]
        assert time_until(NOON + minutes(120), NOON, rate_per_s) == timedelta(0)

    def test_a_slow_rate_s_next_turn_is_far_and_right(self) -> None:
        state = after(FRESH, take_turns(FRESH, NOON, 1, 0.001))
        assert state.next_turn_at == NOON + timedelta(seconds=1000)
        assert time_until(state.next_turn_at, NOON, 0.001) == timedelta(seconds=1000)
        assert time_until(NOON, NOON + minutes(1), 0.001) == timedelta(0)

    @given(
        rate_per_s=st.floats(0.1, 1000),
        asked=st.lists(st.tuples(st.integers(1, 14), st.integers(0, 3000)), min_size=1, max_size=30),
    )
    def test_none_is_in_the_past_and_no_second_has_more_than_the_rate_and_one(
        self, rate_per_s: float, asked: list[tuple[int, int]]
    ) -> None:
        state, now = FRESH, NOON
        turns: list[datetime] = []
        for wanted, idle_ms in asked:
            few_workers_ahead = turns[-1] - timedelta(seconds=5) if turns else now
            now = max(now + timedelta(milliseconds=idle_ms), few_workers_ahead)
            state = after(state, take_turns(state, now, wanted, rate_per_s))
            taken = turns_taken(state, wanted, rate_per_s)
            assert taken[0] >= now
            turns += taken
        assert turns == sorted(turns)
        for first, last in zip(turns, turns[int(rate_per_s) + 1 :], strict=False):
            assert (last - first).total_seconds() > 0.999


def test_each_write_stands_under_the_fields_that_it_was_decided_on() -> None:
    state = on_trial(next_turn_at=NOON)
    assert turn_of(state) == {"next_turn_at": NOON}
    assert guard_of(state) == {"blocks": 1, "paused_until": NOON, "trial_until": NOON + TRIAL}
