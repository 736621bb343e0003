"""The channels of the simulated platform."""

from dataclasses import dataclass, field

from simulated_channel.broadcast import Broadcast


@dataclass(slots=True)
class Channel:
    """`channel_id` is 32 lower-case hex digits; `broadcasts` those that the platform showed, oldest first."""

    channel_id: str
    nickname: str
    broadcasts: list[Broadcast] = field(default_factory=list)

    @property
    def latest(self) -> Broadcast | None:
        return self.broadcasts[-1] if self.broadcasts else None

    @property
    def on_air(self) -> bool:
        return self.latest is not None and self.latest.on_air


class Channels:
    """All channels, by their ids."""

    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}

    def add(self, channel: Channel) -> None:
        self._channels[channel.channel_id] = channel

    def get(self, channel_id: str) -> Channel | None:
        return self._channels.get(channel_id)

    def all(self) -> list[Channel]:
        return list(self._channels.values())

    def found_for(self, keyword: str) -> list[Channel]:
        """The channels whose name contains the keyword, the closest name first."""
        found = [channel for channel in self.all() if keyword.casefold() in channel.nickname.casefold()]
        return sorted(found, key=lambda channel: len(channel.nickname))

    def broadcast_at(self, address: str) -> Broadcast | None:
        """The broadcast whose media URLs carry this address."""
        broadcasts = (broadcast for channel in self.all() for broadcast in channel.broadcasts)
        return next((broadcast for broadcast in broadcasts if broadcast.address == address), None)
