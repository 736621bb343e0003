"""A later live session goes on in a recording: its own key leads there from now on."""

from mntreamer.domain.recordings.recording import recording_id_of
from mntreamer.ports import Ports


def remember_session(ports: Ports, live_id: str, streamer_id: str, recording_id: str) -> None:
    """Repeating it changes nothing."""
    session = recording_id_of(streamer_id, live_id)
    if session != recording_id:
        ports.recordings.add_alias(session, recording_id)
