"""Whoever acts: a tick, a recorder, a person. Each reads its own clock and may die before any of its writes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mntreamer.domain.monitors.probe import Live, Probe


class Crash(BaseException):
    """The process is gone: nothing after it runs."""


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody saw `at` when asking for a channel, by the own clock. `probe` is None where no answer came.

    `asked_at` is None where the platform had not even to be asked. `is_left_out` is a live one that the filters of
    the claim keep from being recorded.
    """

    asked_at: datetime | None
    at: datetime
    channel_id: str
    probe: Probe | None
    is_left_out: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether it showed something to record."""
        return isinstance(self.probe, Live) and not self.is_left_out


@dataclass(frozen=True, slots=True)
class Write:
    """One write that was begun: to a recording's row, a streamer's, an object, or the launch of a recorder."""

    target: str
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass
class Actor:
    """`skew_s` is how far its clock is off. It dies before write number `dies_before`, counted from 0.

    `meanwhile` happens once: before write number `interrupted_before`, or during the first probe where that is None.
    `seen` is what it saw when it last asked the platform.
    """

    skew_s: float = 0
    dies_before: int | None = None
    interrupted_before: int | None = None
    meanwhile: Callable[[], object] | None = None
    seen: Look | None = None
    written: list[Write] = field(default_factory=list)
    is_dead: bool = False
    was_interrupted: bool = False

    @property
    def skew(self) -> timedelta:
        return timedelta(seconds=self.skew_s)

    def before_write(self, write: Write) -> None:
        number = len(self.written)
        if self.interrupted_before == number:
            self._interrupt()
        if self.dies_before == number:
            self.is_dead = True
            raise Crash
        self.written.append(write)

    def before_answer(self) -> None:
        """A platform takes its time."""
        if self.interrupted_before is None:
            self._interrupt()

    def _interrupt(self) -> None:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            self.was_interrupted = True
            meanwhile()
