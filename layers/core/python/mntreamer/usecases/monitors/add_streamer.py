"""A streamer is added by nickname, channel id or URL, and is due at once."""

import logging
from dataclasses import dataclass
from datetime import datetime, timezone

from mntreamer.domain.errors import BadInput, NotFound, PlatformError
from mntreamer.domain.monitors.channel_match import match_channel
from mntreamer.domain.monitors.learned_habit import past_learned
from mntreamer.domain.monitors.probe import Channel
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges, streamer_id_of
from mntreamer.domain.times import seconds
from mntreamer.ports import Platform, Ports
from mntreamer.usecases.monitors.change_streamer import change_streamer

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reference:
    """How a person names a channel: exactly one of these is given."""

    nickname: str | None = None
    channel_id: str | None = None
    url: str | None = None


def add_streamer(ports: Ports, platform: str, reference: Reference) -> tuple[Streamer, bool]:
    """The streamer as it is stored, and whether it is new: of one that exists, only a pause is ended.

    Raises BadInput, NotFound, ChannelAmbiguous and PlatformError.
    """
    channel = _channel(platform_named(ports, platform), reference)
    new = _new_streamer(platform, channel, reference.nickname, ports.clock())
    stored, is_new = ports.monitors.add(new)
    if is_new:
        stored = _with_past(ports, stored)
    if stored.paused:
        stored = change_streamer(ports, stored.streamer_id, {"paused": False})
    return stored, is_new


def _with_past(ports: Ports, streamer: Streamer) -> Streamer:
    """Its habits are learned from what its platform tells of the past. Without that it is a stranger, no worse."""
    platform = ports.platforms[streamer.platform]
    try:
        broadcasts = platform.past_broadcasts(streamer.channel_id)
    except (NotFound, PlatformError) as error:
        _logger.warning("%s begins as a stranger: %s", streamer.channel_name, error)
        return streamer
    learned = past_learned(broadcasts, timezone(seconds(platform.utc_offset_s)))
    if not learned:
        return streamer
    return ports.monitors.update(streamer.streamer_id, learned, StreamerChanges(habit=None)) or streamer


def platform_named(ports: Ports, name: str) -> Platform:
    """Raises NotFound for a platform that there is no adapter for."""
    if name not in ports.platforms:
        raise NotFound(f"there is no platform {name!r}; there are: {', '.join(sorted(ports.platforms))}")
    return ports.platforms[name]


def _new_streamer(platform: str, channel: Channel, nickname: str | None, now: datetime) -> Streamer:
    return Streamer(
        streamer_id=streamer_id_of(platform, channel.channel_id),
        platform=platform,
        channel_id=channel.channel_id,
        nickname=nickname or channel.channel_name,
        channel_name=channel.channel_name,
        added_at=now,
        check_at=now,
    )


def _channel(platform: Platform, reference: Reference) -> Channel:
    match reference:
        case Reference(nickname=str(nickname), channel_id=None, url=None):
            return match_channel(nickname, platform.search(nickname))
        case Reference(nickname=None, channel_id=str(channel_id), url=None):
            return platform.channel(channel_id)
        case Reference(nickname=None, channel_id=None, url=str(url)):
            return platform.channel(platform.channel_id_in(url))
    raise BadInput("give exactly one of nickname, channel_id and url")
