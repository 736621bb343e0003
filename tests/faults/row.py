"""A row of the table: what a source publishes, what goes wrong, how it ends, and which of it nobody can have."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property

from mntreamer.domain.recordings.loss import Cause
from tests.faults.broadcast import Broadcast, Entry, Stretch
from tests.faults.faults import Asked, Fault, Manner
from tests.faults.takes import SEGMENT_S, Container

# Whoever has less than this has no fair chance: clients look at a playlist about once a second.
FAIR_S = 1.4
_STEP_S = 0.1


class Goodbye(Enum):
    """What the source's playlist is once the stream is over, which the platform says in any case."""

    ENDLIST = auto()
    FROZEN = auto()
    VANISHED = auto()


@dataclass(frozen=True)
class Chance:
    """When a segment can first and last be had."""

    first_s: float
    last_s: float


@dataclass(frozen=True)
class Row:
    """`containers`: those in which there is such a thing. `dated`: the playlist has PROGRAM-DATE-TIMEs.

    `no_room_for`: the positions of segments that come and cannot be kept anywhere. `doubled`: another records it as
    well, whom nothing of what goes wrong meets.
    """

    name: str
    stretches: tuple[Stretch, ...] = (Stretch(16),)
    faults: tuple[Fault, ...] = ()
    goodbye: Goodbye = Goodbye.ENDLIST
    containers: tuple[Container, ...] = tuple(Container)
    token_lives_s: float | None = None
    dated: bool = True
    no_room_for: frozenset[int] = frozenset()
    doubled: bool = False

    @property
    def spared(self) -> "Row":
        """The same with nothing going wrong."""
        return replace(self, faults=(), no_room_for=frozenset())

    @property
    def as_recorded(self) -> "Row":
        """What all recorders together can have of it."""
        return self.spared if self.doubled else self

    @cached_property
    def broadcast(self) -> Broadcast:
        return Broadcast(self.stretches)

    @property
    def over_at_s(self) -> float:
        """When the stream is over: the platform says so, and the playlist says goodbye."""
        return self.broadcast.ends_at_s + SEGMENT_S

    def window(self, now_s: float) -> tuple[Entry, ...]:
        """Whose segments are on the server."""
        if self.goodbye is Goodbye.VANISHED and now_s >= self.over_at_s:
            return ()
        return self.broadcast.window(now_s)

    def shown(self, now_s: float) -> tuple[Entry, ...]:
        """What the playlist lists for whoever gets it."""
        stale = [f for f in self.faults if f.manner is Manner.STALE and f.is_on(now_s)]
        return self.window(stale[0].begins_s if stale else now_s)

    def chance(self, entry: Entry, container: Container) -> Chance | None:
        """When a segment can be had by a client that has seen it listed; None: by nobody.

        Raises AssertionError for a row that leaves less than a fair chance, which would depend on luck.
        """
        if entry.position in self.no_room_for:
            return None
        moments = list(self._moments(entry, container))
        if not moments:
            return None
        if len(moments) * _STEP_S < FAIR_S:
            raise AssertionError(
                f"{self.name}: segment {entry.position} can be had for {len(moments) * _STEP_S} s only"
            )
        return Chance(moments[0], moments[-1])

    def unavoidable(self, container: Container) -> list[Entry]:
        """What no client can have had, in order."""
        return [entry for entry in self.kept_once if self.chance(entry, container) is None]

    def cause(self, entry: Entry) -> Cause:
        """Why nobody can have it: it was never there to be asked for, never came, cannot be read or has no room."""
        if entry.position in self.no_room_for:
            return Cause.NOT_STORED
        if any(f.manner is Manner.POISON and f.meets(Asked.SEGMENT, entry.position) for f in self.faults):
            return Cause.DAMAGED
        is_seen = not entry.stretch.gap and any(True for _ in self._sights(entry))
        return Cause.NOT_FETCHED if is_seen else Cause.UNSEEN

    def breaks(self, before: Entry, after: Entry) -> bool:
        """Whether the media of one does not go on from the other's: some is missing, or an encoder began anew."""
        follows = self.kept_once.index(after) == self.kept_once.index(before) + 1
        return after.tagged or not follows or (before.line, before.encoding) != (after.line, after.encoding)

    @cached_property
    def kept_once(self) -> list[Entry]:
        """What a recording should hold, were there no faults: what is listed twice, once."""
        return [entry for entry in self.broadcast.entries if not entry.stretch.repeated]

    def _moments(self, entry: Entry, container: Container) -> Iterator[float]:
        seen_s = next(self._sights(entry), None)
        if seen_s is None or entry.stretch.gap:
            return
        for now_s in self._steps():
            if now_s >= seen_s and entry in self.window(now_s) and self._gives(entry, container, now_s):
                yield now_s

    def _sights(self, entry: Entry) -> Iterator[float]:
        for now_s in self._steps():
            if entry in self.shown(now_s) and not self._forbidden(Asked.PLAYLIST, None, now_s, but=Manner.STALE):
                yield now_s

    def _steps(self) -> Iterator[float]:
        count = int((self.over_at_s + 2 * SEGMENT_S) / _STEP_S)
        return (round(step * _STEP_S, 1) for step in range(count))

    def _gives(self, entry: Entry, container: Container, now_s: float) -> bool:
        number = self.broadcast.encodings.index(entry.encoding)
        has_init = container is Container.TS or not self._forbidden(Asked.INIT, number, now_s)
        return has_init and not self._forbidden(Asked.SEGMENT, entry.position, now_s)

    def _forbidden(self, asked: Asked, position: int | None, now_s: float, but: Manner | None = None) -> bool:
        return any(
            fault.forbids and fault.is_on(now_s) and fault.meets(asked, position)
            for fault in self.faults
            if fault.manner is not but
        )
