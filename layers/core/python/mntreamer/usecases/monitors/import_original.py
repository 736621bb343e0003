"""Streamers of mntreamer's original, in Go on MySQL, are watched from now on: nothing that is there is changed."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from mntreamer.domain.errors import BadInput
from mntreamer.domain.monitors.streamer import Streamer, streamer_id_of
from mntreamer.ports import Monitors
from mntreamer.usecases.monitors.change_streamer import HIGHEST_PRIORITY, LOWEST_PRIORITY
from mntreamer.usecases.monitors.import_tables import BadRow, OriginalTables, Row, StreamerKey

_CHANNEL_ID = re.compile(r"[0-9a-f]{32}")  # CHZZK's: the original knows no other platform
# The original waits no longer than that: what lies further ahead was written by a clock that was wrong.
_LONGEST_WAIT = timedelta(minutes=50)
# Who was to be looked at while the original stood still: one after the other, so that a platform sees no flood.
_BETWEEN_OVERDUE = timedelta(seconds=1)


class Outcome(StrEnum):
    ADDED = "added"
    THERE = "there"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a row. `streamer`: as it is stored, None of a bad one. `why` it is bad."""

    where: str
    outcome: Outcome
    streamer: Streamer | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Readable:
    """What the tables hold: streamers as they would be stored, by the places of their rows, and what is bad."""

    streamers: Mapping[str, Streamer]
    bad: list[BadRow]


def import_original(monitors: Monitors, readable: Readable, *, writes: bool) -> Iterator[Imported]:
    """Add who is not there, one by one as it is asked for; without `writes` it is only told what would be done."""
    yield from (Imported(bad.where, Outcome.BAD, why=bad.why) for bad in readable.bad)
    for where, streamer in readable.streamers.items():
        there = monitors.get(streamer.streamer_id)
        if there is None and writes:
            stored, is_new = monitors.add(streamer)
        else:
            stored, is_new = there or streamer, there is None
        yield Imported(where, Outcome.ADDED if is_new else Outcome.THERE, stored)


def streamers_in(tables: OriginalTables, platforms: Collection[str], zone: tzinfo, now: datetime) -> Readable:
    """Times are of that zone; `platforms` are those that can be watched."""
    streamers: dict[str, Streamer] = {}
    places: dict[str, str] = {}
    bad = list(tables.bad)
    for row in tables.streamers:
        try:
            streamer = _streamer(row, tables, platforms, zone, now)
        except BadInput as error:
            bad.append(BadRow(row.where, str(error)))
            continue
        first = places.setdefault(streamer.streamer_id, row.where)
        if first == row.where:
            streamers[row.where] = streamer
        else:
            bad.append(BadRow(row.where, f"the channel is in {first} already"))
    return Readable(_in_turn(streamers, now), bad)


def _streamer(row: Row, tables: OriginalTables, platforms: Collection[str], zone: tzinfo, now: datetime) -> Streamer:
    """What was true when it was last recorded stays so; what the original was just doing is left behind."""
    key = StreamerKey(row.number("platform_id"), row.number("id"))
    platform, channel_id = _platform(key, tables, platforms), _channel_id(row)
    monitor = tables.monitors.get(key)
    recorded = max(row.number("recorded"), tables.recorded.get(key, 0))
    return Streamer(
        streamer_id=streamer_id_of(platform, channel_id),
        platform=platform,
        channel_id=channel_id,
        nickname=row.text("nickname"),
        channel_name=row.text("channel_name"),
        added_at=now,
        check_at=monitor.check_at or now if monitor else None,
        miss_count=monitor.miss_count if monitor else 0,
        paused=monitor is None,
        priority=_priority(row),
        recorded=recorded,
        # The original writes this time when it adds a streamer, long before anything was on.
        last_recorded_at=_past(row, "last_recorded_at", zone, now) if recorded else None,
    )


def _past(row: Row, column: str, zone: tzinfo, now: datetime) -> datetime | None:
    moment = row.moment(column, zone)
    if moment and moment > now:
        raise BadInput(f"{column} lies ahead: is the time zone the one that the original ran in?")
    return moment


def _platform(key: StreamerKey, tables: OriginalTables, platforms: Collection[str]) -> str:
    name = tables.platforms.get(key.platform)
    if name is None:
        raise BadInput(f"there is no platform {key.platform}")
    if name not in platforms:
        raise BadInput(f"the platform {name!r} is not one of {', '.join(sorted(platforms))}")
    return name


def _channel_id(row: Row) -> str:
    channel_id = row.text("channel_id")
    if not _CHANNEL_ID.fullmatch(channel_id):
        raise BadInput(f"channel_id is not 32 digits and letters a to f: {channel_id!r}")
    return channel_id


def _priority(row: Row) -> int:
    priority = row.number("priority")
    if not LOWEST_PRIORITY <= priority <= HIGHEST_PRIORITY:
        raise BadInput(f"priority is not from {LOWEST_PRIORITY} to {HIGHEST_PRIORITY}: {priority}")
    return priority


def _in_turn(streamers: Mapping[str, Streamer], now: datetime) -> dict[str, Streamer]:
    """The same, but whoever is overdue, or is due absurdly late, is due one after the other from now on."""
    waiting = {where: one.check_at for where, one in streamers.items() if one.check_at}
    late = sorted((at, where) for where, at in waiting.items() if not now < at <= now + _LONGEST_WAIT)
    turns = {where: now + turn * _BETWEEN_OVERDUE for turn, (_, where) in enumerate(late)}
    return {where: replace(one, check_at=turns.get(where, one.check_at)) for where, one in streamers.items()}
