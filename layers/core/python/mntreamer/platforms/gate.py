"""The one way in to a platform, shared by all workers: its request rate, and a circuit breaker on every request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import NotFound, NotPlayable, PlatformBlocked, PlatformUnavailable
from mntreamer.domain.monitors.login import after_refused_login, after_taken_login, expired_since, login_notice_of
from mntreamer.domain.monitors.platform_state import (
    PlatformState,
    PlatformStateChanges,
    admit,
    after_answer,
    after_block,
    closed_until,
    guard_of,
    refusal_of,
    spending_of,
)
from mntreamer.domain.schedule.spending import Spending, after_looks, from_text, to_text
from mntreamer.platforms.shared_state import SharedState
from mntreamer.platforms.turns import Turns
from mntreamer.ports import Clock, PlatformStates

# HTTP 5xx so often in a row, as this process counts, is no longer the trouble of one request.
TROUBLE = 5


class Gate:
    """Closed for all workers once the platform sends one away, until one of them is answered again.

    While it is closed, nothing is asked; the pause is as long as the platform asked for, and widens with every
    block in a row. Then one request at a time is let in on trial: an answer opens the gate, a block begins the next
    pause, and where no answer comes, the next trial may begin when the first one's time is over. A connection that
    fails says nothing of the platform: it may be our own network, and neither opens nor closes the gate.
    """

    def __init__(
        self,
        platform: str,
        states: PlatformStates,
        clock: Clock,
        sleep: Callable[[float], None],
        rate_per_s: float | None,
    ) -> None:
        """`sleep` for seconds; `rate_per_s` None sets no rate."""
        self.rate_per_s = rate_per_s
        self._clock = clock
        self._shared = SharedState(platform, states, clock)
        self._turns = Turns(self._shared, clock, sleep, rate_per_s) if rate_per_s else None
        self._unavailable = 0
        self._counting = Lock()

    def closed_until(self) -> datetime | None:
        """Until when nobody may ask. None where all may, or where one may try whether all may again."""
        return closed_until(self._shared.read(), self._clock())

    def spending(self) -> Spending:
        """What the looks of all workers come to."""
        return from_text(self._shared.read().spending)

    def count_looks(self, looks: int, waiting: timedelta, checks_per_day: float | None) -> None:
        """`waiting` is the sum of the waits that they decided on."""

        def counted(state: PlatformState, now: datetime) -> PlatformStateChanges:
            spending = after_looks(from_text(state.spending), looks, waiting, now, checks_per_day)
            return PlatformStateChanges(spending=to_text(spending))

        self._shared.change(counted, spending_of)

    def login_expired_since(self, renewed_at: datetime) -> datetime | None:
        """Since when the platform no longer takes the login that is from `renewed_at`; None while it may."""
        return expired_since(self._shared.read(), renewed_at)

    def login_refused(self, renewed_at: datetime) -> bool:
        """The platform took our login for nobody's. Whether that is news."""
        before = self._shared.read()
        after = self._shared.change(lambda state, now: after_refused_login(state, renewed_at, now), login_notice_of)
        return after.login_expired_at != before.login_expired_at

    def login_taken(self) -> None:
        """The platform took our login for somebody's."""
        self._shared.change(lambda state, _: after_taken_login(state), login_notice_of)

    @contextmanager
    def passage(self) -> Iterator[None]:
        """Around one HTTP request and the reading of what it answers, whose errors say how the platform took it.

        Waits for a turn. Raises PlatformClosed while nobody may ask; the error that closes the gate is told with
        the time that it is closed for.
        """
        trial_until = self._let_in()
        try:
            yield
        except PlatformBlocked as blocked:
            raise self._closed_by(blocked, trial_until) from None
        except PlatformUnavailable as unavailable:
            if self._is_trouble() or trial_until:
                raise self._closed_by(unavailable, trial_until) from None
            raise
        except (NotFound, NotPlayable):
            self._answered(trial_until)
            raise
        else:
            self._answered(trial_until)

    def _let_in(self) -> datetime | None:
        """Until when our trial lasts, if the request is one."""
        if self._turns:
            self._turns.wait()
        return self._shared.change(admit, guard_of).trial_until

    def _closed_by(
        self, error: PlatformBlocked | PlatformUnavailable, trial_until: datetime | None
    ) -> PlatformBlocked | PlatformUnavailable:
        """Close the gate; the error, with what is said to those who come after it."""
        state = self._shared.change(lambda state, now: after_block(state, error, trial_until, now), guard_of)
        refusal = refusal_of(state, self._clock())
        return type(error)(safe_text(refusal), refusal.retry_after_s) if refusal else error

    def _answered(self, trial_until: datetime | None) -> None:
        self._unavailable = 0
        if trial_until:
            self._shared.change(lambda state, _: after_answer(state, trial_until), guard_of)

    def _is_trouble(self) -> bool:
        with self._counting:
            self._unavailable += 1
            return self._unavailable % TROUBLE == 0
