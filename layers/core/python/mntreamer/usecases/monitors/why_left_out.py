"""A streamer's filters, as they are now, are held against what it is on air with."""

from mntreamer.domain.monitors.filters import left_out, parse_filters
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.reason import Reason
from mntreamer.domain.times import seconds
from mntreamer.ports import Ports


def why_left_out(ports: Ports, streamer_id: str, topic: Topic) -> Reason | None:
    """Why it is not to be recorded; None where it is, or where nobody watches it any more."""
    streamer = ports.monitors.get(streamer_id)
    if streamer is None:
        return None
    local = ports.clock() + seconds(ports.platforms[streamer.platform].utc_offset_s)
    out = left_out(parse_filters(streamer.filters), topic, local)
    return out.reason if out else None
