"""Whether the stream is over: a frozen source is a reason to ask, one "offline" a hint, two are an end."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

from mntreamer.domain.monitors.probe import Live, Probe, ProbeFailed
from mntreamer.recorder.pace import Pace

_CONFIRMED = 2


class Ending(StrEnum):
    """Why a recorder left."""

    OVER = "over"
    UNWANTED = "the streamer's filters leave it out"
    CALLED_OFF = "a person stopped the recording"
    STOPPED = "stopped"
    REFUSED = "refused"
    LEASE_LOST = "lease lost"
    FULL = "full"


@dataclass(slots=True)
class EndWatch:
    """All times are seconds on the recorder's own clock.

    The source's ENDLIST and the platform's "offline" are two witnesses: together they are an end. A new segment
    takes all hints back. Where nothing speaks for the stream for as long as a lease is renewed, the platform is asked
    for its sake.
    """

    pace: Pace
    moved_at_s: float
    source_ended: bool = False
    _asked_at_s: float | None = field(default=None)
    _question_at_s: float = inf
    _offline: int = 0
    _refused_since_s: float | None = None
    _is_unwanted: bool = False
    _spoke_at_s: float = field(init=False)
    _topic_at_s: float = field(init=False)

    def __post_init__(self) -> None:
        self._spoke_at_s = self.moved_at_s
        # The first look lies just behind the probe that saw the stream, as far as the floor wants.
        self._topic_at_s = self.moved_at_s + self.pace.ask_every_s - self.pace.topic_every_s

    def moved(self, now_s: float) -> None:
        """A new segment was listed."""
        self.moved_at_s = now_s
        self.source_ended = False
        self._offline = 0

    def spoke(self, now_s: float) -> None:
        """A segment was stored."""
        self._spoke_at_s = now_s

    def is_stale(self, now_s: float) -> bool:
        """Whether the source says that it has ended, or stands still."""
        return self.source_ended or now_s - self.moved_at_s >= self.pace.stale_s

    def should_ask(self, now_s: float) -> bool:
        """Whether to ask the platform now."""
        is_silent = now_s - self._spoke_at_s >= self.pace.renew_every_s
        return self._may_ask(now_s) and (is_silent or self.is_stale(now_s))

    def should_ask_for_the_topic(self, now_s: float) -> bool:
        """Whether to ask it for nothing else: from time to time, while there is no doubt."""
        is_time = now_s - self._topic_at_s >= self.pace.topic_every_s
        return is_time and self._may_ask(now_s) and not self.should_ask(now_s)

    def asked_for_the_topic(self, now_s: float) -> None:
        """That counts as asking: the platform's floor is one for both questions."""
        self._asked_at_s = self._topic_at_s = now_s

    def _may_ask(self, now_s: float) -> bool:
        return self._asked_at_s is None or now_s - self._asked_at_s >= self.pace.ask_every_s

    def asked(self, now_s: float) -> None:
        """The platform was asked; how long its answer takes is up to it."""
        self._question_at_s = now_s

    def heard(self, refusal: str | None, now_s: float) -> None:
        """Why the stream is not to be recorded as it is now, if so. It ends where that is still so after a while."""
        if refusal is None:
            self._refused_since_s = None
        elif self._refused_since_s is None:
            self._refused_since_s = now_s
        self._is_unwanted = refusal is not None and now_s - (self._refused_since_s or now_s) >= self.pace.grace_s

    def asked_elsewhere(self, now_s: float) -> None:
        """Somebody else asks the platform; we ask for another source, no sooner than a lease is renewed."""
        self._asked_at_s = self._spoke_at_s = now_s

    def answered(self, probe: Probe, now_s: float) -> None:
        """What the platform said. No answer says nothing, nor does an "offline" from before a new segment."""
        self._asked_at_s = self._spoke_at_s = now_s
        match probe:
            case Live():
                self._offline = 0
            case ProbeFailed():
                pass
            case _ if self._question_at_s >= self.moved_at_s:
                self._offline += 1

    @property
    def ending(self) -> Ending | None:
        """Why there is nothing more to record, if so."""
        if self.is_over:
            return Ending.OVER
        return Ending.UNWANTED if self._is_unwanted else None

    @property
    def is_over(self) -> bool:
        return self._offline >= _CONFIRMED or (self.source_ended and self._offline > 0)
