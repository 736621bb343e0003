"""What speaks for a stream being over: nobody may end a recording on less than two looks."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mntreamer.domain.monitors.probe import Live, Probe
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from tests.state.actor import Look


@dataclass
class Evidence:
    """By channel, when it was seen to be off air, or left out, since it was last seen with something to record."""

    off_air: dict[str, list[datetime]] = field(default_factory=dict)

    def on_air(self, channel_id: str) -> None:
        self.off_air[channel_id] = []

    def seen_off_air(self, channel_id: str, at: datetime) -> None:
        self.off_air.setdefault(channel_id, []).append(at)

    def suffices(self, look: Look, reconnect_window: timedelta) -> bool:
        """Whether there was another look, a reconnect window before this one."""
        earlier = self.off_air.get(look.channel_id, [])
        return any(at <= look.at - reconnect_window for at in earlier)


def assert_closed_for_a_reason(ports: Ports, evidence: Evidence, look: Look | None, recording: Recording) -> None:
    """`look` is what whoever closed it had seen; None for a person, or where the streamer is gone.

    A person who stopped it is reason enough.
    """
    streamer = ports.monitors.get(recording.streamer_id)
    if look is None or streamer is None or streamer.recording_id != recording.recording_id or recording.stopped_at:
        return
    assert look.probe, f"an error ended {recording}"
    if look.is_wanted:
        assert not _belongs_to(ports, look.probe, recording), f"{look.probe} is on, but closed is {recording}"
    else:
        assert evidence.suffices(look, ports.settings.reconnect_window), f"one {look} ended {recording}"


def _belongs_to(ports: Ports, probe: Probe, recording: Recording) -> bool:
    if not isinstance(probe, Live):
        return False
    found = ports.recordings.get(f"{recording.streamer_id}:{probe.live_id}")
    return found is not None and found.recording_id == recording.recording_id
