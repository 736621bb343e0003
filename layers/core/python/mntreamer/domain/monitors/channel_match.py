"""Which channel a nickname means."""

from collections.abc import Sequence

from mntreamer.domain.errors import ChannelAmbiguous, NotFound
from mntreamer.domain.monitors.probe import Channel
from mntreamer.domain.monitors.topic import on_one_line


def match_channel(nickname: str, found: Sequence[Channel]) -> Channel:
    """The one channel of exactly that name.

    Raises ChannelAmbiguous with what was found where no name or more than one is the same, NotFound for nothing.
    """
    wanted = on_one_line(nickname)
    same = [channel for channel in found if on_one_line(channel.channel_name) == wanted]
    if len(same) == 1:
        return same[0]
    if not found:
        raise NotFound(f"no channel was found for {nickname!r}; check its spelling or give the channel's URL")
    reason = f"{len(same)} channels are named" if same else "no channel is named exactly"
    raise ChannelAmbiguous(
        f"{reason} {nickname!r}; choose one by its channel_id",
        [(channel.channel_id, channel.channel_name) for channel in same or found],
    )
