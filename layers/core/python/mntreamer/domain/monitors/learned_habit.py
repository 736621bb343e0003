"""What a streamer's row remembers of its starts changes as they become known."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from mntreamer.domain.monitors.delays import detection_delay_s
from mntreamer.domain.monitors.probe import Broadcast, Live
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges
from mntreamer.domain.schedule.habit import Habit
from mntreamer.domain.schedule.habit_text import from_text, to_text
from mntreamer.domain.schedule.learning import with_delay, with_end, with_start
from mntreamer.domain.schedule.wall_clock import wall_s

# A clock that is wrong by more must not teach a start that is still to come.
_FAR_S = 60.0


def start_learned(streamer: Streamer, live: Live, now: datetime, zone: tzinfo) -> StreamerChanges:
    """Once it was seen live; nothing changes where the start is known, or goes on with what is being recorded."""
    before, start_s = from_text(streamer.habit), wall_s(live.started_at, zone)
    if streamer.recording_id or start_s > wall_s(now, zone) + _FAR_S:
        return StreamerChanges()
    after = with_start(before, start_s)
    if after is before:
        return StreamerChanges()
    delay_s = detection_delay_s(streamer, live, now)
    return StreamerChanges(habit=to_text(after if delay_s is None else with_delay(after, delay_s)))


def end_learned(streamer: Streamer, ended_at: datetime, zone: tzinfo) -> StreamerChanges:
    """Once its stream is over."""
    if streamer.habit is None:
        return StreamerChanges()
    return StreamerChanges(habit=to_text(with_end(from_text(streamer.habit), wall_s(ended_at, zone))))


def past_learned(broadcasts: Iterable[Broadcast], zone: tzinfo) -> StreamerChanges:
    """From what a platform tells of the past, in any order; nothing where it tells of none."""
    habit = Habit()
    for broadcast in sorted(broadcasts, key=lambda broadcast: broadcast.started_at):
        habit = with_start(habit, wall_s(broadcast.started_at, zone))
        habit = with_end(habit, wall_s(broadcast.ended_at, zone))
    return StreamerChanges(habit=to_text(habit)) if habit.known else StreamerChanges()
