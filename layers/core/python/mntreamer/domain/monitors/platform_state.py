"""What all workers share about a platform: its next free turn, and whether it is to be left alone.

Every decision is pure: from a state and `now` to what to write. It is written only where `turn_of` or `guard_of`
that state still holds, so that of many workers who decide the same one succeeds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TypedDict

from mntreamer.domain.errors import PlatformBlocked, PlatformClosed, PlatformUnavailable
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.times import seconds, to_iso

# A trial that died with its worker ends by itself; longer than any request may take.
TRIAL = timedelta(seconds=30)
_LONGEST_PROHIBITION_MIN = 60
_LONGEST_TROUBLE_MIN = 5
# What late answers ask for is kept when it makes a difference: `Retry-After` counts in seconds.
_DIFFERENCE = timedelta(seconds=1)
# Nobody reserves that much: a turn so far off was taken by a clock that was wrong.
_FARTHEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PlatformState:
    """`blocks`: how often in a row the platform sent us away; 0 while all may ask, with `reason` None.

    After `paused_until` one worker at a time may ask on trial, until `trial_until`. `login_expired_at`: since when
    the platform no longer takes our login. `spending` is the text of what all looks at it come to.
    """

    platform: str
    next_turn_at: datetime | None = None
    blocks: int = 0
    paused_until: datetime | None = None
    trial_until: datetime | None = None
    reason: str | None = None
    login_expired_at: datetime | None = None
    spending: str | None = None


class PlatformStateChanges(TypedDict, total=False):
    """The fields of a platform's state that one write sets, or expects to find."""

    next_turn_at: datetime | None
    blocks: int
    paused_until: datetime | None
    trial_until: datetime | None
    reason: str | None
    login_expired_at: datetime | None
    spending: str | None


def turn_of(state: PlatformState) -> PlatformStateChanges:
    """What turns are taken under."""
    return PlatformStateChanges(next_turn_at=state.next_turn_at)


def spending_of(state: PlatformState) -> PlatformStateChanges:
    """What looks are counted under."""
    return PlatformStateChanges(spending=state.spending)


def guard_of(state: PlatformState) -> PlatformStateChanges:
    """What trials, blocks and answers are written under."""
    return PlatformStateChanges(blocks=state.blocks, paused_until=state.paused_until, trial_until=state.trial_until)


def closed_until(state: PlatformState, now: datetime) -> datetime | None:
    """Until when nobody may ask. None where all may, or where one may try whether all may again."""
    if not state.blocks:
        return None
    latest = max(state.paused_until or now, state.trial_until or now)
    return latest if latest > now else None


def refuse_while_closed(state: PlatformState, now: datetime) -> None:
    """Raises PlatformClosed, with the time that is left, while nobody may ask."""
    if refusal := refusal_of(state, now):
        raise refusal


def refusal_of(state: PlatformState, now: datetime) -> PlatformClosed | None:
    """What is said to whoever wants to ask, with the time that is left; None where somebody may."""
    until = closed_until(state, now)
    if until is None:
        return None
    left_s = (until - now).total_seconds()
    text = f"{state.reason}; not asked again before {to_iso(until)}"
    told = Reason(text, ProblemCode.PLATFORM_CLOSED, until=to_iso(until), why=state.reason or "")
    return PlatformClosed(told, left_s)


def admit(state: PlatformState, now: datetime) -> PlatformStateChanges | None:
    """What is written before a request: nothing where all may ask, else the beginning of the one trial.

    Raises PlatformClosed while nobody may ask.
    """
    refuse_while_closed(state, now)
    return PlatformStateChanges(trial_until=now + TRIAL) if state.blocks else None


def after_answer(state: PlatformState, trial_until: datetime | None) -> PlatformStateChanges | None:
    """What is written once a request was answered: nothing, but that the trial's answer lets all ask again.

    `trial_until` of the state under which the request was let in.
    """
    if trial_until is None or trial_until != state.trial_until:
        return None
    return PlatformStateChanges(blocks=0, paused_until=None, trial_until=None, reason=None)


def after_block(
    state: PlatformState, error: PlatformBlocked | PlatformUnavailable, trial_until: datetime | None, now: datetime
) -> PlatformStateChanges | None:
    """What is written once the platform sent a request away: a pause that widens with every block in a row.

    Requests that were under way when the pause began do not widen it, but the longest wish of all is kept.
    """
    asked_for = seconds(error.retry_after_s or 0.0)
    if state.blocks and (trial_until is None or trial_until != state.trial_until):
        return _after_late_wish(state, now + asked_for)
    blocks = state.blocks + 1
    paused_until = now + max(asked_for, _widening(blocks, error))
    return PlatformStateChanges(blocks=blocks, paused_until=paused_until, trial_until=None, reason=str(error))


def take_turns(state: PlatformState, now: datetime, wanted: int, rate_per_s: float) -> PlatformStateChanges:
    """Takes the next `wanted` turns, 1 / `rate_per_s` apart; `turns_taken` shows them.

    None is in the past, so that no burst makes up for an idle time.
    """
    first = now + time_until(state.next_turn_at or now, now, rate_per_s)
    return PlatformStateChanges(next_turn_at=first + _span(wanted, rate_per_s))


def turns_taken(state: PlatformState, taken: int, rate_per_s: float) -> list[datetime]:
    """The last `taken` turns before the state's next one."""
    if state.next_turn_at is None:
        return []
    first = state.next_turn_at - _span(taken, rate_per_s)
    return [first + seconds(number / rate_per_s) for number in range(taken)]


def time_until(turn: datetime, now: datetime, rate_per_s: float) -> timedelta:
    """How long to wait for a turn: not at all where it has come, or where a wrong clock took it."""
    wait = turn - now
    is_plausible = wait <= _FARTHEST + _span(1, rate_per_s)
    return max(wait, timedelta(0)) if is_plausible else timedelta(0)


def _after_late_wish(state: PlatformState, wished: datetime) -> PlatformStateChanges | None:
    known = state.paused_until or wished
    return PlatformStateChanges(paused_until=wished) if wished - known >= _DIFFERENCE else None


def _widening(blocks: int, error: PlatformBlocked | PlatformUnavailable) -> timedelta:
    """1, 2, 4 … minutes. Trouble is no prohibition, and may be over soon."""
    longest = _LONGEST_TROUBLE_MIN if isinstance(error, PlatformUnavailable) else _LONGEST_PROHIBITION_MIN
    return timedelta(minutes=min(2 ** (blocks - 1), longest))


def _span(turns: int, rate_per_s: float) -> timedelta:
    """In whole milliseconds, as it is stored, and never shorter than the rate allows."""
    return timedelta(milliseconds=ceil(turns * 1000 / rate_per_s))
