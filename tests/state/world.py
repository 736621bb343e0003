"""What is outside: the time, the platform with its channels, and who acts just now."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mntreamer.domain.errors import PlatformBlocked, PlatformClosed, PlatformError
from mntreamer.domain.monitors.due import AHEAD
from mntreamer.domain.monitors.filters import Filters, left_out
from mntreamer.domain.monitors.login import Login, LoginStatus
from mntreamer.domain.monitors.probe import (
    Broadcast,
    Channel,
    Live,
    NotRecordable,
    Offline,
    Playback,
    Probe,
    UnknownChannel,
)
from mntreamer.domain.monitors.streamer import streamer_id_of
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.schedule.spending import Spending, after_looks
from tests.contract.records import NOON, a_problem
from tests.state.actor import Actor, Crash, Look, Write

FLOOR = timedelta(seconds=10)
# Whoever was sent away as often as that is looked at once an hour.
_LONGEST_REFUSAL_WAIT = timedelta(minutes=60)


class Trouble(StrEnum):
    """What the platform says of a channel instead of whether it is live."""

    ERROR = "HTTP 500"
    NOT_RECORDABLE = "adults only"
    UNKNOWN = "no such channel"


@dataclass
class FakePlatform:
    """One platform. It wants its floor kept, and nobody to ask before `closed_until`.

    `asked` is when each channel was last asked for by somebody who lived to write it down, by that one's clock;
    `sessions` is each live session's streamer.
    """

    now: datetime = NOON
    actors: list[Actor] = field(default_factory=list)
    live: dict[str, Live] = field(default_factory=dict)
    last_live: dict[str, Live] = field(default_factory=dict)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    blocks_for_s: float | None = None
    closed: datetime | None = None
    longest_block: timedelta = timedelta(0)
    asked: dict[str, datetime] = field(default_factory=dict)
    asking: list[str] = field(default_factory=list)

    name: str = "chzzk"
    title: str = "CHZZK"
    utc_offset_s: int = 9 * 3600
    rate_per_s: float | None = None
    floor: timedelta = FLOOR
    filters_of: Callable[[str], Filters] = lambda _: Filters()
    spent: Spending = field(default_factory=Spending)

    # ---- as the use cases see it -------------------------------------------------------------------------------

    def clock(self) -> datetime:
        """Of who acts."""
        return self.now + self.actors[-1].skew if self.actors else self.now

    def closed_until(self) -> datetime | None:
        return self.closed if self.closed and self.closed > self.clock() else None

    def login(self) -> Login:
        return Login(LoginStatus.NONE)

    def past_broadcasts(self, channel_id: str) -> list[Broadcast]:
        """Each evening at nine, at home; of one channel alone, the others begin as strangers."""
        if channel_id != "c1":
            return []
        starts = [NOON - timedelta(days=day) for day in range(1, 9)]
        return [Broadcast(start, start + timedelta(hours=3)) for start in starts]

    def spending(self) -> Spending:
        return self.spent

    def count_looks(self, looks: int, waiting: timedelta, checks_per_day: float | None) -> None:
        self.spent = after_looks(self.spent, looks, waiting, self.clock(), checks_per_day)

    def probe(self, channel_id: str) -> Probe:
        actor, asked_at, filters = self.actors[-1], self.clock(), self.filters_of(channel_id)
        actor.seen = Look(None, asked_at, channel_id, None)
        self._refuse_while_closed()
        self._assert_floor(channel_id)
        self.asking.append(channel_id)
        try:
            actor.before_answer()
            actor.seen = Look(asked_at, self.clock(), channel_id, None)
            answer = self._answer(channel_id)
        finally:
            self.asking.remove(channel_id)
        is_left_out = isinstance(answer, Live) and _leaves_out(filters, answer)
        actor.seen = Look(asked_at, self.clock(), channel_id, answer, is_left_out)
        return answer

    def channel(self, channel_id: str) -> Channel:
        return Channel(channel_id, channel_id)

    def channel_id_in(self, url: str) -> str:
        return url

    def search(self, nickname: str) -> list[Channel]:
        return [Channel(nickname, nickname)]

    def topic(self, channel_id: str) -> Topic | None:
        raise AssertionError(f"only a recorder asks what {channel_id} is about")

    def playback(self, channel_id: str) -> Playback:
        raise AssertionError(f"only a recorder asks how {channel_id} is played")

    def rewind(self, channel_id: str) -> Playback | None:
        raise AssertionError(f"only a recorder asks how far back {channel_id} goes")

    # ---- as it changes -----------------------------------------------------------------------------------------

    def goes_live(self, channel_id: str, *, same_session: bool) -> None:
        if channel_id in self.live:
            return
        if same_session and channel_id in self.last_live:
            self.live[channel_id] = self.last_live[channel_id]
            return
        live = Live(str(len(self.sessions) + 1), "title", "game", self.now)
        self.sessions[live.live_id] = streamer_id_of(self.name, channel_id)
        self.live[channel_id] = self.last_live[channel_id] = live

    def changes_its_title(self, channel_id: str, title: str) -> None:
        if live := self.live.get(channel_id):
            self.live[channel_id] = self.last_live[channel_id] = replace(live, title=title)

    def goes_off_air(self, channel_id: str) -> None:
        self.live.pop(channel_id, None)

    @property
    def is_in_trouble(self) -> bool:
        return bool(self.troubles) or self.blocks_for_s is not None or self.closed is not None

    def recovers(self) -> None:
        self.troubles.clear()
        self.blocks_for_s = self.closed = None

    def act(self, actor: Actor, action: Callable[[], object]) -> None:
        """Have it done by the actor, with its clock, until it is done or the actor is dead."""
        self.actors.append(actor)
        try:
            action()
        except Crash:
            return
        finally:
            self.actors.remove(actor)

    def before_write(self, write: Write) -> None:
        if self.actors:
            self.actors[-1].before_write(write)

    def _assert_floor(self, channel_id: str) -> None:
        """A look that lies in the future was a wrong clock's."""
        now, before = self.clock(), self.asked.get(channel_id)
        assert before is None or not timedelta(0) <= now - before < FLOOR, f"{channel_id} at {now}, and at {before}"
        assert channel_id not in self.asking, f"{channel_id} is asked for by two at once, at {now}"

    def _refuse_while_closed(self) -> None:
        if until := self.closed_until():
            raise PlatformClosed("HTTP 429 before", (until - self.clock()).total_seconds())

    def _answer(self, channel_id: str) -> Probe:
        if self.blocks_for_s is not None:
            self._close(timedelta(seconds=self.blocks_for_s))
            raise PlatformBlocked("HTTP 429", self.blocks_for_s)
        match self.troubles.get(channel_id):
            case Trouble.ERROR:
                raise PlatformError("HTTP 500")
            case Trouble.NOT_RECORDABLE:
                return NotRecordable(a_problem("adults only"))
            case Trouble.UNKNOWN:
                return UnknownChannel()
            case None:
                return self.live.get(channel_id, Offline())

    def _close(self, pause: timedelta) -> None:
        self.closed = self.clock() + pause
        self.longest_block = max(self.longest_block, pause + AHEAD, _LONGEST_REFUSAL_WAIT)


def _leaves_out(filters: Filters, live: Live) -> bool:
    """At any time: nobody has hours here."""
    return left_out(filters, Topic(live.title, live.category), live.started_at) is not None
